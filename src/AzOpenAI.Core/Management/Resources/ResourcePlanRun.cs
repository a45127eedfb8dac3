using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management;

/// <summary>Carries a plan out, and knows what it has made when a step fails.</summary>
internal sealed class ResourcePlanRun(ManagementClient client, ResourcePlan plan)
{
    private readonly List<string> _left = [];
    private readonly ResourceRequest _request = plan.Request;

    private string Path => ArmPath.Account(client.SubscriptionId, _request.ResourceGroupName, _request.Name);

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
            client.Options.Reporter.Warning($"Stopped. What was left: {string.Join(", ", _left)}.");
            throw;
        }

        return resource with { Changed = _request.Ensure ? plan.Actions.Count > 0 : null, Drift = plan.Drift };
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
                await client.DeletedResources.PurgeAsync(plan.Deleted!.Location, plan.Deleted.ResourceGroupName, plan.Deleted.Name, cancellationToken)
                    .ConfigureAwait(false);
                return resource;
            case ResourceAction.Restore:
                return await WriteAsync(ArmRequest.Put(Path), ResourceBody.Restore(plan.Deleted!), $"Restoring resource '{name}'", !HasMore, cancellationToken).ConfigureAwait(false);
            case ResourceAction.Create:
                return await WriteAsync(ArmRequest.Put(Path), ResourceBody.Create(_request), $"Creating resource '{name}'", true, cancellationToken).ConfigureAwait(false);
            default:
                AccountDto body = ResourceBody.Update(_request, resource!, plan.Drift);
                return await WriteAsync(ArmRequest.Patch(Path), body, $"Updating resource '{name}'", true, cancellationToken).ConfigureAwait(false);
        }
    }

    // A restored resource that is to be changed has to be there first.
    private bool HasMore => plan.Actions.Any(a => a.Action == ResourceAction.Update);

    private async Task<Resource> WriteAsync(ArmRequest request, AccountDto body, string activity, bool last, CancellationToken cancellationToken)
    {
        bool wait = !last || !_request.NoWait;
        ArmResponse response = await client.Writer.WriteAsync(Path, request.With(body, AccountJson.Default.AccountDto) with { Activity = activity }, wait, cancellationToken)
            .ConfigureAwait(false);
        return response.Body.ToMemory().IsEmpty
            ? await client.Resources.GetAsync(_request.ResourceGroupName, _request.Name, cancellationToken).ConfigureAwait(false)
            : ResourceMapper.Map(response);
    }

    // With -Ensure another run may be at it still.
    private async Task<Resource> SettleAsync(Resource resource, CancellationToken cancellationToken)
    {
        if (resource.ProvisioningState is "Failed" or "Canceled")
            client.Options.Reporter.Warning($"The resource '{resource.Name}' is in the state {resource.ProvisioningState}: what it was last asked for did not come about.");
        if (_request.NoWait || plan.Actions.Count > 0 || resource.ProvisioningState is null or "Succeeded" or "Failed" or "Canceled")
            return resource;
        return ResourceMapper.Map(await client.Writer.WaitAsync(ArmRequest.Get(Path) with { Activity = $"Waiting for resource '{resource.Name}'" }, cancellationToken).ConfigureAwait(false));
    }

    private async Task LookForRemainsAsync(CancellationToken cancellationToken)
    {
        if (!plan.Actions.Any(a => a.Action is ResourceAction.Create or ResourceAction.Restore))
            return;
        try
        {
            if (await client.Resources.FindAsync(_request.ResourceGroupName, _request.Name, cancellationToken).ConfigureAwait(false) is Resource remains)
                _left.Add($"the resource '{remains.Name}' in the state {remains.ProvisioningState ?? "unknown"}");
        }
        catch (AzOpenAIException)
        {
            // Whatever stopped the change may stop this look as well; the first failure is the one to report.
        }
    }
}
