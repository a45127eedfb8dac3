using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Splits a text into the chunks of a stream.</summary>
internal static partial class TextPieces
{
    /// <summary>Words with the space before them; or a fixed number of chunks for measurements, padded with dots.</summary>
    public static IEnumerable<string> Of(string text, int? count)
    {
        if (count is not { } pieces)
        {
            foreach (Match match in Word().Matches(text))
            {
                yield return match.Value;
            }

            yield break;
        }

        for (int i = 0; i < pieces; i++)
        {
            int from = TokenCounter.Boundary(text, (int)((long)text.Length * i / pieces));
            int to = TokenCounter.Boundary(text, (int)((long)text.Length * (i + 1) / pieces));
            yield return from < to ? text[from..to] : ".";
        }
    }

    [GeneratedRegex(@"\s*\S+|\s+$")]
    private static partial Regex Word();
}
