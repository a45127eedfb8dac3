using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>A child of a resource out of another process, or a row of a table that names one.</summary>
internal sealed record ChildRow(object Input, string Name, string? ResourceId, ResourceIdentity? Resource)
{
    /// <exception cref="ArgumentException">The object names no such child.</exception>
    public static ChildRow Read(PSObject value, string kind, Func<string, string?> nameOf)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Text(value, "Id") is string id && nameOf(id) is string name)
            return new ChildRow(id, name, ResourceIds.ResourcePart(id), null);
        if (Text(value, "ResourceGroupName") is null || Text(value, "ResourceName") is null || Text(value, "Name") is not string row)
            throw new ArgumentException($"The object is no {kind}: it has neither its Id nor ResourceGroupName, ResourceName and Name.", nameof(value));
        return new ChildRow(row, row, null, new ResourceIdentity(value));
    }

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
