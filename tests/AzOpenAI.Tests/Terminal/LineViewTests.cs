using System.Globalization;
using System.Text;
using AzOpenAI.Terminal;

namespace AzOpenAI.Tests.Terminal;

/// <summary>What the view writes, on a small screen that treats its last column as real terminals do.</summary>
public sealed class LineViewTests
{
    private const int Width = 10;
    private readonly Screen _screen = new(Width);
    private readonly LineView _view = new("> ");

    [Theory]
    [InlineData("", 0, ">", 0, 2)]
    [InlineData("hello", 5, "> hello", 0, 7)]
    [InlineData("hello", 1, "> hello", 0, 3)]
    [InlineData("12345678", 8, "> 12345678", 1, 0)]
    [InlineData("12345678", 0, "> 12345678", 0, 2)]
    [InlineData("1234567890", 10, "> 12345678|90", 1, 2)]
    [InlineData("1234567890", 2, "> 12345678|90", 0, 4)]
    [InlineData("one\ntwo", 7, "> one|two", 1, 3)]
    [InlineData("one\ntwo", 3, "> one|two", 0, 5)]
    [InlineData("one\n", 4, "> one", 1, 0)]
    [InlineData("12345678\nx", 10, "> 12345678||x", 2, 1)]
    [InlineData("漢字", 2, "> 漢字", 0, 6)]
    [InlineData("1234567漢", 8, "> 1234567|漢", 1, 2)]
    [InlineData("a\U0001F642b", 3, "> a\U0001F642b", 0, 5)]
    public void The_text_and_the_cursor_are_where_they_belong(string text, int cursor, string rows, int row, int column)
    {
        _screen.Write(_view.Draw(text, cursor, Width));
        Assert.Equal((rows, row, column), (_screen.Text, _screen.Row, _screen.Column));
    }

    [Fact]
    public void A_shorter_text_leaves_nothing_of_the_longer_one()
    {
        _screen.Write("before\r\n");
        foreach (string text in new[] { "123456789012345678901234567", "one\ntwo\nthree", "12345678", "" })
            _screen.Write(_view.Draw(text, text.Length, Width));
        Assert.Equal("before|>", _screen.Text);
    }

    [Fact]
    public void From_any_place_of_the_cursor_it_draws_at_the_same_one()
    {
        const string text = "12345678901\n漢字漢字漢字\n";
        for (int cursor = 0; cursor <= text.Length; cursor++)
            _screen.Write(_view.Draw(text, cursor, Width));
        Assert.Equal("> 12345678|901|漢字漢字漢|字", _screen.Text);
        Assert.Equal((4, 0), (_screen.Row, _screen.Column));
    }

    private sealed class Screen(int width)
    {
        private readonly List<List<string>> _rows = [[]];
        private bool _isFull;

        public int Row { get; private set; }

        public int Column { get; private set; }

        public string Text => string.Join('|', _rows.Select(static row => string.Concat(row).TrimEnd())).TrimEnd('|');

        public void Write(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case '\r':
                        (Column, _isFull) = (0, false);
                        break;
                    case '\n':
                        MoveTo(Row + 1);
                        break;
                    case '\u001b':
                        i = Control(text, i);
                        break;
                    default:
                        Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int length);
                        Put(rune);
                        i += length - 1;
                        break;
                }
            }
        }

        private int Control(string text, int at)
        {
            int end = at + 2;
            while (char.IsAsciiDigit(text[end]))
                end++;
            int count = end > at + 2 ? int.Parse(text.AsSpan(at + 2, end - at - 2), CultureInfo.InvariantCulture) : 1;
            switch (text[end])
            {
                case 'A':
                    Row = Math.Max(0, Row - count);
                    break;
                case 'C':
                    Column = Math.Min(width - 1, Column + count);
                    break;
                case 'J':
                    _rows.RemoveRange(Row + 1, _rows.Count - Row - 1);
                    if (_rows[Row].Count > Column)
                        _rows[Row].RemoveRange(Column, _rows[Row].Count - Column);
                    break;
                default:
                    Assert.Fail($"The screen does not know {text[end]}.");
                    break;
            }

            _isFull = false;
            return end;
        }

        private void Put(Rune rune)
        {
            int columns = rune.Value > 0x2000 ? 2 : 1;
            if (_isFull || Column + columns > width)
            {
                MoveTo(Row + 1);
                Column = 0;
            }

            while (_rows[Row].Count < Column + columns)
                _rows[Row].Add(" ");
            _rows[Row][Column] = rune.ToString();
            if (columns == 2)
                _rows[Row][Column + 1] = "";
            Column += columns;
            _isFull = Column == width;
            if (_isFull)
                Column--;
        }

        private void MoveTo(int row)
        {
            (Row, _isFull) = (row, false);
            while (_rows.Count <= row)
                _rows.Add([]);
        }
    }
}
