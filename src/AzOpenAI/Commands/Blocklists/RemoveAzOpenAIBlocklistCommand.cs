using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIBlocklist.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIBlocklist", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Blocklist))]
public sealed class RemoveAzOpenAIBlocklistCommand : ManagementCmdlet
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

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesDefaultResource => false;

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
        Blocklist list = await client.Blocklists.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        await new RemovalCheck(client).CheckBlocklistAsync(resource, list.Name, cancellationToken).ConfigureAwait(false);

        PlannedStep step = new($"blocklist '{list.Name}' of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Remove");
        if (!await Confirmation.ShouldDestroyAsync(this, [step], $"Remove {step.Target}? Its items are removed too and can't be restored.", Force).ConfigureAwait(false))
            return;

        await client.Blocklists.DeleteAsync(resource, list.Name, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(list).ConfigureAwait(false);
    }
}
