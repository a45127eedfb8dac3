using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>
/// A cmdlet on a deployment: an object or ID from the pipeline, a resource and a name, or group, resource name and name. The object set is the default, so that
/// a piped object isn't bound by its properties.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeploymentCmdlet : ManagementCmdlet
{
    private protected const string ByObject = "Deployment";
    private protected const string ByResource = "Resource";
    private protected const string ByName = "Name";

    /// <summary>The deployment: object or ID, or its name with -Resource or the session's default.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    public DeploymentIdentity Deployment { get; set; } = null!;

    /// <summary>The resource of the deployment: object, ID or name.</summary>
    [Parameter(ParameterSetName = ByObject)]
    [Parameter(ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    /// <summary>Resource group of the resource.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <summary>Name of the resource.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceName { get; set; }

    /// <summary>Name of the deployment.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    private protected override IReadOnlyList<string> Targets => [nameof(Deployment), nameof(ResourceName), nameof(Name)];

    /// <summary>The client in the deployment's subscription, its resource and its name. The deployment itself isn't read.</summary>
    private protected async Task<(ManagementClient Client, Resource Resource, string Name)> ResolveAsync(CancellationToken cancellationToken)
    {
        DeploymentIdentity? child = ParameterSetName == ByObject ? Deployment : null;
        ErrorTarget = child?.Input ?? Name;
        if (child is null)
            ArmName.CheckDeployment(Name);
        (ManagementClient client, Resource resource) =
            await OpenParentAsync(child, Resource, ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false);
        return (client, resource, child?.Name ?? Name);
    }
}
