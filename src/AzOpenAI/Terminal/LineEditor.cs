namespace AzOpenAI.Terminal;

/// <summary>How a line ended.</summary>
internal enum LineEnd
{
    /// <summary>It hasn't ended.</summary>
    None,

    /// <summary>Enter.</summary>
    Submitted,

    /// <summary>Ctrl+C.</summary>
    Interrupted,

    /// <summary>Ctrl+D on an empty line.</summary>
    Closed,
}

/// <summary>Edits a line with the usual keys of a shell and the session's history. Independent of the engine and the screen.</summary>
internal sealed class LineEditor(IReadOnlyList<string> history)
{
    private readonly LineBuffer _buffer = new();
    private int _at = history.Count;
    private string _draft = "";

    /// <summary>The text so far.</summary>
    public string Text => _buffer.Text;

    /// <summary>Position of the cursor, in chars.</summary>
    public int Cursor => _buffer.Cursor;

    /// <summary>Handles a key.</summary>
    public LineEnd Take(TerminalKey key)
    {
        if (key.IsEnter)
        {
            if (!key.IsPasted && !key.Alt)
                return LineEnd.Submitted;
            _buffer.Insert('\n');
            return LineEnd.None;
        }

        switch (key.Character)
        {
            case '\0':
                TakeCode(key);
                return LineEnd.None;
            case '\u0003':
                return LineEnd.Interrupted;
            case '\u0004' when _buffer.IsEmpty:
                return LineEnd.Closed;
            default:
                TakeSign(key);
                return LineEnd.None;
        }
    }

    private void TakeSign(TerminalKey key)
    {
        switch (key.Character)
        {
            case '\u0001':
                _buffer.Home();
                break;
            case '\u0002':
                _buffer.Left();
                break;
            case '\u0004':
                _buffer.Delete();
                break;
            case '\u0005':
                _buffer.End();
                break;
            case '\u0006':
                _buffer.Right();
                break;
            case '\b' or '\u007F':
                _buffer.Backspace();
                break;
            case '\u000B':
                _buffer.DeleteToEnd();
                break;
            case '\u000E':
                Recall(_at + 1);
                break;
            case '\u0010':
                Recall(_at - 1);
                break;
            case '\u0015':
                _buffer.DeleteToStart();
                break;
            case '\u0017':
                _buffer.DeleteWord();
                break;
            case '\t':
                _buffer.Insert(key.IsPasted ? '\t' : ' ');
                break;
            case 'b' when key.Alt:
                _buffer.WordLeft();
                break;
            case 'f' when key.Alt:
                _buffer.WordRight();
                break;
            case >= ' ':
                _buffer.Insert(key.Character);
                break;
        }
    }

    private void TakeCode(TerminalKey key)
    {
        switch (key.Code)
        {
            case TerminalKey.Left when key.Control:
                _buffer.WordLeft();
                break;
            case TerminalKey.Right when key.Control:
                _buffer.WordRight();
                break;
            case TerminalKey.Left:
                _buffer.Left();
                break;
            case TerminalKey.Right:
                _buffer.Right();
                break;
            case TerminalKey.Home:
                _buffer.Home();
                break;
            case TerminalKey.End:
                _buffer.End();
                break;
            case TerminalKey.Delete:
                _buffer.Delete();
                break;
            case TerminalKey.Up:
                Recall(_at - 1);
                break;
            case TerminalKey.Down:
                Recall(_at + 1);
                break;
        }
    }

    private void Recall(int at)
    {
        if (at < 0 || at > history.Count)
            return;
        if (_at == history.Count)
            _draft = _buffer.Text;
        _at = at;
        _buffer.Set(at == history.Count ? _draft : history[at]);
    }
}
