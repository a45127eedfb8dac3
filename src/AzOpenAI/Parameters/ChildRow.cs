using System.Management.Automation;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>What names a child of a resource: its object, its id, its bare name, a copy out of another process, or a row of a table.</summary>
/// <param name="Input">What the user passed, for error records.</param>
/// <param name="Name">The child's name.</param>
/// <param name="ResourceId">Id of its resource, where one is known.</param>
/// <param name="Resource">Its resource, where it is known by something else than its id.</param>
internal sealed record ChildRow(object Input, string Name, string? ResourceId, ResourceIdentity? Resource)
{
    /// <summary>The id as it was read; null for a name or an object.</summary>
    public ArmId? Id { get; private init; }

    /// <summary>Why it is no such child: thrown where it is used, not while parameters are bound.</summary>
    public AzOpenAIException? Failure { get; private init; }

    /// <summary>From an id or a bare name.</summary>
    public static ChildRow Read(string value, ChildKind kind)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        if (!ArmId.IsMeant(value))
            return new ChildRow(value, value, null, null);
        ArmId? id = ArmId.TryParse(value, kind.Id, kind.ErrorId, out AzOpenAIException? failure);
        return new ChildRow(value, id?.Name ?? value, id?.AccountId, null) { Id = id, Failure = failure };
    }

    /// <summary>From a copy or a row.</summary>
    /// <exception cref="ArgumentException">The object names no such child.</exception>
    public static ChildRow Read(PSObject value, ChildKind kind)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (PropertyText.OfId(value, "Id") is string id)
            return Read(id, kind);
        // The id of a row is its own, or that of the resource that it belongs to.
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
