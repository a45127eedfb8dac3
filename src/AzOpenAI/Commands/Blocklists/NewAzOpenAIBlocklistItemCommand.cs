using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIBlocklistItem", SupportsShouldProcess = true)]
[OutputType(typeof(BlocklistItem))]
public sealed class NewAzOpenAIBlocklistItemCommand : BlocklistBatchCmdlet
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
        ErrorTarget = InputObject?.BaseObject ?? identity?.Input;
        if (piped is not null && Blocklist is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "A piped blocklist", "-Blocklist");
        if (InputObject is not null && piped is null && Pattern is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "Items from the pipeline", "-Pattern");
        if (identity is null)
            throw Failure.Of(nameof(Messages.BlocklistMissing), ErrorKind.InvalidInput);
        IReadOnlyList<BlocklistItemInput> inputs = InputObject is not null && piped is null
            ? [BlocklistItemInput.Read(InputObject)]
            : [.. (Pattern ?? []).Select(p => new BlocklistItemInput(null, p, null, p))];
        if (inputs.Count == 0)
            throw Failure.Of(nameof(Messages.BlocklistPatternMissing), ErrorKind.InvalidInput);

        ErrorTarget = identity.Input;
        OpenBlocklist open = await OpenAsync(identity, cancellationToken).ConfigureAwait(false);
        foreach (BlocklistItemInput input in inputs)
            await QueueAsync(open, input, cancellationToken).ConfigureAwait(false);
    }

    private protected override Task<bool> ConfirmAsync(OpenBlocklist open, string what) =>
        Confirmation.ShouldApplyAsync(this, [new PlannedStep($"blocklist '{open.List.Name}' of resource '{open.List.ResourceName}'", $"Add {what}")]);

    private protected override Task<IReadOnlyList<BlocklistItemFailure>> SendAsync(
        OpenBlocklist open, IReadOnlyList<BlocklistItem> items, CancellationToken cancellationToken) =>
        open.Client.BlocklistItems.AddAsync(open.List, items, cancellationToken);

    private protected override Task CompleteAsync(OpenBlocklist open, BlocklistItem item)
    {
        open.Items[item.Name] = item;
        return WriteAsync(item);
    }

    private async Task QueueAsync(OpenBlocklist open, BlocklistItemInput input, CancellationToken cancellationToken)
    {
        BlocklistItem item;
        try
        {
            if (input.Pattern is null && input.Source is not string)
                throw Failure.Of(nameof(Messages.BlocklistPatternMissing), ErrorKind.InvalidInput);
            item = BlocklistItemOperations.Make(open.List, input.Name ?? Name, input.Pattern ?? "", input.GetIsRegex(IsRegex));
            BlocklistItem? pending = open.FindPending(item.Name);
            if ((pending ?? open.Items.GetValueOrDefault(item.Name)) is { } there)
            {
                if (there.Pattern != item.Pattern || there.IsRegex != item.IsRegex)
                    throw Failure.Of(nameof(Messages.BlocklistItemExists), ErrorKind.AlreadyExists, there.Name, open.List.Name, there.Pattern);

                // Nothing to change, but the item exists, as requested. A pending one is written when it exists.
                if (pending is null)
                    await WriteAsync(there).ConfigureAwait(false);
                return;
            }
        }
        catch (AzOpenAIException failure)
        {
            await WriteErrorAsync(ErrorRecords.From(failure, input.Source)).ConfigureAwait(false);
            return;
        }

        await AddAsync(open, item, input.Source, cancellationToken).ConfigureAwait(false);
    }
}
