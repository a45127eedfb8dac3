using System.Text;

namespace AzOpenAI.Terminal;

/// <summary>Text with a cursor and the usual movements of a line editor. Surrogate pairs are never split.</summary>
internal sealed class LineBuffer
{
    private readonly StringBuilder _text = new();

    /// <summary>The text.</summary>
    public string Text => _text.ToString();

    /// <summary>Position of the cursor, in chars.</summary>
    public int Cursor { get; private set; }

    /// <summary>True if there is no text.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Replaces the text, and moves the cursor to its end.</summary>
    public void Set(string text)
    {
        _text.Clear().Append(text);
        Cursor = _text.Length;
    }

    public void Insert(char character) => _text.Insert(Cursor++, character);

    public void Left() => Cursor = Before(Cursor);

    public void Right() => Cursor = After(Cursor);

    /// <summary>Moves to the start of the current line.</summary>
    public void Home() => Cursor = LineStart();

    /// <summary>Moves to the end of the current line.</summary>
    public void End()
    {
        while (Cursor < _text.Length && _text[Cursor] != '\n')
            Cursor++;
    }

    public void WordLeft() => Cursor = WordStart();

    public void WordRight()
    {
        while (Cursor < _text.Length && char.IsWhiteSpace(_text[Cursor]))
            Cursor++;
        while (Cursor < _text.Length && !char.IsWhiteSpace(_text[Cursor]))
            Cursor++;
    }

    public void Backspace() => Remove(Before(Cursor), Cursor);

    public void Delete() => Remove(Cursor, After(Cursor));

    public void DeleteWord() => Remove(WordStart(), Cursor);

    public void DeleteToStart() => Remove(LineStart(), Cursor);

    public void DeleteToEnd()
    {
        int from = Cursor;
        End();
        Remove(from, Cursor);
    }

    private void Remove(int from, int to)
    {
        _text.Remove(from, to - from);
        Cursor = from;
    }

    private int Before(int at)
    {
        if (at == 0)
            return 0;
        return at > 1 && char.IsLowSurrogate(_text[at - 1]) && char.IsHighSurrogate(_text[at - 2]) ? at - 2 : at - 1;
    }

    private int After(int at)
    {
        if (at == _text.Length)
            return at;
        return at + 1 < _text.Length && char.IsHighSurrogate(_text[at]) && char.IsLowSurrogate(_text[at + 1]) ? at + 2 : at + 1;
    }

    private int LineStart()
    {
        int at = Cursor;
        while (at > 0 && _text[at - 1] != '\n')
            at--;
        return at;
    }

    private int WordStart()
    {
        int at = Cursor;
        while (at > 0 && char.IsWhiteSpace(_text[at - 1]))
            at--;
        while (at > 0 && !char.IsWhiteSpace(_text[at - 1]))
            at--;
        return at;
    }
}
