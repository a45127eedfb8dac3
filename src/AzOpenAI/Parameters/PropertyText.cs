using System.Management.Automation;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>Properties of objects that are known by their names only.</summary>
internal static class PropertyText
{
    /// <summary>The property as text; null where it is not there or empty.</summary>
    public static string? Of(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The property where it is meant as an Azure Resource Manager id; objects of other kinds may have an Id that is a number.</summary>
    public static string? OfId(PSObject value, string property) => Of(value, property) is { } text && ArmId.IsMeant(text) ? text : null;
}
