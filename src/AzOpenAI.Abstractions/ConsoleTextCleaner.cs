using System.Text;

namespace AzOpenAI;

/// <summary>Cleans a text that comes in pieces, as <see cref="ConsoleText.Clean"/> does with a whole one: a piece may end within a character.</summary>
public sealed class ConsoleTextCleaner
{
    private const char Replacement = '\uFFFD';

    private char _high;
    private bool _inTags;

    /// <summary>The piece as it may be shown. Half a character at its end is kept for the next one.</summary>
    public string Add(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (_high == 0 && !_inTags && ConsoleText.IsHarmless(piece))
            return piece;
        StringBuilder shown = new(piece.Length + 1);
        foreach (char sign in piece)
            Add(sign, shown);
        return shown.ToString();
    }

    /// <summary>What is left when the text has ended.</summary>
    public string End()
    {
        bool isHalf = _high != 0;
        _high = '\0';
        _inTags = false;
        return isHalf ? Replacement.ToString() : "";
    }

    private void Add(char sign, StringBuilder shown)
    {
        if (_high != 0)
        {
            char high = _high;
            _high = '\0';
            if (char.IsLowSurrogate(sign))
            {
                AddPair(high, sign, shown);
                return;
            }

            Show(Replacement, shown);
        }

        if (char.IsHighSurrogate(sign))
            _high = sign;
        else if (sign == '\r')
            _inTags = false;
        else
            Show(ConsoleText.IsSuspect(sign) ? Replacement : sign, shown);
    }

    private void AddPair(char high, char low, StringBuilder shown)
    {
        if (char.ConvertToUtf32(high, low) is < 0xE0000 or > 0xE007F)
        {
            _inTags = false;
            shown.Append(high).Append(low);
            return;
        }

        // Tags show nothing and can spell a whole message: one sign stands for all of a row.
        if (!_inTags)
            shown.Append(Replacement);
        _inTags = true;
    }

    private void Show(char sign, StringBuilder shown)
    {
        _inTags = false;
        shown.Append(sign);
    }
}
