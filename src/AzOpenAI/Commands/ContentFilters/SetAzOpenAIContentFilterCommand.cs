using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
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
    public ContentFilterIdentity ContentFilter { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName == ByObject ? ContentFilter.Input : Name;
        ResourceIdentity identity = ParameterSetName switch
        {
            ByObject => ContentFilter.Resource ?? throw Failure.Of(nameof(Messages.ContentFilterIdInvalid), ErrorKind.InvalidInput, ContentFilter.Name),
            ByResource => Resource,
            _ => new ResourceIdentity(ResourceGroupName, ResourceName),
        };
        ManagementClient client = await GetClientAsync(identity.SubscriptionId, cancellationToken).ConfigureAwait(false);
        Resource resource = await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false);

        ContentFilterProvisioner provisioner = new(client);
        ContentFilterRequest request = CreateRequest(resource, ParameterSetName == ByObject ? ContentFilter.Name : Name);
        ContentFilterPlan plan = await provisioner.PlanChangeAsync(request, cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;
        await WriteAsync(await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
