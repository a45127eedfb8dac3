using System.Management.Automation;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>A role assignment as users name it: the object or its id.</summary>
public sealed class AccessIdentity
{
    private const string Segment = "/providers/Microsoft.Authorization/roleAssignments/";

    private readonly ResourceAccess? _access;
    private readonly string _id;

    /// <summary>From an Azure Resource Manager id.</summary>
    public AccessIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (!value.Contains(Segment, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{value}' is not the id of a role assignment.", nameof(value));
        Input = value;
        _id = value;
        SubscriptionId = ResourceIds.SubscriptionPart(value);
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

    /// <summary>From an object that came out of another process, by its id.</summary>
    public AccessIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _id = value.Properties["Id"]?.Value?.ToString() ?? "";
        if (!_id.Contains(Segment, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("The object is no role assignment: it has no Id of one.", nameof(value));
        Input = _id;
        SubscriptionId = ResourceIds.SubscriptionPart(_id);
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription that the object brought along.</summary>
    public string? SubscriptionId { get; }

    /// <inheritdoc/>
    public override string ToString() => _id;

    /// <summary>The brought or the live assignment; null: there is none any more.</summary>
    internal async Task<ResourceAccess?> ResolveAsync(ManagementClient client, CancellationToken cancellationToken) =>
        _access ?? await client.Access.FindByIdAsync(_id, cancellationToken).ConfigureAwait(false);
}
