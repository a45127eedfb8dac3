using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet on the items of blocklists. What has been looked up for one record serves the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BlocklistItemCmdlet : ManagementCmdlet
{
    private readonly Dictionary<string, OpenBlocklist> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource, where the blocklist is given as a bare name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    /// <summary>An item that is piped in says which subscription it came from, not where the list is that is worked on.</summary>
    private protected override bool IsInputTarget => false;

    /// <summary>All blocklists that were opened.</summary>
    private protected IEnumerable<OpenBlocklist> Opened => _open.Values;

    /// <summary>The client and the live or brought blocklist.</summary>
    private protected async Task<(ManagementClient Client, Blocklist List)> ResolveAsync(BlocklistIdentity identity, CancellationToken cancellationToken)
    {
        identity.Check();
        if (identity.List is Blocklist brought)
            return (await GetClientAsync(brought.SubscriptionId, cancellationToken).ConfigureAwait(false), brought);
        (ManagementClient client, Resource resource) =
            await OpenParentAsync(identity, Resource, null, null, cancellationToken).ConfigureAwait(false);
        return (client, await client.Blocklists.GetAsync(resource, identity.Name, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The blocklist with its items, read once per command.</summary>
    private protected async Task<OpenBlocklist> OpenAsync(BlocklistIdentity identity, CancellationToken cancellationToken)
    {
        string key = $"{(identity.Resource ?? Resource)?.Key}/{identity.Name}";
        if (_open.TryGetValue(key, out OpenBlocklist? open))
            return open;
        (ManagementClient client, Blocklist list) = await ResolveAsync(identity, cancellationToken).ConfigureAwait(false);
        Dictionary<string, BlocklistItem> items = new(StringComparer.OrdinalIgnoreCase);
        await foreach (BlocklistItem item in client.BlocklistItems.ListAsync(list, cancellationToken).ConfigureAwait(false))
            items[item.Name] = item;
        return _open[key] = new OpenBlocklist(client, list, items);
    }

    private protected static AzOpenAIException NotFound(OpenBlocklist open, string name) => BlocklistItemOperations.Missing(open.List, name, [.. open.Items.Keys]);
}
