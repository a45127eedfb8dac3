using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
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
    public BlocklistIdentity Blocklist { get; set; } = null!;

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
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter(Mandatory = true)]
    [AllowEmptyString]
    public string Description { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string name = ParameterSetName == ByObject ? Blocklist.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? Blocklist.Input : Name;
        ResourceIdentity identity = ParameterSetName switch
        {
            ByObject => Blocklist.Resource ?? throw Failure.Of(nameof(Messages.BlocklistIdInvalid), ErrorKind.InvalidInput, name),
            ByResource => Resource,
            _ => new ResourceIdentity(ResourceGroupName, ResourceName),
        };
        ManagementClient client = await GetClientAsync(identity.SubscriptionId, cancellationToken).ConfigureAwait(false);
        Resource resource = await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
        Blocklist live = await client.Blocklists.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (live.Description == Description)
        {
            await WriteAsync(live).ConfigureAwait(false);
            return;
        }

        PlannedStep step = new($"blocklist '{live.Name}' of resource '{resource.Name}'", $"Update {new PropertyDrift(nameof(Description), live.Description, Description)}");
        if (await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            await WriteAsync(await client.Blocklists.SetAsync(resource, live.Name, Description, live, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
