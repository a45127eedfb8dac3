using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>A role assignment as specified by users: the object or its ID.</summary>
public sealed class AccessIdentity
{
    private const string Segment = "/providers/Microsoft.Authorization/roleAssignments/";

    private readonly ResourceAccess? _access;
    private readonly string _id;
    private readonly AzOpenAIException? _failure;

    /// <summary>From an Azure Resource Manager ID.</summary>
    public AccessIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        // Other IDs may be those of the resource whose access is revoked: the engine tries that next.
        if (!value.Contains(Segment, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{value}' isn't the ID of a role assignment.", nameof(value));
        Input = value;
        _id = value;
        SubscriptionId = ArmId.TryParse(value, ArmIdKind.RoleAssignment, nameof(Messages.AccessIdInvalid), out _failure)?.SubscriptionId;
    }

    /// <summary>From the object.</summary>
    public AccessIdentity(ResourceAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        Input = access;
        _access = access;
        _id = access.Id;
        SubscriptionId = access.SubscriptionId;
    }

    /// <summary>From an object of another process, by its ID. A resource is accepted too, so that the error can say what is missing.</summary>
    public AccessIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string? id = PropertyText.OfId(value, "Id");
        string? name = PropertyText.Of(value, "ResourceName") ?? PropertyText.Of(value, "Name");
        Input = (object?)id ?? value;
        _id = id ?? name ?? throw new ArgumentException("The object isn't a role assignment: its Id property isn't a role assignment ID.", nameof(value));
        ArmId? known = id is null ? null : ArmId.TryParse(id, ArmIdKind.RoleAssignment, nameof(Messages.AccessIdInvalid), out _failure);
        SubscriptionId = known?.SubscriptionId;
        if (id is null || ArmId.TryParse(id, out _) is { Kind: ArmIdKind.Resource })
            _failure = Failure.Of(nameof(Messages.AccessFilterMissing), ErrorKind.InvalidInput, name);
    }

    /// <summary>From an object of this or another module. The engine checks the type of an object, and PSObject isn't that type.</summary>
    public AccessIdentity(object value)
        : this(PSObject.AsPSObject(value))
    {
    }

    /// <summary>The user's input, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription of the object.</summary>
    public string? SubscriptionId { get; }

    /// <inheritdoc/>
    public override string ToString() => _id;

    /// <summary>Validates that this identifies a role assignment. Sends no request.</summary>
    /// <exception cref="AzOpenAIException">AccessIdInvalid.</exception>
    internal void Check()
    {
        if (_failure is not null)
            throw _failure;
    }

    /// <summary>The assignment, passed or read; null if it doesn't exist any more.</summary>
    internal async Task<ResourceAccess?> ResolveAsync(ManagementClient client, CancellationToken cancellationToken) =>
        _access ?? await client.Access.FindByIdAsync(_id, cancellationToken).ConfigureAwait(false);
}
