using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet on the items of blocklists. Lookups of one record are reused for the next.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BlocklistItemCmdlet : ManagementCmdlet
{
    private readonly Dictionary<string, OpenBlocklist> _open = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource, if the blocklist is specified by name only.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    /// <summary>The subscription of a piped item is that of its origin, not necessarily that of the list to change.</summary>
    private protected override bool IsInputTarget => false;

    /// <summary>All opened blocklists.</summary>
    private protected IEnumerable<OpenBlocklist> Opened => _open.Values;

    /// <summary>The client and the blocklist, read or piped in.</summary>
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
