using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>An item as it comes by the pipeline: a text, or an object with Pattern and perhaps Name and IsRegex, as a row of a CSV file has them.</summary>
internal sealed record BlocklistItemInput(string? Name, string? Pattern, string? IsRegex, object Source)
{
    public static BlocklistItemInput Read(PSObject input)
    {
        if (input.BaseObject is string text)
            return new BlocklistItemInput(null, text, null, text);
        return new BlocklistItemInput(PropertyText.Of(input, "Name"), PropertyText.Of(input, "Pattern"), PropertyText.Of(input, "IsRegex"), input);
    }

    /// <summary>The blocklist that was piped in place of an item, or null.</summary>
    public static BlocklistIdentity? BlocklistOf(PSObject input) => input.BaseObject is Blocklist list
        ? new BlocklistIdentity(list)
        : input.TypeNames.Contains("Deserialized.AzOpenAI.Blocklist") ? new BlocklistIdentity(input) : null;

    /// <summary>Whether the pattern is a regular expression. A word that is neither true nor false is no guess: as a plain term it would let through what it was to stop.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemInvalid.</exception>
    public bool GetIsRegex(bool otherwise) => IsRegex?.Trim().ToLowerInvariant() switch
    {
        null or "" => otherwise,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Failure.Of(nameof(Messages.BlocklistItemInvalid), ErrorKind.InvalidInput, Name ?? Pattern, $"its IsRegex value '{IsRegex}' is neither true nor false"),
    };
}
