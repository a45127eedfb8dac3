using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Errors;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIBlocklistItem", SupportsShouldProcess = true)]
[OutputType(typeof(BlocklistItem))]
public sealed class NewAzOpenAIBlocklistItemCommand : BlocklistItemCmdlet
{
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public BlocklistIdentity? Blocklist { get; set; }

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[]? Pattern { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    public SwitchParameter IsRegex { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        BlocklistIdentity? piped = InputObject is null ? null : BlocklistItemInput.BlocklistOf(InputObject);
        BlocklistIdentity? identity = piped ?? Blocklist;
        ErrorTarget = identity?.Input ?? InputObject?.BaseObject;
        if (identity is null)
            throw Failure.Of(nameof(Messages.BlocklistMissing), ErrorKind.InvalidInput);
        IReadOnlyList<BlocklistItemInput> inputs = InputObject is not null && piped is null
            ? [BlocklistItemInput.Read(InputObject)]
            : [.. (Pattern ?? []).Select(p => new BlocklistItemInput(null, p, null, p))];
        if (inputs.Count == 0)
            throw Failure.Of(nameof(Messages.BlocklistPatternMissing), ErrorKind.InvalidInput);

        OpenBlocklist open = await OpenAsync(identity, cancellationToken).ConfigureAwait(false);
        foreach (BlocklistItemInput input in inputs)
        {
            await QueueAsync(open, input).ConfigureAwait(false);
            if (open.IsFull)
                await FlushAsync(open, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (OpenBlocklist open in Opened)
            await FlushAsync(open, cancellationToken).ConfigureAwait(false);
    }

    private async Task QueueAsync(OpenBlocklist open, BlocklistItemInput input)
    {
        try
        {
            if (input.Pattern is null && input.Source is not string)
                throw Failure.Of(nameof(Messages.BlocklistPatternMissing), ErrorKind.InvalidInput);
            BlocklistItem item = BlocklistItemOperations.Make(open.List, input.Name ?? Name, input.Pattern ?? "", input.IsRegex ?? IsRegex);
            if (!open.Items.TryGetValue(item.Name, out BlocklistItem? there))
            {
                open.Items[item.Name] = item;
                open.Pending.Add((item, input.Source));
            }
            else if (there.Pattern == item.Pattern && there.IsRegex == item.IsRegex)
            {
                // Nothing to write, but the item is there, as was asked.
                if (open.Pending.All(p => p.Item.Name != there.Name))
                    await WriteAsync(there).ConfigureAwait(false);
            }
            else
            {
                throw Failure.Of(nameof(Messages.BlocklistItemExists), ErrorKind.AlreadyExists, there.Name, open.List.Name, there.Pattern);
            }
        }
        catch (AzOpenAIException failure)
        {
            await WriteErrorAsync(ErrorRecords.From(failure, input.Source)).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync(OpenBlocklist open, CancellationToken cancellationToken)
    {
        (BlocklistItem Item, object Input)[] batch = open.Take();
        if (batch.Length == 0)
            return;
        ErrorTarget = open.List.Name;
        string what = batch.Length == 1 ? $"item '{batch[0].Item.Pattern}'" : $"{batch.Length} items";
        if (!await Confirmation.ShouldApplyAsync(this, [new PlannedStep($"blocklist '{open.List.Name}' of resource '{open.List.ResourceName}'", $"Add {what}")]).ConfigureAwait(false))
            return;

        IReadOnlyList<BlocklistItemFailure> refused =
            await open.Client.BlocklistItems.AddAsync(open.List, [.. batch.Select(b => b.Item)], cancellationToken).ConfigureAwait(false);
        foreach ((BlocklistItem item, object input) in batch)
        {
            if (refused.FirstOrDefault(f => f.Item == item) is BlocklistItemFailure failure)
            {
                open.Items.Remove(item.Name);
                await WriteErrorAsync(ErrorRecords.From(failure.Error, input)).ConfigureAwait(false);
            }
            else
            {
                await WriteAsync(item).ConfigureAwait(false);
            }
        }
    }
}
