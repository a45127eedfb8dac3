using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>An item as it comes by the pipeline: a text, or an object with Pattern and perhaps Name and IsRegex, as a row of a CSV file has them.</summary>
internal sealed record BlocklistItemInput(string? Name, string? Pattern, bool? IsRegex, object Source)
{
    public static BlocklistItemInput Read(PSObject input)
    {
        if (input.BaseObject is string text)
            return new BlocklistItemInput(null, text, null, text);
        return new BlocklistItemInput(
            Text(input, "Name"),
            Text(input, "Pattern"),
            Text(input, "IsRegex") is string flag ? flag is "1" || flag.Equals("true", StringComparison.OrdinalIgnoreCase) : null,
            input);
    }

    /// <summary>The blocklist that was piped in place of an item, or null.</summary>
    public static BlocklistIdentity? BlocklistOf(PSObject input) => input.BaseObject is Blocklist list
        ? new BlocklistIdentity(list)
        : input.TypeNames.Contains("Deserialized.AzOpenAI.Blocklist") ? new BlocklistIdentity(input) : null;

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
