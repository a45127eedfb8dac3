using System.Management.Automation;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>A resource as users name it: the object, its id, or its name. PowerShell converts by these constructors; what it means is looked up late.</summary>
public sealed class ResourceIdentity
{
    private readonly Resource? _resource;
    private readonly string? _id;
    private readonly string? _name;
    private readonly string? _group;
    private readonly Uri? _endpoint;

    /// <summary>From a name or an Azure Resource Manager id, the resource's own or a deployment's.</summary>
    public ResourceIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        if (!value.StartsWith('/'))
        {
            _name = value;
            return;
        }

        _id = value;
        SubscriptionId = ResourceIds.SubscriptionPart(value);
        DeploymentName = ResourceIds.DeploymentPart(value);
    }

    /// <summary>From the object; no request is needed then.</summary>
    public ResourceIdentity(Resource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Input = resource;
        _resource = resource;
        SubscriptionId = resource.SubscriptionId;
    }

    /// <summary>From a deployment of the resource.</summary>
    public ResourceIdentity(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        Input = deployment;
        _id = deployment.ResourceId;
        SubscriptionId = deployment.SubscriptionId;
        DeploymentName = deployment.Name;
    }

    /// <summary>From a content filter of the resource.</summary>
    public ResourceIdentity(ContentFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Input = filter;
        _id = filter.ResourceId;
        SubscriptionId = filter.SubscriptionId;
    }

    /// <summary>From a blocklist of the resource.</summary>
    public ResourceIdentity(Blocklist list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Input = list;
        _id = list.ResourceId;
        SubscriptionId = list.SubscriptionId;
    }

    /// <summary>From endpoint and keys of the resource.</summary>
    public ResourceIdentity(ResourceKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Input = key.ResourceName;
        Source = key;
        _id = key.ResourceId;
        SubscriptionId = key.SubscriptionId;
        DeploymentName = key.Deployment;
    }

    /// <summary>From a connection to the resource, known by its id or else by its endpoint.</summary>
    public ResourceIdentity(IConnectionSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Connection connection = source.Connection;
        Input = connection.Endpoint;
        Source = source;
        _id = connection.ResourceId;
        _endpoint = connection.Endpoint;
        SubscriptionId = _id is null ? null : ResourceIds.SubscriptionPart(_id);
        DeploymentName = connection.Deployment;
    }

    /// <summary>From an object that came out of another process, by its id; or from a row with ResourceGroupName and ResourceName.</summary>
    /// <remarks>Rows are taken here because the engine does not bind them by property name beside a set that takes nothing from the pipeline.</remarks>
    public ResourceIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Text(value, "ResourceId") is string resourceId)
        {
            _id = resourceId;
            DeploymentName = Text(value, "Name");
        }
        else if (Text(value, "Id") is string id && id.StartsWith('/'))
        {
            _id = id;
            DeploymentName = ResourceIds.DeploymentPart(id);
        }
        else if (Text(value, "ResourceGroupName") is string group && Text(value, "ResourceName") is string name)
        {
            _group = group;
            _name = name;
            SubscriptionId = Text(value, "SubscriptionId");
            Input = name;
            return;
        }
        else
        {
            throw new ArgumentException("The object is no resource: it has neither its Id nor ResourceGroupName and ResourceName.", nameof(value));
        }

        Input = _id;
        SubscriptionId = ResourceIds.SubscriptionPart(_id);
    }

    /// <summary>From group and name.</summary>
    internal ResourceIdentity(string resourceGroup, string name)
    {
        Input = name;
        _group = resourceGroup;
        _name = name;
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription that the object brought along.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The deployment that was passed instead of its resource.</summary>
    public string? DeploymentName { get; }

    /// <summary>The keys or the connection that was passed instead of the resource; null for all else.</summary>
    internal IConnectionSource? Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Input.ToString() ?? "";

    /// <summary>The live or brought resource.</summary>
    internal async Task<Resource> ResolveAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        if (_resource is not null)
            return _resource;
        if (_id is not null)
            return await client.Resources.GetByIdAsync(ResourceIds.ResourcePart(_id), cancellationToken).ConfigureAwait(false);
        if (_endpoint is not null)
            return await client.Resources.FindByEndpointAsync(_endpoint, cancellationToken).ConfigureAwait(false);
        if (_group is not null)
            return await client.Resources.GetAsync(_group, _name!, cancellationToken).ConfigureAwait(false);
        return await client.Resources.FindByNameAsync(_name!, cancellationToken).ConfigureAwait(false);
    }

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
