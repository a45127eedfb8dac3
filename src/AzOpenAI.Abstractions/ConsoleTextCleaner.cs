using System.Text;

namespace AzOpenAI;

/// <summary>
/// Cleans a text that comes in pieces, as <see cref="ConsoleText.Clean"/> does with a whole one: a piece may end within a character or between a carriage return
/// and its line feed.
/// </summary>
public sealed class ConsoleTextCleaner
{
    private const char Replacement = '\uFFFD';

    // A high surrogate or a carriage return that waits for what follows; 0 for none.
    private char _held;
    private bool _inHiddenRow;

    /// <summary>The piece as it may be shown. What only the next piece can tell about is kept for it.</summary>
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

    /// <summary>What is left when the text has ended.</summary>
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

        // Before a line feed a carriage return is part of the line end, which the line feed alone makes.
        if (held != 0 && !(held == '\r' && character == '\n'))
            Show(Replacement, shown);

        if (char.IsHighSurrogate(character) || character == '\r')
            _held = character;
        else
            Show(ConsoleText.IsSuspect(character) ? Replacement : character, shown);
    }

    private void AddPair(char high, char low, StringBuilder shown)
    {
        // Tags and supplementary variation selectors, and what Unicode keeps for more of their kind.
        if (char.ConvertToUtf32(high, low) is < 0xE0000 or > 0xE0FFF)
        {
            _inHiddenRow = false;
            shown.Append(high).Append(low);
            return;
        }

        // They show nothing and can spell a whole message: one character stands for all of a row.
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
