using System.Globalization;
using System.Text;

namespace AzOpenAI.Terminal;

/// <summary>
/// Shows a line that is edited, over as many rows as it takes. Knows where it left the cursor, so that it need not ask the terminal, whose answer would come
/// between the keys.
/// </summary>
internal sealed class LineView(string prompt)
{
    private int _row;

    /// <summary>What to write so that the screen shows the text, and the cursor stands at its place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">Where the cursor stands, in chars.</param>
    /// <param name="width">Columns of the screen.</param>
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
            // A row that is just full: terminals wait with the new row until the next sign.
            shown.Append(" \r");
            Row++;
            Column = 0;
        }
    }
}
