using System.Globalization;
using System.Management.Automation;
using AzOpenAI.Core.Errors;
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
        Part = ResourcePart.OfId(value);
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
        Part = new ResourcePart("Deployment", deployment.Name);
    }

    /// <summary>From a content filter of the resource.</summary>
    public ResourceIdentity(ContentFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Input = filter;
        _id = filter.ResourceId;
        SubscriptionId = filter.SubscriptionId;
        Part = new ResourcePart("ContentFilter", filter.Name);
    }

    /// <summary>From a blocklist of the resource.</summary>
    public ResourceIdentity(Blocklist list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Input = list;
        _id = list.ResourceId;
        SubscriptionId = list.SubscriptionId;
        Part = new ResourcePart("Blocklist", list.Name);
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
        Part = new ResourcePart("ResourceKey", null);
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
        Part = new ResourcePart("Connection", connection.Name);
    }

    /// <summary>From an object that came out of another process or from another module, by its id; or from a row with the name of a resource.</summary>
    /// <remarks>
    /// Rows are taken here because the engine does not bind them by property name beside a set that takes nothing from the pipeline. ResourceName wins over
    /// Name, which is the row's own: only where nothing else names the resource is the row taken for one.
    /// </remarks>
    public ResourceIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string? id = PropertyText.Of(value, "Id") is { } text && text.StartsWith('/') ? text : null;
        string? resourceId = PropertyText.Of(value, "ResourceId");
        Part = ResourcePart.OfType(value) ?? ((id ?? resourceId) is string own ? ResourcePart.OfId(own) : null);
        if ((resourceId ?? id) is string known)
        {
            _id = known;
            Input = known;
            SubscriptionId = ResourceIds.SubscriptionPart(known);
            DeploymentName = (id is null ? null : ResourceIds.DeploymentPart(id)) ?? ResourceIds.DeploymentPart(known)
                ?? (Part is { Kind: "Connection" or "ResourceKey" } ? PropertyText.Of(value, "Deployment") : null);
            return;
        }

        _group = PropertyText.Of(value, "ResourceGroupName");
        _name = PropertyText.Of(value, "ResourceName") ?? PropertyText.Of(value, "AccountName") ?? (_group is null ? null : PropertyText.Of(value, "Name"))
            ?? throw new ArgumentException("The object is no resource: it has neither its Id nor ResourceGroupName and ResourceName.", nameof(value));
        SubscriptionId = PropertyText.Of(value, "SubscriptionId");
        Input = _name;
    }

    /// <summary>From an object of another module, by its properties. The engine looks for the type of an object, and PSObject is none.</summary>
    public ResourceIdentity(object value)
        : this(PSObject.AsPSObject(value))
    {
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

    /// <summary>What was passed instead of its resource; null for the resource itself.</summary>
    internal ResourcePart? Part { get; }

    /// <summary>Tells resources apart without a request: what is equal here is the same resource.</summary>
    internal string Key => string.Create(CultureInfo.InvariantCulture,
        $"{SubscriptionId}/{_group}/{(_id is null ? null : ResourceIds.ResourcePart(_id)) ?? _resource?.Id ?? _endpoint?.AbsoluteUri ?? _name}");

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

    /// <summary>Refuses what belongs to a resource, for a command that changes the whole of it.</summary>
    /// <param name="verb">The command's verb.</param>
    /// <exception cref="AzOpenAIException">ResourceExpected.</exception>
    internal void RefusePart(string verb)
    {
        if (Part is null)
            return;
        string owner = _id is null ? _endpoint?.Host ?? _name ?? "" : ResourceIds.ResourcePart(_id).Split('/')[^1];
        throw Failure.Of(nameof(Messages.ResourceExpected), ErrorKind.InvalidInput, Part, owner, Part.Advice(verb));
    }
}
