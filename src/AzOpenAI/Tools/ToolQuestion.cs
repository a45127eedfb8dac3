using System.Globalization;
using AzOpenAI.Core.Tools;
using AzOpenAI.Terminal;

namespace AzOpenAI.Tools;

/// <summary>
/// The prompt before a tool runs. The model chose the arguments, possibly to make the prompt hard to read: each is shortened, together they
/// only take a part of the smallest usual screen (80 by 24), and the tool's name comes last, next to the choices.
/// </summary>
internal static class ToolQuestion
{
    /// <summary>The first line, before the arguments.</summary>
    public const string Caption = "The model requested a tool call.";

    private const int Columns = 80;
    private const int MaximumRows = 12;
    private const int LongestValue = 200;
    private const int ShortestValue = 30;
    private const int LongestName = 100;

    /// <summary>The text below the caption.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Names and JSON of the arguments.</param>
    public static string Describe(Tool tool, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        string name = tool.Name.Equals(tool.Command, StringComparison.OrdinalIgnoreCase)
            ? Name(tool.Name)
            : $"{Name(tool.Name)} ({Name(tool.Command)})";
        if (arguments.Count == 0)
            return $"Run {name} without arguments?";

        int longest = LongestValue;
        List<string> lines = Lines(arguments, longest);
        while (Rows(lines) > MaximumRows && longest > ShortestValue)
        {
            longest = Math.Max(ShortestValue, longest / 2);
            lines = Lines(arguments, longest);
        }

        if (Rows(lines) > MaximumRows)
            lines = Fewer(lines, arguments);
        return $"{string.Join('\n', lines)}\nRun {name} with {(arguments.Count == 1 ? "this argument" : $"these {arguments.Count} arguments")}?";
    }

    /// <summary>The arguments on one line, each shortened.</summary>
    public static string OnOneLine(IReadOnlyList<KeyValuePair<string, string>> arguments) =>
        string.Concat(arguments.Select(static argument => $" -{Name(argument.Key)} {Shorten(argument.Value, LongestValue)}"));

    /// <summary>A value for display. A long one is shown with its start and its end, so that nothing is hidden after spaces, and its length.</summary>
    internal static string Shorten(string value, int longest)
    {
        string plain = ToolText.Plain(value);
        if (plain.Length <= longest)
            return plain;
        int tail = longest / 4;
        string length = value.Length.ToString("N0", CultureInfo.InvariantCulture);
        return $"{Start(plain, longest - tail)} ... {plain[End(plain, plain.Length - tail)..]} ({length} characters)";
    }

    private static List<string> Lines(IReadOnlyList<KeyValuePair<string, string>> arguments, int longest) =>
        [.. arguments.Select(argument => $"  -{Name(argument.Key)} {Shorten(argument.Value, longest)}")];

    // As many as fit; of the others at least the names.
    private static List<string> Fewer(List<string> lines, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        int shown = lines.Count;
        while (shown > 0 && Rows(lines[..shown]) > MaximumRows - 3)
            shown--;
        string names = string.Join(", ", arguments.Skip(shown).Select(static argument => $"-{Name(argument.Key)}"));
        return [.. lines[..shown], $"  and {arguments.Count - shown} more, not shown: {Shorten(names, LongestValue)}"];
    }

    private static int Rows(IEnumerable<string> lines) => lines.Sum(static line => 1 + ((line.EnumerateRunes().Sum(CharacterWidth.Of) - 1) / Columns));

    private static string Name(string name) => Shorten(name, LongestName);

    private static string Start(string text, int length) => text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static int End(string text, int start) => char.IsLowSurrogate(text[start]) ? start + 1 : start;
}
