using System.ComponentModel;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Errors;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet that changes items of blocklists in batches. A batch that fails is an error for each of its items; other batches continue.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class BlocklistBatchCmdlet : BlocklistItemCmdlet
{
    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (OpenBlocklist open in Opened)
            await FlushAsync(open, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds an item to the next batch, and sends the batch when it is full.</summary>
    private protected async Task AddAsync(OpenBlocklist open, BlocklistItem item, object input, CancellationToken cancellationToken)
    {
        open.Pending.Add((item, input));
        if (open.IsFull)
            await FlushAsync(open, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls ShouldProcess for the batch.</summary>
    /// <param name="open">The blocklist.</param>
    /// <param name="what">The items, in words.</param>
    private protected abstract Task<bool> ConfirmAsync(OpenBlocklist open, string what);

    /// <summary>Sends the batch.</summary>
    /// <returns>The rejected items with their reasons.</returns>
    private protected abstract Task<IReadOnlyList<BlocklistItemFailure>> SendAsync(
        OpenBlocklist open, IReadOnlyList<BlocklistItem> items, CancellationToken cancellationToken);

    /// <summary>Handles an item that the service has changed.</summary>
    private protected abstract Task CompleteAsync(OpenBlocklist open, BlocklistItem item);

    private async Task FlushAsync(OpenBlocklist open, CancellationToken cancellationToken)
    {
        (BlocklistItem Item, object Input)[] batch = open.Take();
        if (batch.Length == 0)
            return;
        Dictionary<BlocklistItem, AzOpenAIException> refused = new(ReferenceEqualityComparer.Instance);
        try
        {
            if (!await ConfirmAsync(open, batch.Length == 1 ? $"item '{batch[0].Item.Pattern}'" : $"{batch.Length} items").ConfigureAwait(false))
                return;
            foreach (BlocklistItemFailure failure in await SendAsync(open, [.. batch.Select(static b => b.Item)], cancellationToken).ConfigureAwait(false))
                refused[failure.Item] = failure.Error;
        }
        catch (AzOpenAIException failure)
        {
            foreach ((BlocklistItem item, _) in batch)
                refused[item] = failure;
        }

        foreach ((BlocklistItem item, object input) in batch)
        {
            if (refused.TryGetValue(item, out AzOpenAIException? reason))
                await WriteErrorAsync(ErrorRecords.From(reason, input)).ConfigureAwait(false);
            else
                await CompleteAsync(open, item).ConfigureAwait(false);
        }
    }
}
