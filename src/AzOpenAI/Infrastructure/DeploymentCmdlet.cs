using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Management;
using AzOpenAI.Parameters;

namespace AzOpenAI.Infrastructure;

/// <summary>
/// A cmdlet on one deployment: an object or id by pipeline, a resource and a name, or group, resource name and name. The object set is the default one, so that
/// a piped object stays an object.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeploymentCmdlet : ManagementCmdlet
{
    private protected const string ByObject = "Deployment";
    private protected const string ByResource = "Resource";
    private protected const string ByName = "Name";

    /// <summary>The deployment: object or id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public DeploymentIdentity Deployment { get; set; } = null!;

    /// <summary>The resource of the deployment: object, id or name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    /// <summary>Resource group of the resource.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    /// <summary>Name of the resource.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    /// <summary>Name of the deployment.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    /// <summary>The client in the deployment's subscription, its resource and its name. The deployment itself is not read.</summary>
    private protected async Task<(ManagementClient Client, Resource Resource, string Name)> ResolveAsync(CancellationToken cancellationToken)
    {
        ResourceIdentity? identity = ParameterSetName switch { ByObject => Deployment.Resource, ByResource => Resource, _ => null };
        string name = ParameterSetName == ByObject ? Deployment.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? Deployment.Input : Name;

        ManagementClient client = await GetClientAsync(identity?.SubscriptionId, cancellationToken).ConfigureAwait(false);
        Resource resource = identity is null
            ? await client.Resources.GetAsync(ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false)
            : await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
        return (client, resource, name);
    }

    /// <summary>Waits until the data plane knows the deployment; null where the endpoint is not known.</summary>
    private protected async Task<ProbeResult?> ProbeAsync(ManagementClient client, Deployment deployment, CancellationToken cancellationToken)
    {
        if (deployment.Endpoint is null)
            return null;

        IConnectionSource source = deployment;
        DataPlaneClient dataPlane = new(source.Connection, client.Context.TokenSource, client.Context.Environment, CreateOptions());
        return await dataPlane.Probe.WaitAsync(deployment.Name, cancellationToken).ConfigureAwait(false);
    }
}
