using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Parameters;

namespace AzOpenAI.Infrastructure;

/// <summary>A cmdlet on one resource: an object by pipeline, or group and name. The object set is the default one, so that a piped object stays an object.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ResourceCmdlet : ManagementCmdlet
{
    private protected const string ByObject = "Resource";
    private protected const string ByName = "Name";

    /// <summary>The resource: object, id or name; without it the session's default.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNull]
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByObject && Resource is null && !TryTakeDefault())
        {
            WriteError(CreateErrorRecord(Failure.Of(TakesDefaultResource ? nameof(Messages.ResourceMissing) : nameof(Messages.ResourceNotNamed), ErrorKind.InvalidInput)));
            return;
        }

        base.ProcessRecord();
    }

    /// <summary>False where a change cannot be undone: that wants its resource named.</summary>
    private protected virtual bool TakesDefaultResource => true;

    private bool TryTakeDefault()
    {
        // The default belongs to the session's subscription, or to the context that was passed: another one's has none.
        string? id = !TakesDefaultResource || Subscription is not null ? null : Context is not null ? Context.DefaultResourceId : Session.DefaultResourceId;
        if (id is null)
            return false;
        WriteVerbose($"The resource is the session's default, '{id}'.");
        Resource = new ResourceIdentity(id);
        return true;
    }

    /// <summary>The client in the resource's subscription, and the resource.</summary>
    private protected async Task<(ManagementClient Client, Resource Resource)> ResolveResourceAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByName)
        {
            ErrorTarget = ResourceName;
            ManagementClient byName = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
            return (byName, await byName.Resources.GetAsync(ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false));
        }

        ErrorTarget = Resource.Input;
        ManagementClient client = await GetClientAsync(Resource.SubscriptionId, cancellationToken).ConfigureAwait(false);
        return (client, await Resource.ResolveAsync(client, cancellationToken).ConfigureAwait(false));
    }
}
