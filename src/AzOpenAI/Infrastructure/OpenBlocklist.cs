using AzOpenAI.Core.Management;

namespace AzOpenAI.Infrastructure;

/// <summary>A blocklist that a command works on over many records: what it holds, and what waits for the next batch.</summary>
internal sealed class OpenBlocklist(ManagementClient client, Blocklist list, Dictionary<string, BlocklistItem> items)
{
    public ManagementClient Client => client;

    public Blocklist List => list;

    /// <summary>Items by name, those of sent batches included.</summary>
    public Dictionary<string, BlocklistItem> Items => items;

    /// <summary>Items of the next batch, each with what the user passed for it.</summary>
    public List<(BlocklistItem Item, object Input)> Pending { get; } = [];

    /// <summary>Whether the next batch is full.</summary>
    public bool IsFull => Pending.Count >= BlocklistItemRules.MaxBatch;

    /// <summary>The next batch, which is no longer pending: one that fails is not sent again.</summary>
    public (BlocklistItem Item, object Input)[] Take()
    {
        (BlocklistItem, object)[] batch = [.. Pending];
        Pending.Clear();
        return batch;
    }
}
