using System.Text;

namespace AzOpenAI;

/// <summary>
/// Cleans a text that arrives in chunks, like <see cref="ConsoleText.Clean"/> for a whole one: a chunk may end within a character or between a carriage return
/// and its line feed.
/// </summary>
public sealed class ConsoleTextCleaner
{
    private const char Replacement = '\uFFFD';

    // A pending high surrogate or carriage return; or 0.
    private char _held;
    private bool _inHiddenRow;

    /// <summary>Returns the chunk in safe form. What depends on the next chunk is held back.</summary>
    public string Add(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (_held == 0 && !_inHiddenRow && ConsoleText.IsHarmless(piece))
            return piece;
        StringBuilder shown = new(piece.Length + 1);
        foreach (char character in piece)
            Add(character, shown);
        return shown.ToString();
    }

    /// <summary>Returns what was held back when the text has ended.</summary>
    public string End()
    {
        bool isHeld = _held != 0;
        _held = '\0';
        _inHiddenRow = false;
        return isHeld ? Replacement.ToString() : "";
    }

    private void Add(char character, StringBuilder shown)
    {
        char held = _held;
        _held = '\0';
        if (char.IsHighSurrogate(held) && char.IsLowSurrogate(character))
        {
            AddPair(held, character, shown);
            return;
        }

        // A carriage return before a line feed is dropped; the line feed alone is the line break.
        if (held != 0 && !(held == '\r' && character == '\n'))
            Show(Replacement, shown);

        if (char.IsHighSurrogate(character) || character == '\r')
            _held = character;
        else
            Show(ConsoleText.IsSuspect(character) ? Replacement : character, shown);
    }

    private void AddPair(char high, char low, StringBuilder shown)
    {
        // Tags and supplementary variation selectors, and their reserved ranges.
        if (char.ConvertToUtf32(high, low) is < 0xE0000 or > 0xE0FFF)
        {
            _inHiddenRow = false;
            shown.Append(high).Append(low);
            return;
        }

        // They are invisible and can spell a whole message: a run of them is replaced by one character.
        if (!_inHiddenRow)
            shown.Append(Replacement);
        _inHiddenRow = true;
    }

    private void Show(char character, StringBuilder shown)
    {
        _inHiddenRow = false;
        shown.Append(character);
    }
}
