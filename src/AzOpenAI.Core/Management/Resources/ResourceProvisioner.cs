using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Providers;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Creates, updates and removes resources: creates a plan with reads only, then makes the changes.</summary>
public sealed class ResourceProvisioner(ManagementClient client)
{
    /// <summary>Plans the changes for the request.</summary>
    /// <exception cref="AzOpenAIException">A problem prevents it. For several problems, the ErrorId of the first, with all of them in the message.</exception>
    public async Task<ResourcePlan> PlanAsync(ResourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ResourcePreflight.IsName(request.Name))
            throw Failure.Of(nameof(Messages.ResourceNameInvalid), ErrorKind.InvalidInput, request.Name);
        ArmName.CheckResourceGroup(request.ResourceGroupName);
        ResourceInput.Check(request);

        var preflight = new ResourcePreflight(client, request);
        Task<ProviderDto?> provider = preflight.TryAsync(
            async ct => (await client.Providers.ReadAsync(null, ct).ConfigureAwait(false)).Provider, "the provider's registration and regions", cancellationToken);
        long seen = client.Writer.Version(ArmPath.Account(client.SubscriptionId, request.ResourceGroupName, request.Name));
        Task<(Resource? Resource, bool GroupExists)> look = client.Resources.LookAsync(request.ResourceGroupName, request.Name, cancellationToken);
        await Task.WhenAll(provider, look).ConfigureAwait(false);
        (Resource? existing, bool groupExists) = await look.ConfigureAwait(false);
        if (existing is not null)
            return Match(request, existing) with { Seen = seen };

        await preflight.CheckAsync(provider, cancellationToken).ConfigureAwait(false);
        List<AzOpenAIException> problems = [.. preflight.Problems];
        if (!groupExists && !request.CreateResourceGroup)
            problems.Add(Failure.Of(nameof(Messages.ResourceGroupNotFound), ErrorKind.NotFound, request.ResourceGroupName, client.SubscriptionId));
        if (problems.Count > 0)
            throw Problems.Combine(problems);
        return Create(request, preflight, groupExists) with { Seen = seen };
    }

    /// <summary>Makes the changes of the plan.</summary>
    /// <exception cref="AzOpenAIException">A change failed; <see cref="AzOpenAIException.Partial"/> and the message report what was left behind.</exception>
    public Task<Resource> ApplyAsync(ResourcePlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new ResourcePlanRun(client, plan).RunAsync(cancellationToken);
    }

    /// <summary>Plans the PATCH that updates an existing resource to match the request; empty if it already does.</summary>
    /// <param name="live">The resource; read again, because it may be outdated.</param>
    /// <param name="request">Only the properties to change; its group, name, region and kind are ignored.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="AzOpenAIException">ResourceFixedProperty, IpRangeInvalid, IdentityInvalid, SubdomainTaken.</exception>
    public async Task<ResourcePlan> PlanUpdateAsync(Resource live, ResourceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(live);
        ArgumentNullException.ThrowIfNull(request);
        ResourceInput.Check(request);
        long seen = client.Writer.Version(ArmPath.Account(client.SubscriptionId, live.ResourceGroupName, live.Name));
        live = await client.Resources.GetAsync(live.ResourceGroupName, live.Name, cancellationToken).ConfigureAwait(false);
        request = request with { ResourceGroupName = live.ResourceGroupName, Name = live.Name, Location = live.Location, Kind = live.Kind, Ensure = true };
        ResourcePlan plan = Match(request, live) with { Seen = seen };
        if (plan.Drift.Any(d => d.Property == nameof(ResourceRequest.CustomSubdomain)))
        {
            var preflight = new ResourcePreflight(client, request);
            await preflight.CheckSubdomainAsync(cancellationToken).ConfigureAwait(false);
            if (preflight.Problems.Count > 0)
                throw Problems.Combine(preflight.Problems);
        }

        return plan;
    }

    internal static string Target(string name, string group, string location) => $"resource '{name}' in '{group}' ({LocationName.Normalize(location)})";

    /// <summary>Plans the change of an existing resource.</summary>
    internal static ResourcePlan Match(ResourceRequest request, Resource existing)
    {
        ResourceOperations.RefuseForeign(existing);
        if (!request.Ensure)
        {
            throw Failure.Of(
                nameof(Messages.ResourceExists), ErrorKind.AlreadyExists, existing.Name, existing.ResourceGroupName, existing.Location, existing.ProvisioningState ?? "unknown state");
        }

        AzOpenAIException[] unchangeable = [.. ResourceDrift.Fixed(request, existing)];
        if (unchangeable.Length > 0)
            throw Problems.Combine(unchangeable);
        ResourceInput.CheckIdentity(request, existing);
        IReadOnlyList<PropertyDrift> drift = ResourceDrift.Of(request, existing);
        return new ResourcePlan(request)
        {
            Existing = existing,
            Drift = drift,
            Warnings = ResourceWarnings.Of(request, existing, drift),
            Actions = drift.Count == 0 ? [] : [(ResourceAction.Update, Update(existing, drift))],
        };
    }

    private static ResourcePlan Create(ResourceRequest request, ResourcePreflight preflight, bool groupExists)
    {
        ResourceInput.CheckIdentity(request, request.RestoreDeleted ? preflight.Deleted?.Resource : null);
        string target = Target(request.Name, request.ResourceGroupName, request.Location);
        var actions = new List<(ResourceAction, PlannedStep)>();
        if (preflight.NeedsRegistration)
            actions.Add((ResourceAction.RegisterProvider, new PlannedStep("resource provider 'Microsoft.CognitiveServices'", "Register")));
        if (!groupExists)
            actions.Add((ResourceAction.CreateGroup, new PlannedStep($"resource group '{request.ResourceGroupName}' ({LocationName.Normalize(request.Location)})", "Create")));

        IReadOnlyList<PropertyDrift> drift = [];
        if (preflight.Deleted is DeletedAccount deleted && request.RestoreDeleted)
        {
            actions.Add((ResourceAction.Restore, new PlannedStep(target, "Restore")));
            drift = ResourceDrift.Of(request, deleted.Resource);
            if (drift.Count > 0)
                actions.Add((ResourceAction.Update, Update(deleted.Resource, drift)));
        }
        else
        {
            if (preflight.Deleted is DeletedAccount old)
                actions.Add((ResourceAction.Purge, new PlannedStep($"deleted {Target(old.Resource.Name, old.Resource.ResourceGroupName, old.Resource.Location)}", "Purge")));
            actions.Add((ResourceAction.Create, new PlannedStep(target, "Create")));
        }

        return new ResourcePlan(request)
        {
            Actions = actions,
            Deleted = preflight.Deleted?.Resource,
            Drift = drift,
            Warnings = preflight.Deleted is not null && request.RestoreDeleted ? ResourceWarnings.Of(request, preflight.Deleted.Resource, drift) : [],
        };
    }

    private static PlannedStep Update(Resource live, IReadOnlyList<PropertyDrift> drift) =>
        new(Target(live.Name, live.ResourceGroupName, live.Location), $"Update {string.Join("; ", drift)}");
}
