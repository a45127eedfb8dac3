using System.Text;

namespace AzOpenAI.Terminal;

/// <summary>Combines the lines that a user types into one message: a backslash at the end of a line, or three quotes around several, continue it.</summary>
internal sealed class MessageInput
{
    private const string Quotes = "\"\"\"";

    private StringBuilder? _text;
    private bool _isBlock;

    /// <summary>True while more lines are expected.</summary>
    public bool IsOpen => _text is not null;

    /// <summary>Adds a line.</summary>
    /// <returns>The message, or null if more lines are expected.</returns>
    public string? Add(string line)
    {
        string trimmed = line.TrimEnd();
        if (_isBlock)
            return trimmed.EndsWith(Quotes, StringComparison.Ordinal) ? Close(trimmed[..^Quotes.Length], line) : Go(line);
        if (_text is null && trimmed.TrimStart().StartsWith(Quotes, StringComparison.Ordinal))
        {
            string rest = trimmed.TrimStart()[Quotes.Length..];
            if (rest.EndsWith(Quotes, StringComparison.Ordinal))
                return rest[..^Quotes.Length];
            _isBlock = true;
            _text = new StringBuilder();
            if (rest.Length > 0)
                _text.Append(rest).Append('\n');
            return null;
        }

        if (line.EndsWith('\\'))
            return Go(line[..^1]);
        return Close(line, line);
    }

    /// <summary>The unfinished text, unchanged.</summary>
    public string TakeAll()
    {
        string text = _text?.ToString().TrimEnd('\n') ?? "";
        _text = null;
        _isBlock = false;
        return text;
    }

    private string? Go(string line)
    {
        (_text ??= new StringBuilder()).Append(line).Append('\n');
        return null;
    }

    private string Close(string last, string line)
    {
        string text = _text is null ? line : _text.Append(last).ToString();
        _text = null;
        if (_isBlock)
            text = text.TrimEnd('\n');
        _isBlock = false;
        return text;
    }
}
