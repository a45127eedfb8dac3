using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIBlocklistItem", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(BlocklistItem))]
public sealed class SetAzOpenAIBlocklistItemCommand : BlocklistItemCmdlet
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
    public string Name { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Pattern { get; set; }

    [Parameter]
    public SwitchParameter IsRegex { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Item), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string name = ParameterSetName == ByObject ? Item.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? Item.Input : Name;
        if (ParameterSetName != ByObject)
            ArmName.CheckBlocklistItem(Name);
        OpenBlocklist open = await OpenAsync(ParameterSetName == ByObject ? Item.GetBlocklist() : Blocklist, cancellationToken).ConfigureAwait(false);
        if (!open.Items.TryGetValue(name, out BlocklistItem? live))
            throw NotFound(open, name);

        string pattern = Pattern ?? live.Pattern;
        bool isRegex = IsBound(nameof(IsRegex)) ? IsRegex : live.IsRegex;
        List<PropertyDrift> drift = [];
        if (pattern != live.Pattern)
            drift.Add(new PropertyDrift(nameof(Pattern), live.Pattern, pattern));
        if (isRegex != live.IsRegex)
            drift.Add(new PropertyDrift(nameof(IsRegex), live.IsRegex, isRegex));
        if (drift.Count > 0)
        {
            PlannedStep step = new($"item '{live.Name}' of blocklist '{open.List.Name}'", $"Update {string.Join("; ", drift)}");
            if (!await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
                return;
            live = await open.Client.BlocklistItems.SetAsync(open.List, live, pattern, isRegex, cancellationToken).ConfigureAwait(false);
            open.Items[name] = live;
        }

        await WriteAsync(live).ConfigureAwait(false);
    }
}
