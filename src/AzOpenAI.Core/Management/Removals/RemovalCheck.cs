using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Core.Management.Removals;

/// <summary>Finds what still uses an object that is to be removed. The service may allow the removal and leave the objects that use it broken.</summary>
public sealed class RemovalCheck(ManagementClient client)
{
    /// <summary>Rejects a content filter that is system-managed or in use.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterSystemManaged; ContentFilterInUse with the deployments.</exception>
    public async Task CheckContentFilterAsync(Resource resource, ContentFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(filter);
        ContentFilterOperations.RefuseSystem(filter);
        List<string> users = [];
        await foreach (Deployment deployment in client.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (filter.Name.Equals(deployment.ContentFilter, StringComparison.OrdinalIgnoreCase))
                users.Add(deployment.Name);
        }

        if (users.Count > 0)
            throw Failure.Of(nameof(Messages.ContentFilterInUse), ErrorKind.Busy, filter.Name, resource.Name, string.Join(", ", users));
    }

    /// <summary>Rejects a blocklist that a content filter uses.</summary>
    /// <exception cref="AzOpenAIException">BlocklistInUse with the filters.</exception>
    public async Task CheckBlocklistAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        List<string> users = [];
        await foreach (ContentFilter filter in client.ContentFilters.ListAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (filter.Blocklists.Any(list => list.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                users.Add(filter.Name);
        }

        if (users.Count > 0)
            throw Failure.Of(nameof(Messages.BlocklistInUse), ErrorKind.Busy, name, resource.Name, string.Join(", ", users));
    }
}
