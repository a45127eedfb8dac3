using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Parameters;

/// <summary>A soft-deleted resource as specified by users: the object, its ID, its name, or the original resource.</summary>
public sealed class DeletedResourceIdentity
{
    private readonly DeletedResource? _resource;
    private readonly string _name;
    private readonly string? _group;
    private readonly AzOpenAIException? _failure;

    /// <summary>From a name, or from the Azure Resource Manager ID of the deleted or the original account.</summary>
    public DeletedResourceIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        _name = value;
        if (!ArmId.IsMeant(value) || ReadId(value, out _failure) is not ArmId id)
            return;
        _name = id.Name;
        _group = id.ResourceGroup;
        SubscriptionId = id.SubscriptionId;
    }

    /// <summary>From the object.</summary>
    public DeletedResourceIdentity(DeletedResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Input = resource;
        _resource = resource;
        _name = resource.Name;
        SubscriptionId = resource.SubscriptionId;
    }

    /// <summary>From the resource that was removed (Remove-AzOpenAIResource -PassThru), or from a row with ResourceGroupName and ResourceName.</summary>
    public DeletedResourceIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if ((PropertyText.OfId(value, "Id") ?? PropertyText.OfId(value, "ResourceId")) is string text)
        {
            // The ID alone decides, valid or not: the other properties may be those of something else.
            ArmId? id = ReadId(text, out _failure);
            Input = text;
            _name = id?.Name ?? text;
            _group = id?.ResourceGroup;
            SubscriptionId = id?.SubscriptionId;
            return;
        }

        _group = PropertyText.Of(value, "ResourceGroupName");
        string? name = PropertyText.Of(value, "ResourceName") ?? PropertyText.Of(value, "Name");
        if (_group is null || name is null)
            throw new ArgumentException("The object isn't a deleted resource: it doesn't have ResourceGroupName and ResourceName.", nameof(value));
        _name = name;
        Input = name;
        SubscriptionId = PropertyText.Of(value, "SubscriptionId");
    }

    /// <summary>From an object of this or another module, by its properties. The engine checks the type of an object, and PSObject isn't that type.</summary>
    public DeletedResourceIdentity(object value)
        : this(PSObject.AsPSObject(value))
    {
    }

    /// <summary>The user's input, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription of the object.</summary>
    public string? SubscriptionId { get; }

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <summary>Validates that this identifies a soft-deleted resource. Sends no request.</summary>
    /// <exception cref="AzOpenAIException">DeletedResourceIdInvalid, ResourceNameInvalid, ResourceGroupNameInvalid, SubscriptionIdInvalid.</exception>
    internal void Check()
    {
        if (_failure is not null)
            throw _failure;
        ArmName.CheckResource(_name);
        if (_group is not null)
            ArmName.CheckResourceGroup(_group);
        if (SubscriptionId is not null)
            ArmName.CheckSubscription(SubscriptionId);
    }

    /// <summary>The object, passed or read.</summary>
    internal async Task<DeletedResource> ResolveAsync(ManagementClient client, CancellationToken cancellationToken) =>
        _resource ?? await client.DeletedResources.GetAsync(_group, _name, cancellationToken).ConfigureAwait(false);

    private static ArmId? ReadId(string text, out AzOpenAIException? failure)
    {
        ArmId? id = ArmId.TryParse(text, out string? problem);
        failure = id switch
        {
            null => Failure.Of(nameof(Messages.DeletedResourceIdInvalid), ErrorKind.InvalidInput, text.ReplaceLineEndings("\uFFFD"), problem),
            { Kind: ArmIdKind.DeletedResource or ArmIdKind.Resource } => null,
            _ => id.Unexpected(nameof(Messages.DeletedResourceIdInvalid), ArmId.Describe(ArmIdKind.DeletedResource)),
        };
        return failure is null ? id : null;
    }
}
