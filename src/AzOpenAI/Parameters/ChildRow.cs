using System.Management.Automation;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>Input that identifies a child of a resource: its object, its ID, its name, an object of another process, or a row of a table.</summary>
/// <param name="Input">The user's input, for error records.</param>
/// <param name="Name">The child's name.</param>
/// <param name="ResourceId">ID of its resource, if known.</param>
/// <param name="Resource">Its resource, if specified by something else than its ID.</param>
internal sealed record ChildRow(object Input, string Name, string? ResourceId, ResourceIdentity? Resource)
{
    /// <summary>The parsed ID; null for a name or an object.</summary>
    public ArmId? Id { get; private init; }

    /// <summary>The error for an invalid ID: thrown when it is used, not while parameters are bound.</summary>
    public AzOpenAIException? Failure { get; private init; }

    /// <summary>From an ID or a name.</summary>
    public static ChildRow Read(string value, ChildKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (!ArmId.IsMeant(value))
            return new ChildRow(value, value, null, null);
        ArmId? id = ArmId.TryParse(value, kind.Id, kind.ErrorId, out AzOpenAIException? failure);
        return new ChildRow(value, id?.Name ?? value, id?.AccountId, null) { Id = id, Failure = failure };
    }

    /// <summary>From an object of another process or a row.</summary>
    /// <exception cref="ArgumentException">The object doesn't identify such a child.</exception>
    public static ChildRow Read(PSObject value, ChildKind kind)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (PropertyText.OfId(value, "Id") is string id)
            return Read(id, kind);
        // The ID in a row is its own, or that of its resource.
        if (PropertyText.OfId(value, "ResourceId") is string owner && ArmId.TryParse(owner, out _)?.Kind != ArmIdKind.Resource)
            return Read(owner, kind);
        if (PropertyText.Of(value, "ResourceGroupName") is null || PropertyText.Of(value, "ResourceName") is null || PropertyText.Of(value, "Name") is not string row)
        {
            string what = ArmId.Describe(kind.Id);
            throw new ArgumentException($"The object isn't {what}: it has neither its Id nor ResourceGroupName, ResourceName and Name.", nameof(value));
        }

        return new ChildRow(row, row, null, new ResourceIdentity(value));
    }
}
