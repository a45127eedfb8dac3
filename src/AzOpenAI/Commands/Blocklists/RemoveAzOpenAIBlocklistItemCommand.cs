using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIBlocklistItem", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(BlocklistItem))]
public sealed class RemoveAzOpenAIBlocklistItemCommand : BlocklistBatchCmdlet
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

    private protected override bool TakesDefaultResource => false;

    private protected override IReadOnlyList<string> Targets => [nameof(Item), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        bool byObject = ParameterSetName == ByObject;
        ErrorTarget = byObject ? Item.Input : Blocklist.Input;
        if (!byObject)
            Array.ForEach(Name, static name => ArmName.CheckBlocklistItem(name));
        OpenBlocklist open = await OpenAsync(byObject ? Item.GetBlocklist() : Blocklist, cancellationToken).ConfigureAwait(false);
        (string Name, object Input)[] wanted = byObject ? [(Item.Name, Item.Input)] : [.. Name.Select(n => (n, (object)n))];
        foreach ((string name, object input) in wanted)
        {
            if (!open.Items.TryGetValue(name, out BlocklistItem? item))
                await WriteErrorAsync(ErrorRecords.From(NotFound(open, name), input)).ConfigureAwait(false);
            else if (open.FindPending(item.Name) is null)
                await AddAsync(open, item, input, cancellationToken).ConfigureAwait(false);
        }
    }

    private protected override Task<bool> ConfirmAsync(OpenBlocklist open, string what)
    {
        PlannedStep step = new($"blocklist '{open.List.Name}' of resource '{open.List.ResourceName}'", $"Remove {what}");
        string question = $"Remove {what} of blocklist '{open.List.Name}'? Content filters that use the blocklist will no longer block matching text.";
        return Confirmation.ShouldDestroyAsync(this, [step], question, Force);
    }

    private protected override async Task<IReadOnlyList<BlocklistItemFailure>> SendAsync(
        OpenBlocklist open, IReadOnlyList<BlocklistItem> items, CancellationToken cancellationToken)
    {
        await open.Client.BlocklistItems.RemoveAsync(open.List, [.. items.Select(static i => i.Name)], cancellationToken).ConfigureAwait(false);
        return [];
    }

    private protected override Task CompleteAsync(OpenBlocklist open, BlocklistItem item)
    {
        open.Items.Remove(item.Name);
        return PassThru ? WriteAsync(item) : Task.CompletedTask;
    }
}
