using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIContentFilter.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIContentFilter", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContentFilter))]
public sealed class RemoveAzOpenAIContentFilterCommand : ManagementCmdlet
{
    private const string ByObject = "ContentFilter";
    private const string ByResource = "Resource";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    public ContentFilterIdentity ContentFilter { get; set; } = null!;

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
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesDefaultResource => false;

    private protected override IReadOnlyList<string> Targets => [nameof(ContentFilter), nameof(ResourceName), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string name = ParameterSetName == ByObject ? ContentFilter.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? ContentFilter.Input : Name;
        if (ParameterSetName != ByObject)
            ArmName.CheckContentFilter(Name);
        (ManagementClient client, Resource resource) = await OpenParentAsync(
            ParameterSetName == ByObject ? ContentFilter : null, Resource, ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false);
        ContentFilter filter = await client.ContentFilters.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        await new RemovalCheck(client).CheckContentFilterAsync(resource, filter, cancellationToken).ConfigureAwait(false);

        PlannedStep step = new($"content filter '{filter.Name}' of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Remove");
        if (!await Confirmation.ShouldDestroyAsync(this, [step], $"Remove {step.Target}? It can't be restored.", Force).ConfigureAwait(false))
            return;

        await client.ContentFilters.DeleteAsync(resource, filter.Name, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(filter).ConfigureAwait(false);
    }
}
