using System.Globalization;
using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Parameters;

/// <summary>A resource as users name it: the object, its id, or its name. PowerShell converts by these constructors; what it means is looked up late.</summary>
public sealed class ResourceIdentity
{
    private readonly Resource? _resource;
    private readonly string? _id;
    private readonly string? _name;
    private readonly string? _group;
    private readonly Uri? _endpoint;
    private readonly ArmId? _misfit;
    private readonly AzOpenAIException? _failure;

    /// <summary>From a name or an Azure Resource Manager id: the resource's own, or that of a deployment, a content filter, a blocklist or an item of one.</summary>
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

    /// <summary>From a connection to the resource, known by its id or else by its endpoint.</summary>
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

    /// <summary>From an object that came out of another process or from another module, by its id; or from a row with the name of a resource.</summary>
    /// <remarks>
    /// Rows are taken here because the engine does not bind them by property name beside a set that takes nothing from the pipeline. ResourceName wins over
    /// Name, which is the row's own: only where nothing else names the resource is the row taken for one.
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
            // What the object is says its own id; an object of ours that is no part of a resource by its id says it by its type.
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
        // A row with a name of its own beside that of its resource is one of a deployment, a lock or another part.
        if (Part is null && PropertyText.Of(value, "Name") is string row && !row.Equals(_name, StringComparison.OrdinalIgnoreCase))
            Part = new ResourcePart("part", row);
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
        $"{SubscriptionId}/{_group}/{_id ?? _resource?.Id ?? _endpoint?.AbsoluteUri ?? _name}");

    /// <summary>The keys or the connection that was passed instead of the resource; null for all else.</summary>
    internal IConnectionSource? Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Input.ToString() ?? "";

    /// <summary>Says that this names a resource, or something that stands for one. Sends no request.</summary>
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

    /// <summary>The live or brought resource.</summary>
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

    /// <summary>Refuses what belongs to a resource, for a command that changes the whole of it.</summary>
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

    /// <summary>Reads an id that is a resource's own, or that of something which stands for its resource.</summary>
    /// <param name="text">The text.</param>
    /// <param name="misfit">The id of something else below a resource.</param>
    /// <param name="failure">Why it is none of a resource.</param>
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
