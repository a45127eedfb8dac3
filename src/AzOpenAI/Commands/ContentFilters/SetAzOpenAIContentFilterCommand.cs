using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIContentFilter.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIContentFilter", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContentFilter))]
public sealed class SetAzOpenAIContentFilterCommand : ContentFilterSettingsCmdlet
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

    private protected override IReadOnlyList<string> Targets => [nameof(ContentFilter), nameof(ResourceName), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName == ByObject ? ContentFilter.Input : Name;
        if (ParameterSetName != ByObject)
            ArmName.CheckContentFilter(Name);
        CheckIdentities();
        (ManagementClient client, Resource resource) = await OpenParentAsync(
            ParameterSetName == ByObject ? ContentFilter : null, Resource, ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false);

        ContentFilterProvisioner provisioner = new(client);
        ContentFilterRequest request = CreateRequest(resource, ParameterSetName == ByObject ? ContentFilter.Name : Name);
        if (request is { BasePolicy: null, Mode: null, PromptBlocklists: null, CompletionBlocklists: null, Settings.Count: 0 })
            throw Failure.Of(nameof(Messages.ContentFilterChangeMissing), ErrorKind.InvalidInput, request.Name);
        ContentFilterPlan plan = await provisioner.PlanChangeAsync(request, cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;
        await WriteAsync(await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
