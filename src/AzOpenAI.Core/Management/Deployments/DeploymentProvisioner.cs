using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management;

/// <summary>Makes and matches deployments: first a plan by reads only, then the change.</summary>
public sealed class DeploymentProvisioner(ManagementClient client)
{
    /// <summary>The change that the request needs.</summary>
    /// <exception cref="AzOpenAIException">Something stands against it. Several problems: the first one's ErrorId, all in the message.</exception>
    public async Task<DeploymentPlan> PlanAsync(DeploymentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        string name = request.Name ?? request.Model;
        Task<Deployment?> look = own.Deployments.FindAsync(request.Resource, name, cancellationToken);
        // Without -Ensure an existing deployment is one problem among others: all reads go out at once.
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

    /// <summary>The change that brings a deployment in line with the request; what was not asked for stays.</summary>
    /// <param name="request">What is asked for; the model has to be the deployment's own.</param>
    /// <param name="existing">The deployment as it is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="AzOpenAIException">Something stands against it, as for <see cref="PlanAsync"/>.</exception>
    public Task<DeploymentPlan> PlanChangeAsync(DeploymentRequest request, Deployment existing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(existing);
        return MatchAsync(client.For(request.Resource.SubscriptionId), request with { Ensure = true }, existing, cancellationToken);
    }

    /// <summary>Makes the change and waits until the service has provisioned it.</summary>
    /// <exception cref="AzOpenAIException">The service refused, or the operation failed; the message says what was left.</exception>
    public async Task<Deployment> ApplyAsync(DeploymentPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DeploymentRequest request = plan.Request;
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        string name = request.Name ?? request.Model;
        string path = ArmPath.Deployment(request.Resource, name);
        Deployment deployment;
        if (plan.Steps.Count == 0)
        {
            deployment = await SettleAsync(own, request, plan.Existing!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            ArmRequest change = Change(plan, path) with { Activity = $"{(plan.Existing is null ? "Creating" : "Updating")} deployment '{name}'" };
            deployment = await WriteAsync(own, request, change, cancellationToken).ConfigureAwait(false);
        }

        return deployment with
        {
            SkuReason = plan.Check?.SkuReason,
            RetirementDate = plan.Check?.RetirementDate,
            DaysLeft = ModelMapper.DaysLeft(plan.Check?.RetirementDate, own.ServiceNow),
            Changed = request.Ensure ? plan.Steps.Count > 0 : null,
            Drift = plan.Drift,
        };
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
            Format = request.Format,
            ContentFilter = request.ContentFilter,
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

        if (!existing.Model.Equals(request.Model, StringComparison.OrdinalIgnoreCase) || !existing.Format.Equals(request.Format, StringComparison.OrdinalIgnoreCase))
        {
            throw Failure.Of(
                nameof(Messages.DeploymentModelFixed), ErrorKind.AlreadyExists, existing.Name, existing.ResourceName, existing.Model, request.Model);
        }

        IReadOnlyList<PropertyDrift> drift = DeploymentDrift.Of(request, existing);
        if (drift.Count == 0)
            return new DeploymentPlan(request) { Existing = existing };
        if (!request.SkipCheck && !DeploymentDrift.NeedsCheck(drift) && drift.Any(d => d.Property == nameof(DeploymentRequest.ContentFilter)))
            await ContentFilterCheck.RunAsync(own, request.Resource, request.ContentFilter, cancellationToken).ConfigureAwait(false);
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

    private static async Task<Deployment> WriteAsync(ManagementClient own, DeploymentRequest request, ArmRequest change, CancellationToken cancellationToken)
    {
        string name = request.Name ?? request.Model;
        try
        {
            ArmResponse response = await own.Writer.WriteAsync(ArmPath.Account(request.Resource), change, !request.NoWait, cancellationToken).ConfigureAwait(false);
            return response.Body.ToMemory().IsEmpty
                ? await own.Deployments.GetAsync(request.Resource, name, cancellationToken).ConfigureAwait(false)
                : DeploymentMapper.Map(response, request.Resource);
        }
        catch (AzOpenAIException e) when (e.StatusCode is null && e.Kind is not (ErrorKind.Connection or ErrorKind.Authentication))
        {
            // Accepted, then failed: the service keeps the rest.
            Deployment? left = await TryFindAsync(own, request.Resource, name, cancellationToken).ConfigureAwait(false);
            throw left is null ? e : Problems.WithLeftovers(e, [$"the deployment '{left.Name}' in the state {left.ProvisioningState ?? "unknown"}"]);
        }
    }

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

    // With -Ensure another run may be at it still.
    private static async Task<Deployment> SettleAsync(ManagementClient own, DeploymentRequest request, Deployment existing, CancellationToken cancellationToken)
    {
        if (request.NoWait || existing.ProvisioningState is null or "Succeeded" or "Failed" or "Canceled" or "Disabled")
            return existing;
        return await own.Deployments.WaitAsync(request.Resource, existing.Name, cancellationToken).ConfigureAwait(false);
    }
}
