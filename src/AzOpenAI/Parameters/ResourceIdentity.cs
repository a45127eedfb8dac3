using System.Globalization;
using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Parameters;

/// <summary>A resource as specified by users: the object, its ID, or its name. PowerShell converts with these constructors; lookups come later.</summary>
public sealed class ResourceIdentity
{
    private readonly Resource? _resource;
    private readonly string? _id;
    private readonly string? _name;
    private readonly string? _group;
    private readonly Uri? _endpoint;
    private readonly ArmId? _misfit;
    private readonly AzOpenAIException? _failure;

    /// <summary>From a name or an Azure Resource Manager ID: the resource's own, or that of a child such as a deployment or a blocklist item.</summary>
    public ResourceIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        if (!ArmId.IsMeant(value))
        {
            _name = value;
            return;
        }

        if (ReadId(value, out _misfit, out _failure) is not ArmId id)
            return;
        _id = id.AccountId;
        SubscriptionId = id.SubscriptionId;
        DeploymentName = id.Kind == ArmIdKind.Deployment ? id.Name : null;
        Part = ResourcePart.OfId(id);
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

    /// <summary>From a connection to the resource, by its ID or else by its endpoint.</summary>
    public ResourceIdentity(IConnectionSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Connection connection = source.Connection;
        Input = connection.Endpoint;
        Source = source;
        _endpoint = connection.Endpoint;
        if (connection.ResourceId is string resourceId)
        {
            ArmId? own = ArmId.TryParse(resourceId, ArmIdKind.Resource, nameof(Messages.ResourceIdInvalid), out _failure);
            _id = own?.AccountId;
            SubscriptionId = own?.SubscriptionId;
        }

        DeploymentName = connection.Deployment;
        Part = new ResourcePart("Connection", connection.Name);
    }

    /// <summary>From an object of another process or another module, by its ID; or from a row with the name of a resource.</summary>
    /// <remarks>
    /// Rows are handled here because the engine doesn't bind them by property name if there is a set without pipeline input. ResourceName overrides
    /// Name, which is the row's own: Name is only used if nothing else identifies the resource.
    /// </remarks>
    public ResourceIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string? id = PropertyText.OfId(value, "Id");
        string? resourceId = PropertyText.Of(value, "ResourceId");
        Part = ResourcePart.OfType(value);
        if ((resourceId ?? id) is string known)
        {
            Input = known;
            // The object's own ID determines what it is; for our objects whose ID isn't that of a child, the type does.
            ArmId? own = id is null || (Part is not null && resourceId is not null) ? null : ReadId(id, out _misfit, out _failure);
            ArmId? owner = (_misfit, _failure) is not (null, null) ? null : known == id ? own : ReadId(known, out _misfit, out _failure);
            if (owner is null)
                return;
            if (own is not null && !string.Equals(own.AccountId, owner.AccountId, StringComparison.OrdinalIgnoreCase))
            {
                _failure = Failure.Of(nameof(Messages.ResourceIdInvalid), ErrorKind.InvalidInput, known, $"the object's Id, '{ShownText.OneLine(id!)}', belongs to another resource");
                return;
            }

            _id = owner.AccountId;
            SubscriptionId = owner.SubscriptionId;
            Part ??= ResourcePart.OfId(own ?? owner) ?? ResourcePart.OfId(owner);
            DeploymentName = own is { Kind: ArmIdKind.Deployment } ? own.Name
                : owner.Kind == ArmIdKind.Deployment ? owner.Name
                : Part switch
                {
                    { Kind: "Deployment" } => Part.Name,
                    { Kind: "Connection" or "ResourceKey" } => PropertyText.Of(value, "Deployment"),
                    _ => null,
                };
            return;
        }

