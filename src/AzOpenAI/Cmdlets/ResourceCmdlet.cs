using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet on a resource: an object from the pipeline, or group and name. The default set takes the object, not its properties.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ResourceCmdlet : ManagementCmdlet
{
    private protected const string ByObject = "Resource";
    private protected const string ByName = "Name";

    /// <summary>The resource: object, ID or name; if omitted, the session's default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNull]
    public ResourceIdentity Resource { get; set; } = null!;

    /// <summary>Resource group of the resource.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    /// <summary>Name of the resource.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    private protected override IReadOnlyList<string> Targets => [nameof(Resource), nameof(ResourceName)];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByObject && Resource is null)
        {
            if (FindDefaultResource() is not { } found)
            {
                WriteError(CreateErrorRecord(NoResource()));
                return;
            }

            Resource = found;
        }

        base.ProcessRecord();
    }

    /// <summary>The client in the resource's subscription, and the resource.</summary>
    private protected async Task<(ManagementClient Client, Resource Resource)> ResolveResourceAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByName)
        {
            ErrorTarget = ResourceName;
            return await OpenAsync(new ResourceIdentity(ResourceGroupName, ResourceName), cancellationToken).ConfigureAwait(false);
        }

        ErrorTarget = Resource.Input;
        return await OpenAsync(Resource, cancellationToken).ConfigureAwait(false);
    }
}
