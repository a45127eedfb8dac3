using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIContentFilter.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIContentFilter", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContentFilter))]
public sealed class NewAzOpenAIContentFilterCommand : ContentFilterSettingsCmdlet
{
    private const string ByObject = "Resource";
    private const string ByName = "Name";

    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNull]
    public ResourceIdentity? Resource { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceName { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter Ensure { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Resource), nameof(ResourceName)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Name;
        ArmName.CheckContentFilter(Name);
        CheckIdentities();
        ErrorTarget = ParameterSetName == ByObject ? Resource?.Input : ResourceName;
        (ManagementClient client, Resource resource) = await OpenParentAsync(
            null, ParameterSetName == ByObject ? Resource : null, ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false);
        ErrorTarget = Name;
        ContentFilterProvisioner provisioner = new(client);
        ContentFilterPlan plan = await provisioner.PlanAsync(CreateRequest(resource, Name, Ensure), cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        ContentFilter filter = await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        await WriteAsync(filter).ConfigureAwait(false);
    }
}
