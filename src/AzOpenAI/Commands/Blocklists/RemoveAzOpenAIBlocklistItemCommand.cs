using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIBlocklistItem", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(BlocklistItem))]
public sealed class RemoveAzOpenAIBlocklistItemCommand : BlocklistItemCmdlet
{
    private const string ByObject = "Item";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public BlocklistItemIdentity Item { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public BlocklistIdentity Blocklist { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName == ByObject ? Item.Input : Blocklist.Input;
        OpenBlocklist open = await OpenAsync(ParameterSetName == ByObject ? Item.Blocklist : Blocklist, cancellationToken).ConfigureAwait(false);
        (string Name, object Input)[] wanted = ParameterSetName == ByObject ? [(Item.Name, Item.Input)] : [.. Name.Select(n => (n, (object)n))];
        foreach ((string name, object input) in wanted)
        {
            if (open.Items.Remove(name, out BlocklistItem? item))
                open.Pending.Add((item, input));
            else
                await WriteErrorAsync(Errors.ErrorRecords.From(NotFound(open, name), input)).ConfigureAwait(false);
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

    private async Task FlushAsync(OpenBlocklist open, CancellationToken cancellationToken)
    {
        (BlocklistItem Item, object Input)[] batch = open.Take();
        if (batch.Length == 0)
            return;
        ErrorTarget = open.List.Name;
        string what = batch.Length == 1 ? $"item '{batch[0].Item.Pattern}'" : $"{batch.Length} items";
        PlannedStep step = new($"blocklist '{open.List.Name}' of resource '{open.List.ResourceName}'", $"Remove {what}");
        string question = $"Remove {what} of blocklist '{open.List.Name}'? Content filters that use it let them pass from then on.";
        if (!await Confirmation.ShouldDestroyAsync(this, [step], question, Force).ConfigureAwait(false))
            return;

        await open.Client.BlocklistItems.RemoveAsync(open.List, [.. batch.Select(b => b.Item.Name)], cancellationToken).ConfigureAwait(false);
        if (!PassThru)
            return;
        foreach ((BlocklistItem item, _) in batch)
            await WriteAsync(item).ConfigureAwait(false);
    }
}
