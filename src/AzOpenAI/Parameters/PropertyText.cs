using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>Properties of objects that are known by their names only.</summary>
internal static class PropertyText
{
    /// <summary>The property as text; null where it is not there or empty.</summary>
    public static string? Of(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>
    /// The property where it is meant as an Azure Resource Manager id, right or wrong; objects of other kinds may have an Id that is a number or a GUID. What is
    /// wrong with an id is for its reader to say: passing over it would let the other properties name something else.
    /// </summary>
    public static string? OfId(PSObject value, string property) => Of(value, property) is { } text && (IsList(value.Properties[property].Value) || LooksLikeId(text)) ? text : null;

    private static bool LooksLikeId(string text) => text.AsSpan().ContainsAny("/\\%") || text.Trim() is "." or "..";

    private static bool IsList(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is System.Collections.IEnumerable and not string;
}
