using System.Text;

namespace AzOpenAI.Core.Errors;

/// <summary>A text without escapes that keeps the original position of each character.</summary>
/// <param name="Text">The text without the escapes.</param>
/// <param name="Starts">For each character, the index in the original text where it starts; plus a last one, the length of the original.</param>
internal sealed record UnescapedText(string Text, IReadOnlyList<int> Starts)
{
    /// <summary>Returns the text unchanged, and with one and two levels of escapes decoded, in any combination of notations.</summary>
    public static IEnumerable<UnescapedText> Layers(string text)
    {
        UnescapedText original = new(text, [.. Enumerable.Range(0, text.Length + 1)]);
        yield return original;
        foreach (UnescapedText outer in original.Unescape())
        {
            yield return outer;
            foreach (UnescapedText inner in outer.Unescape())
                yield return inner;
        }
    }

    private IEnumerable<UnescapedText> Unescape() => EscapedText.Readers.Select(Unescape).OfType<UnescapedText>();

    // Null if the text has no escape of this notation.
    private UnescapedText? Unescape(EscapedText.Reader read)
    {
        StringBuilder result = new(Text.Length);
        List<int> starts = new(Text.Length + 1);
        for (int at = 0; at < Text.Length;)
        {
            int length = read(Text.AsSpan(at), out char character);
            result.Append(length > 0 ? character : Text[at]);
            starts.Add(Starts[at]);
            at += Math.Max(length, 1);
        }

        starts.Add(Starts[Text.Length]);
        return result.Length == Text.Length ? null : new UnescapedText(result.ToString(), starts);
    }
}
