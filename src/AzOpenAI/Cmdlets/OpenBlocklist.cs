using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;

namespace AzOpenAI.Cmdlets;

/// <summary>A blocklist that a command works on over many records: what it holds, and what waits for the next batch.</summary>
internal sealed class OpenBlocklist(ManagementClient client, Blocklist list, Dictionary<string, BlocklistItem> items)
{
    public ManagementClient Client => client;

    public Blocklist List => list;

    /// <summary>Items by name, as far as is known: those that the service has, and no other.</summary>
    public Dictionary<string, BlocklistItem> Items => items;

    /// <summary>Items of the next batch, each with what the user passed for it.</summary>
    public List<(BlocklistItem Item, object Input)> Pending { get; } = [];

    /// <summary>Whether the next batch is full.</summary>
    public bool IsFull => Pending.Count >= BlocklistItemRules.MaxBatch;

    /// <summary>The item of that name that waits for the next batch, or null.</summary>
    public BlocklistItem? FindPending(string name)
    {
        foreach ((BlocklistItem item, _) in Pending)
        {
            if (item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return item;
        }

        return null;
    }

    /// <summary>The next batch, which is no longer pending: one that fails is not sent again.</summary>
    public (BlocklistItem Item, object Input)[] Take()
    {
        (BlocklistItem, object)[] batch = [.. Pending];
        Pending.Clear();
        return batch;
    }
}
