using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>What names a child of a resource: its object, its id, its bare name, a copy out of another process, or a row of a table.</summary>
/// <param name="Input">What the user passed, for error records.</param>
/// <param name="Name">The child's name.</param>
/// <param name="ResourceId">Id of its resource, where one is known.</param>
/// <param name="Resource">Its resource, where it is known by something else than its id.</param>
internal sealed record ChildRow(object Input, string Name, string? ResourceId, ResourceIdentity? Resource)
{
    /// <summary>From an id or a bare name. What is neither stays as it is: what it misses is said when it is used, not while parameters are bound.</summary>
    public static ChildRow Read(string value, Func<string, string?> nameOf)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return value.StartsWith('/') && nameOf(value) is string name
            ? new ChildRow(value, name, ResourceIds.ResourcePart(value), null)
            : new ChildRow(value, value, null, null);
    }

    /// <summary>From a copy or a row.</summary>
    /// <exception cref="ArgumentException">The object names no such child.</exception>
    public static ChildRow Read(PSObject value, string kind, Func<string, string?> nameOf)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (PropertyText.Of(value, "Id") is string id && nameOf(id) is string name)
            return new ChildRow(id, name, ResourceIds.ResourcePart(id), null);
        if (PropertyText.Of(value, "ResourceGroupName") is null || PropertyText.Of(value, "ResourceName") is null || PropertyText.Of(value, "Name") is not string row)
            throw new ArgumentException($"The object is no {kind}: it has neither its Id nor ResourceGroupName, ResourceName and Name.", nameof(value));
        return new ChildRow(row, row, null, new ResourceIdentity(value));
    }
}
