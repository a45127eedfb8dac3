using System.Globalization;
using System.Text;

namespace AzOpenAI.Terminal;

/// <summary>
/// Displays a line while it is edited, over as many rows as needed. Keeps track of the cursor, so that it doesn't have to query the terminal, whose response
/// would be mixed with the keys.
/// </summary>
internal sealed class LineView(string prompt)
{
    private int _row;

    /// <summary>The output that makes the screen show the text with the cursor at its position.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">Position of the cursor, in chars.</param>
    /// <param name="width">Number of columns of the screen.</param>
    public string Draw(string text, int cursor, int width)
    {
        StringBuilder shown = new();
        if (_row > 0)
            shown.Append(CultureInfo.InvariantCulture, $"\u001b[{_row}A");
        shown.Append('\r').Append("\u001b[J");
        Place place = new(width);
        foreach (Rune rune in prompt.EnumerateRunes())
            place.Write(rune, shown);
        Place at = place;
        int index = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (index == cursor)
                at = place;
            place.Write(rune, shown);
            index += rune.Utf16SequenceLength;
        }

        if (index <= cursor)
            at = place;
        if (place.Row > at.Row)
            shown.Append(CultureInfo.InvariantCulture, $"\u001b[{place.Row - at.Row}A");
        shown.Append('\r');
        if (at.Column > 0)
            shown.Append(CultureInfo.InvariantCulture, $"\u001b[{at.Column}C");
        _row = at.Row;
        return shown.ToString();
    }

    private struct Place(int width)
    {
        public int Row { get; private set; }

        public int Column { get; private set; }

        public void Write(Rune rune, StringBuilder shown)
        {
            if (rune.Value == '\n')
            {
                shown.Append("\r\n");
                Row++;
                Column = 0;
                return;
            }

            int columns = rune.Value == '\t' ? 1 : CharacterWidth.Of(rune);
            if (Column + columns > width)
            {
                Row++;
                Column = 0;
            }

            shown.Append(rune.Value == '\t' ? " " : rune.ToString());
            Column += columns;
            if (Column < width)
                return;
            // A full row: terminals start the new row only with the next character.
            shown.Append(" \r");
            Row++;
            Column = 0;
        }
    }
}
