using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Cuts a text into the pieces of a stream.</summary>
internal static partial class TextPieces
{
    /// <summary>Words with the space before them; or a fixed number of pieces, which is for measuring: what the text does not fill are dots.</summary>
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
