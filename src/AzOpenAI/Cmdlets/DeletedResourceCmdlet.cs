using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet on a soft-deleted resource: an object from the pipeline, or group and name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeletedResourceCmdlet : ManagementCmdlet
{
    private protected const string ByObject = "DeletedResource";
    private protected const string ByName = "Name";

    /// <summary>The soft-deleted resource: object, ID or name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(DeletedResourceCompleter))]
    public DeletedResourceIdentity DeletedResource { get; set; } = null!;

    /// <summary>Its resource group.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    /// <summary>Its name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(DeletedResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    /// <summary>The client in the resource's subscription, and the resource.</summary>
    private protected async Task<(ManagementClient Client, DeletedResource Resource)> ResolveAsync(CancellationToken cancellationToken)
    {
        bool byName = ParameterSetName == ByName;
        ErrorTarget = byName ? Name : DeletedResource.Input;
        if (byName)
        {
            ArmName.CheckResourceGroup(ResourceGroupName);
            ArmName.CheckResource(Name);
        }
        else
        {
            DeletedResource.Check();
        }

        ManagementClient client = await GetClientAsync(byName ? null : DeletedResource.SubscriptionId, cancellationToken).ConfigureAwait(false);
        DeletedResource resource = byName
            ? await client.DeletedResources.GetAsync(ResourceGroupName, Name, cancellationToken).ConfigureAwait(false)
            : await DeletedResource.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
        return (client, resource);
    }
}
