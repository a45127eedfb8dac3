using System.Collections;
using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>Converts parameter values for a request.</summary>
internal static class ResourceArguments
{
    /// <summary>Tags as strings, converted by the engine: independent of the machine's language.</summary>
    public static IReadOnlyDictionary<string, string>? Tags(Hashtable? tags) =>
        tags?.Cast<DictionaryEntry>().ToDictionary(static tag => Text(tag.Key), static tag => Text(tag.Value));

    /// <summary>The service has one value for both kinds of identity.</summary>
    /// <exception cref="AzOpenAIException">IdentityInvalid: None together with another one.</exception>
    public static string? IdentityType(string[]? types)
    {
        if (types is not { Length: > 0 })
            return null;
        string[] distinct = [.. types.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];
        return distinct.Length > 1 && distinct.Contains("None", StringComparer.OrdinalIgnoreCase)
            ? throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, "None can't be combined with another type")
            : string.Join(", ", distinct);
    }

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value) ?? "";
}
