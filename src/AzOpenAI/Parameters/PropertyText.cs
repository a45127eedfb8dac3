using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>Reads properties of objects by name.</summary>
internal static class PropertyText
{
    /// <summary>The property as a string; null if it is absent or empty.</summary>
    public static string? Of(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>
    /// The property if it is meant as an Azure Resource Manager ID, valid or not; objects of other kinds may have an Id that is a number or a GUID. Errors in
    /// an ID are left to its parser: ignoring it would let the other properties identify something else.
    /// </summary>
    public static string? OfId(PSObject value, string property) => Of(value, property) is { } text && (IsList(value.Properties[property].Value) || LooksLikeId(text)) ? text : null;

    private static bool LooksLikeId(string text) => text.AsSpan().ContainsAny("/\\%") || text.Trim() is "." or "..";

    private static bool IsList(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) is System.Collections.IEnumerable and not string;
}
