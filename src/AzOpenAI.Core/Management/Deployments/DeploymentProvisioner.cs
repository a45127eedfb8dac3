using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Creates and updates deployments: creates a plan with reads only, then makes the change.</summary>
public sealed class DeploymentProvisioner(ManagementClient client)
{
    /// <summary>Plans the change for the request.</summary>
    /// <exception cref="AzOpenAIException">A problem prevents it. For several problems, the ErrorId of the first, with all of them in the message.</exception>
    public async Task<DeploymentPlan> PlanAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        long seen = own.Writer.Version(ArmPath.Account(request.Resource));
        return await PlanAsync(own, request, cancellationToken).ConfigureAwait(false) with { Seen = seen };
    }

    private static async Task<DeploymentPlan> PlanAsync(ManagementClient own, DeploymentRequest request, CancellationToken cancellationToken)
    {
        string name = request.Name ?? request.Model;
        Task<Deployment?> look = own.Deployments.FindAsync(request.Resource, name, cancellationToken);
        // Without -Ensure an existing deployment is one problem among others: all reads are sent at the same time.
        if (request.Ensure || request.SkipCheck)
        {
            Deployment? existing = await look.ConfigureAwait(false);
            if (existing is not null)
                return await MatchAsync(own, request, existing, cancellationToken).ConfigureAwait(false);
        }

        if (request.SkipCheck)
        {
            if (request.Sku is null)
                throw Failure.Of(nameof(Messages.DeploymentSkuRequired), ErrorKind.InvalidInput, name);
            return new DeploymentPlan(request) { Steps = [Create(request, request.Version, request.Sku, request.Capacity)] };
        }

        DeploymentCheck check = await CheckAsync(own, request, look, replace: false, cancellationToken).ConfigureAwait(false);
        return new DeploymentPlan(request) { Check = check, Steps = [Create(request, check.Version, check.Sku!, check.Capacity)] };
    }

    /// <summary>Plans the change that updates a deployment to match the request. Properties that weren't requested aren't changed.</summary>
    /// <param name="resource">Its resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="change">The request, based on the existing deployment; the model must be the same.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="AzOpenAIException">As <see cref="PlanAsync(DeploymentRequest, CancellationToken)"/>, or DeploymentNotFound.</exception>
    public async Task<DeploymentPlan> PlanChangeAsync(Resource resource, string name, Func<Deployment, DeploymentRequest> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(change);
        ManagementClient own = client.For(resource.SubscriptionId);
        long seen = own.Writer.Version(ArmPath.Account(resource));
        Deployment existing = await own.Deployments.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        return await MatchAsync(own, change(existing) with { Ensure = true }, existing, cancellationToken).ConfigureAwait(false) with { Seen = seen };
    }

    /// <summary>Makes the change and waits until the service has provisioned it.</summary>
    /// <exception cref="AzOpenAIException">The service rejected it, or the operation failed; the message reports what was left behind.</exception>
    public async Task<Deployment> ApplyAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DeploymentRequest request = plan.Request;
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        string name = request.Name ?? request.Model;
        string activity = $"{(plan.Existing is null ? "Creating" : "Updating")} deployment '{name}'";
        bool sent = false;
        async Task<ArmRequest?> PrepareAsync(bool stale, CancellationToken ct)
        {
            if (stale)
                plan = await ReplanAsync(own, plan, ct).ConfigureAwait(false);
            sent = plan.Steps.Count > 0;
            return sent ? Change(plan, ArmPath.Deployment(request.Resource, name)) with { Activity = activity } : null;
        }

        Deployment? written = null;
        try
        {
            ArmResponse? response = plan.Steps.Count == 0
                ? null
                : await own.Writer.WriteAsync(ArmPath.Account(request.Resource), activity, plan.Seen, PrepareAsync, !request.NoWait, cancellationToken).ConfigureAwait(false);
            if (response is not null)
                written = await ReadAsync(own, request, response, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e) when (sent && e.StatusCode is null && e.Kind is not (ErrorKind.Connection or ErrorKind.Authentication))
        {
            // Accepted, then failed: the service keeps the failed deployment.
            Deployment? left = await TryFindAsync(own, request.Resource, name, cancellationToken).ConfigureAwait(false);
            throw left is null ? e : Problems.WithLeftovers(e, [$"the deployment '{left.Name}' in state {left.ProvisioningState ?? "unknown"}"]);
        }

        Deployment deployment = written ?? await SettleAsync(own, request, plan.Existing!, cancellationToken).ConfigureAwait(false);
        deployment = plan.Check is DeploymentCheck check
            ? deployment with { SkuReason = check.SkuReason, RetirementDate = check.RetirementDate, DaysLeft = ModelMapper.DaysLeft(check.RetirementDate, own.ServiceNow) }
            : await own.Retirements.DateAsync(own, request.Resource, deployment, cancellationToken).ConfigureAwait(false);
        return deployment with { Changed = request.Ensure ? written is not null : null, Drift = plan.Drift };
    }

    // Includes changes by this process since the plan was made: the body of a PUT is the whole deployment, and would undo them.
    private static async Task<DeploymentPlan> ReplanAsync(ManagementClient own, DeploymentPlan plan, CancellationToken cancellationToken)
    {
        DeploymentRequest request = plan.Request;
        string name = request.Name ?? request.Model;
        Deployment? live = plan.Existing is null
            ? await own.Deployments.FindAsync(request.Resource, name, cancellationToken).ConfigureAwait(false)
            : await own.Deployments.GetAsync(request.Resource, name, cancellationToken).ConfigureAwait(false);
        return live is null ? plan : await MatchAsync(own, request, live, cancellationToken).ConfigureAwait(false);
    }

    private static ArmRequest Change(DeploymentPlan plan, string path)
    {
        if (plan.Existing is null)
            return ArmRequest.Put(path).ForDeployments() with { Body = DeploymentBody.Create(plan.Request, plan.Check) };
        return DeploymentDrift.IsSkuOnly(plan.Drift)
            ? ArmRequest.Patch(path).ForDeployments() with { Body = DeploymentBody.Patch(plan.Request, plan.Existing) }
            : ArmRequest.Put(path).ForDeployments() with { Body = DeploymentBody.Replace(plan.Request, plan.Existing) };
    }

    private static PlannedStep Create(DeploymentRequest request, string? version, string sku, int? capacity) => new(
        Target(request),
        $"Create {request.Model}{(version is null ? "" : $" {version}")}, {sku}{(capacity is null ? "" : $", capacity {capacity}")}");

    private static string Target(DeploymentRequest request) => $"deployment '{request.Name ?? request.Model}' on '{request.Resource.Name}' ({request.Resource.Location})";

    private static async Task<DeploymentCheck> CheckAsync(
        ManagementClient own, DeploymentRequest request, Task<Deployment?> existing, bool replace, CancellationToken cancellationToken)
    {
        Deployment? live = replace ? await existing.ConfigureAwait(false) : null;
        var question = new DeploymentCheckRequest
        {
            Resource = request.Resource,
            Model = request.Model,
            Version = request.Version ?? live?.Version,
            Sku = request.Sku ?? live?.Sku,
            Capacity = request.Capacity ?? live?.Capacity,
            Name = request.Name,
            Format = request.Format ?? live?.Format,
            ContentFilter = request.ContentFilter,
            Spillover = request.Spillover,
        };
        (DeploymentCheck check, IReadOnlyList<AzOpenAIException> problems) = await new DeploymentPreflight(own).CheckAsync(question, existing, replace, cancellationToken)
            .ConfigureAwait(false);
        return problems.Count == 0 ? check : throw Problems.Combine(problems);
    }

    private static async Task<DeploymentPlan> MatchAsync(ManagementClient own, DeploymentRequest request, Deployment existing, CancellationToken cancellationToken)
    {
        if (!request.Ensure)
        {
            throw Failure.Of(
                nameof(Messages.DeploymentExists), ErrorKind.AlreadyExists, existing.Name, existing.ResourceName, $"{existing.Model} {existing.Version}, {existing.Sku} {existing.Capacity}");
        }

        bool sameFormat = existing.Format.Equals(request.Format ?? existing.Format, StringComparison.OrdinalIgnoreCase);
        if (!existing.Model.Equals(request.Model, StringComparison.OrdinalIgnoreCase) || !sameFormat)
        {
            throw Failure.Of(
                nameof(Messages.DeploymentModelFixed), ErrorKind.AlreadyExists, existing.Name, existing.ResourceName,
                sameFormat ? existing.Model : $"{existing.Model} ({existing.Format})", sameFormat ? request.Model : $"{request.Model} ({request.Format})");
        }

        IReadOnlyList<PropertyDrift> drift = DeploymentDrift.Of(request, existing);
        if (drift.Count == 0)
            return new DeploymentPlan(request) { Existing = existing };
        if (!request.SkipCheck && !DeploymentDrift.NeedsCheck(drift) && drift.Any(d => d.Property == nameof(DeploymentRequest.ContentFilter)))
            await ContentFilterCheck.RunAsync(own, request.Resource, request.ContentFilter, cancellationToken).ConfigureAwait(false);
        if (!request.SkipCheck && !DeploymentDrift.NeedsCheck(drift) && drift.Any(d => d.Property == nameof(DeploymentRequest.Spillover)))
            await SpilloverCheck.RunAsync(own, request, existing, cancellationToken).ConfigureAwait(false);
        DeploymentCheck? check = DeploymentDrift.NeedsCheck(drift) && !request.SkipCheck
            ? await CheckAsync(own, request, Task.FromResult<Deployment?>(existing), replace: true, cancellationToken).ConfigureAwait(false)
            : null;
        return new DeploymentPlan(request)
        {
            Existing = existing,
            Drift = drift,
            Check = check,
            Steps = [new PlannedStep(Target(request), $"Update {string.Join("; ", drift)}")],
        };
    }

    private static async Task<Deployment> ReadAsync(ManagementClient own, DeploymentRequest request, ArmResponse response, CancellationToken cancellationToken) =>
        response.Body.ToMemory().IsEmpty
            ? await own.Deployments.GetAsync(request.Resource, request.Name ?? request.Model, cancellationToken).ConfigureAwait(false)
            : DeploymentMapper.Map(response, request.Resource);

    private static async Task<Deployment?> TryFindAsync(ManagementClient own, Resource resource, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await own.Deployments.FindAsync(resource, name, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException)
        {
            return null;
        }
    }

    // With -Ensure, another process may still be creating it.
    private static async Task<Deployment> SettleAsync(ManagementClient own, DeploymentRequest request, Deployment existing, CancellationToken cancellationToken)
    {
        if (request.NoWait || existing.ProvisioningState is null or "Succeeded" or "Failed" or "Canceled" or "Disabled")
            return existing;
        return await own.Deployments.WaitAsync(request.Resource, existing.Name, cancellationToken).ConfigureAwait(false);
    }
}
