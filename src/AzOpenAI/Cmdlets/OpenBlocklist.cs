using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;

namespace AzOpenAI.Cmdlets;

/// <summary>A blocklist that a command processes over many records: its items and the next batch.</summary>
internal sealed class OpenBlocklist(ManagementClient client, Blocklist list, Dictionary<string, BlocklistItem> items)
{
    public ManagementClient Client => client;

    public Blocklist List => list;

    /// <summary>Items by name, as far as known: only those that the service has.</summary>
    public Dictionary<string, BlocklistItem> Items => items;

    /// <summary>Items of the next batch, each with the user's input.</summary>
    public List<(BlocklistItem Item, object Input)> Pending { get; } = [];

    /// <summary>Whether the next batch is full.</summary>
    public bool IsFull => Pending.Count >= BlocklistItemRules.MaxBatch;

    /// <summary>The item with that name in the next batch, or null.</summary>
    public BlocklistItem? FindPending(string name)
    {
        foreach ((BlocklistItem item, _) in Pending)
        {
            if (item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return item;
        }

        return null;
    }

    /// <summary>Takes the next batch, which is then no longer pending: one that fails isn't sent again.</summary>
    public (BlocklistItem Item, object Input)[] Take()
    {
        (BlocklistItem, object)[] batch = [.. Pending];
        Pending.Clear();
        return batch;
    }
}
