using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>Properties of objects that are known by their names only.</summary>
internal static class PropertyText
{
    /// <summary>The property as text; null where it is not there or empty.</summary>
    public static string? Of(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
