using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>An item from the pipeline: a string, or an object with Pattern and optionally Name and IsRegex, such as a row of a CSV file.</summary>
internal sealed record BlocklistItemInput(string? Name, string? Pattern, string? IsRegex, object Source)
{
    public static BlocklistItemInput Read(PSObject input)
    {
        if (input.BaseObject is string text)
            return new BlocklistItemInput(null, text, null, text);
        return new BlocklistItemInput(PropertyText.Of(input, "Name"), PropertyText.Of(input, "Pattern"), PropertyText.Of(input, "IsRegex"), input);
    }

    /// <summary>The blocklist that was piped instead of an item, or null.</summary>
    public static BlocklistIdentity? BlocklistOf(PSObject input) => input.BaseObject is Blocklist list
        ? new BlocklistIdentity(list)
        : input.TypeNames.Contains("Deserialized.AzOpenAI.Blocklist") ? new BlocklistIdentity(input) : null;

    /// <summary>Whether the pattern is a regular expression. Only true and false are accepted: a wrong guess wouldn't block what it should.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemInvalid.</exception>
    public bool GetIsRegex(bool otherwise) => IsRegex?.Trim().ToLowerInvariant() switch
    {
        null or "" => otherwise,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => throw Failure.Of(nameof(Messages.BlocklistItemInvalid), ErrorKind.InvalidInput, Name ?? Pattern, $"its IsRegex value '{IsRegex}' is neither true nor false"),
    };
}
