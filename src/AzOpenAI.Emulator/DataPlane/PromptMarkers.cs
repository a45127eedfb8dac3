using System.Globalization;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>
/// Instructions for the emulator in a prompt: [[error:NAME]], [[refusal]], [[refusal:TEXT]], [[tool:NAME]], [[tool:NAME JSON]], [[tokens:N]],
/// [[reasoning:N]], [[delay:MILLISECONDS]]. Content filter markers are read by <see cref="Filters.FilterMarkers"/>.
/// </summary>
internal sealed partial record PromptMarkers
{
    public const string StandardRefusal = "I'm sorry, but I can't help with that.";

    public string? Error { get; private init; }

    public string? Refusal { get; private init; }

    public IReadOnlyList<(string Name, string? Arguments)> Tools { get; private init; } = [];

    /// <summary>Length of the response.</summary>
    public int? Tokens { get; private init; }

    public int? ReasoningTokens { get; private init; }

    public TimeSpan Delay { get; private init; }

    public static PromptMarkers Read(string text)
    {
        PromptMarkers markers = new();
        if (!text.Contains("[[", StringComparison.Ordinal))
        {
            return markers;
        }

        List<(string Name, string? Arguments)> tools = [];
        foreach (Match match in Marker().Matches(text))
        {
            string argument = match.Groups[2].Value.Trim();
            markers = match.Groups[1].Value switch
            {
                "error" => markers with { Error = argument },
                "refusal" => markers with { Refusal = argument.Length == 0 ? StandardRefusal : argument },
                "tokens" => markers with { Tokens = Number(argument) ?? markers.Tokens },
                "reasoning" => markers with { ReasoningTokens = Number(argument) ?? markers.ReasoningTokens },
                "delay" => markers with { Delay = TimeSpan.FromMilliseconds(Number(argument) ?? 0) },
                _ => markers,
            };
            if (match.Groups[1].Value == "tool" && argument.Length > 0)
            {
                string[] parts = argument.Split(' ', 2);
                tools.Add((parts[0], parts.Length == 2 ? parts[1] : null));
            }
        }

        return markers with { Tools = tools };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 1_000_000 ? number : null;

    [GeneratedRegex(@"\[\[(error|refusal|tool|tokens|reasoning|delay)(?::(.*?))?\]\]", RegexOptions.Singleline)]
    private static partial Regex Marker();
}
