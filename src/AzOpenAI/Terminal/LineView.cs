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
        foreach (Rune sign in prompt.EnumerateRunes())
            place.Write(sign, shown);
        Place at = place;
        int index = 0;
        foreach (Rune sign in text.EnumerateRunes())
        {
            if (index == cursor)
                at = place;
            place.Write(sign, shown);
            index += sign.Utf16SequenceLength;
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

        public void Write(Rune sign, StringBuilder shown)
        {
            if (sign.Value == '\n')
            {
                shown.Append("\r\n");
                Row++;
                Column = 0;
                return;
            }

            int columns = sign.Value == '\t' ? 1 : SignWidth.Of(sign);
            if (Column + columns > width)
            {
                Row++;
                Column = 0;
            }

            shown.Append(sign.Value == '\t' ? " " : sign.ToString());
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
