using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.ResourceGroups;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Executes a plan, and knows what was created when a step fails.</summary>
internal sealed class ResourcePlanRun(ManagementClient client, ResourcePlan plan)
{
    private readonly List<string> _left = [];
    private readonly ResourceRequest _request = plan.Request;
    private IReadOnlyList<PropertyDrift> _drift = plan.Drift;
    private bool _changed;
    private bool _begun;

    private string Path => ArmPath.Account(client.SubscriptionId, _request.ResourceGroupName, _request.Name);

    // A restored resource that is to be changed has to exist first.
    private bool HasMore => plan.Actions.Any(a => a.Action == ResourceAction.Update);

    public async Task<Resource> RunAsync(CancellationToken cancellationToken)
    {
        Resource? resource = plan.Existing;
        try
        {
            foreach ((ResourceAction action, _) in plan.Actions)
                resource = await RunAsync(action, resource, cancellationToken).ConfigureAwait(false);
            resource = await SettleAsync(resource!, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e)
        {
            await LookForRemainsAsync(cancellationToken).ConfigureAwait(false);
            if (_left.Count > 0)
                throw Problems.WithLeftovers(e, _left);
            throw;
        }
        catch (OperationCanceledException) when (_left.Count > 0)
        {
            client.Options.Reporter.Warning($"Stopped. Not cleaned up: {string.Join(", ", _left)}.");
            throw;
        }

        return resource with { Changed = _request.Ensure ? _changed : null, Drift = _drift };
    }

    private async Task<Resource?> RunAsync(ResourceAction action, Resource? resource, CancellationToken cancellationToken)
    {
        string name = _request.Name;
        switch (action)
        {
            case ResourceAction.RegisterProvider:
                await client.Providers.RegisterAsync(cancellationToken).ConfigureAwait(false);
                return resource;
            case ResourceAction.CreateGroup:
                await client.ResourceGroups.CreateAsync(_request.ResourceGroupName, LocationName.Normalize(_request.Location), cancellationToken).ConfigureAwait(false);
                _left.Add($"the new resource group '{_request.ResourceGroupName}'");
                return resource;
            case ResourceAction.Purge:
                // It's fine if another process has purged it meanwhile.
                Resource old = plan.Deleted!;
                _changed |= await client.DeletedResources.TryPurgeAsync(old.Location, old.ResourceGroupName, old.Name, cancellationToken).ConfigureAwait(false);
                return resource;
            case ResourceAction.Restore:
                return await MakeAsync(ResourceBody.Restore(plan.Deleted!), $"Restoring resource '{name}'", !HasMore, cancellationToken).ConfigureAwait(false);
            case ResourceAction.Create:
                return await MakeAsync(ResourceBody.Create(_request), $"Creating resource '{name}'", true, cancellationToken).ConfigureAwait(false);
            default:
                return await UpdateAsync(resource!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Resource> MakeAsync(AccountDto body, string activity, bool last, CancellationToken cancellationToken)
    {
        Resource? other = null;
        Resource? made = await WriteAsync(
            async (stale, ct) =>
            {
                other = stale ? await client.Resources.FindAsync(_request.ResourceGroupName, _request.Name, ct).ConfigureAwait(false) : null;
                _begun = other is null;
                return _begun ? ArmRequest.Put(Path).With(body, AccountJson.Default.AccountDto) : null;
            },
            activity, last, cancellationToken).ConfigureAwait(false);
        if (made is not null)
            return made;

        // Another command of this process created it meanwhile: update it, or fail without -Ensure, as if it had existed from the start.
        ResourcePlan match = ResourceProvisioner.Match(_request, other!);
        foreach (string warning in match.Warnings)
            client.Options.Reporter.Warning(warning);
        _drift = match.Drift;
        return await UpdateAsync(other!, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Resource> UpdateAsync(Resource live, CancellationToken cancellationToken)
    {
        if (_drift.Count == 0)
            return live;
        Resource? changed = await WriteAsync(
            async (stale, ct) =>
            {
                if (stale)
                {
                    live = await client.Resources.GetAsync(_request.ResourceGroupName, _request.Name, ct).ConfigureAwait(false);
                    _drift = ResourceDrift.Of(_request, live);
                }

                return _drift.Count == 0 ? null : ArmRequest.Patch(Path).With(ResourceBody.Update(_request, live, _drift), AccountJson.Default.AccountDto);
            },
            $"Updating resource '{_request.Name}'", true, cancellationToken).ConfigureAwait(false);
        return changed ?? live;
    }

    // Null if there was nothing to send.
    private async Task<Resource?> WriteAsync(Func<bool, CancellationToken, Task<ArmRequest?>> prepare, string activity, bool last, CancellationToken cancellationToken)
    {
        bool wait = !last || !_request.NoWait;
        ArmResponse? response = await client.Writer.WriteAsync(
            Path, activity, plan.Seen, async (stale, ct) => await prepare(stale, ct).ConfigureAwait(false) is ArmRequest request ? request with { Activity = activity } : null,
            wait, cancellationToken).ConfigureAwait(false);
        if (response is null)
            return null;
        _changed = true;
        return response.Body.ToMemory().IsEmpty
            ? await client.Resources.GetAsync(_request.ResourceGroupName, _request.Name, cancellationToken).ConfigureAwait(false)
            : ResourceMapper.Map(response);
    }

    // With -Ensure, another process may still be creating it.
    private async Task<Resource> SettleAsync(Resource resource, CancellationToken cancellationToken)
    {
        if (resource.ProvisioningState is "Failed" or "Canceled")
            client.Options.Reporter.Warning($"Resource '{resource.Name}' is in state {resource.ProvisioningState}. Its last change didn't complete.");
        if (_request.NoWait || _changed || resource.ProvisioningState is null or "Succeeded" or "Failed" or "Canceled")
            return resource;
        return ResourceMapper.Map(await client.Writer.WaitAsync(ArmRequest.Get(Path) with { Activity = $"Waiting for resource '{resource.Name}'" }, cancellationToken).ConfigureAwait(false));
    }

    private async Task LookForRemainsAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
            return;
        try
        {
            if (await client.Resources.FindAsync(_request.ResourceGroupName, _request.Name, cancellationToken).ConfigureAwait(false) is Resource remains)
                _left.Add($"the resource '{remains.Name}' in state {remains.ProvisioningState ?? "unknown"}");
        }
        catch (AzOpenAIException)
        {
            // Whatever stopped the change may stop this read too; the first failure is the one to report.
        }
    }
}
