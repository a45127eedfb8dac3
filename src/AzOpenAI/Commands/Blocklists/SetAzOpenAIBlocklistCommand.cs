using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIBlocklist.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIBlocklist", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Blocklist))]
public sealed class SetAzOpenAIBlocklistCommand : ManagementCmdlet
{
    private const string ByObject = "Blocklist";
    private const string ByResource = "Resource";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public BlocklistIdentity Blocklist { get; set; } = null!;

    [Parameter(ParameterSetName = ByObject)]
    [Parameter(ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceName { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter(Mandatory = true)]
    [AllowEmptyString]
    public string Description { get; set; } = null!;

    private protected override IReadOnlyList<string> Targets => [nameof(Blocklist), nameof(ResourceName), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string name = ParameterSetName == ByObject ? Blocklist.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? Blocklist.Input : Name;
        if (ParameterSetName != ByObject)
            ArmName.CheckBlocklist(Name);
        (ManagementClient client, Resource resource) = await OpenParentAsync(
            ParameterSetName == ByObject ? Blocklist : null, Resource, ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false);
        Blocklist live = await client.Blocklists.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if ((live.Description ?? "") == Description)
        {
            await WriteAsync(live).ConfigureAwait(false);
            return;
        }

        PlannedStep step = new($"blocklist '{live.Name}' of resource '{resource.Name}'", $"Update {new PropertyDrift(nameof(Description), live.Description, Description)}");
        if (await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            await WriteAsync(await client.Blocklists.SetAsync(resource, live.Name, Description, live, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