        _group = PropertyText.Of(value, "ResourceGroupName");
        _name = PropertyText.Of(value, "ResourceName") ?? PropertyText.Of(value, "AccountName") ?? (_group is null ? null : PropertyText.Of(value, "Name"))
            ?? throw new ArgumentException("The object isn't a resource: it has neither its Id nor ResourceGroupName and ResourceName.", nameof(value));
        SubscriptionId = PropertyText.Of(value, "SubscriptionId");
        Input = _name;
        // A row with its own name and a resource name is a deployment, a lock or another child.
        if (Part is null && PropertyText.Of(value, "Name") is string row && !row.Equals(_name, StringComparison.OrdinalIgnoreCase))
            Part = new ResourcePart("part", row);
    }

    /// <summary>From an object of another module, by its properties. The engine checks the type of an object, and PSObject isn't that type.</summary>
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

    /// <summary>The user's input, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription of the object.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The deployment that was passed instead of its resource.</summary>
    public string? DeploymentName { get; }

    /// <summary>The object that was passed instead of its resource; null for the resource itself.</summary>
    internal ResourcePart? Part { get; }

    /// <summary>Identifies the resource without a request: equal keys mean the same resource.</summary>
    internal string Key => string.Create(CultureInfo.InvariantCulture,
        $"{SubscriptionId}/{_group}/{_id ?? _resource?.Id ?? _endpoint?.AbsoluteUri ?? _name}");

    /// <summary>The keys or the connection that was passed instead of the resource; otherwise null.</summary>
    internal IConnectionSource? Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Input.ToString() ?? "";

    /// <summary>Validates that this identifies a resource, or something that belongs to one. Sends no request.</summary>
    /// <exception cref="AzOpenAIException">ResourceExpected, ResourceIdInvalid, ResourceNameInvalid, ResourceGroupNameInvalid.</exception>
    internal void Check()
    {
        if (_failure is not null)
            throw _failure;
        if (_misfit is not null)
            throw Expected(_misfit, "");
        if (_group is not null)
            ArmName.CheckResourceGroup(_group);
        if (_name is not null)
            ArmName.CheckResource(_name);
        if (_id is null && SubscriptionId is not null)
            ArmName.CheckSubscription(SubscriptionId);
    }

    /// <summary>The resource, passed or read.</summary>
    internal async Task<Resource> ResolveAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        Check();
        if (_resource is not null)
            return _resource;
        if (_id is not null)
            return await client.Resources.GetByIdAsync(_id, cancellationToken).ConfigureAwait(false);
        if (_endpoint is not null)
            return await client.Resources.FindByEndpointAsync(_endpoint, cancellationToken).ConfigureAwait(false);
        if (_group is not null)
            return await client.Resources.GetAsync(_group, _name!, cancellationToken).ConfigureAwait(false);
        return await client.Resources.FindByNameAsync(_name!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rejects children of a resource, for a command that changes the whole resource.</summary>
    /// <param name="verb">The command's verb.</param>
    /// <exception cref="AzOpenAIException">ResourceExpected.</exception>
    internal void RefusePart(string verb)
    {
        if (_misfit is not null)
            throw Expected(_misfit, verb);
        Check();
        if (Part is not null)
            throw Failure.Of(nameof(Messages.ResourceExpected), ErrorKind.InvalidInput, Part, _id?.Split('/')[^1] ?? _endpoint?.Host ?? _name, Part.Advice(verb));
    }

    /// <summary>Parses an ID that is a resource's own, or that of an object that can be used instead of it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="misfit">The ID of another child of a resource.</param>
    /// <param name="failure">Why it isn't the ID of a resource.</param>
    private static ArmId? ReadId(string text, out ArmId? misfit, out AzOpenAIException? failure)
    {
        (misfit, failure) = (null, null);
        ArmId? id = ArmId.TryParse(text, out string? problem);
        if (id is null)
            failure = Failure.Of(nameof(Messages.ResourceIdInvalid), ErrorKind.InvalidInput, text.ReplaceLineEndings("\uFFFD"), problem);
        else if (id.AccountId is null)
            failure = id.Unexpected(nameof(Messages.ResourceIdInvalid), ArmId.Describe(ArmIdKind.Resource));
        else if (id.Kind is not (ArmIdKind.Resource or ArmIdKind.Deployment or ArmIdKind.ContentFilter or ArmIdKind.Blocklist or ArmIdKind.BlocklistItem))
            misfit = id;
        return failure is null && misfit is null ? id : null;
    }

    private static AzOpenAIException Expected(ArmId id, string verb)
    {
        ResourcePart part = ResourcePart.OfId(id)!;
        return Failure.Of(nameof(Messages.ResourceExpected), ErrorKind.InvalidInput, part, id.Account, part.Advice(verb));
    }
}
