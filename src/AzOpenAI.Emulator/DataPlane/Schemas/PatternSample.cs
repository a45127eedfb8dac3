using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane.Schemas;

/// <summary>A short text that matches a regular expression: first alternative, fewest repetitions. Fails for unsupported syntax.</summary>
internal sealed class PatternSample
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly string _pattern;
    private int _at;

    private PatternSample(string pattern) => _pattern = pattern;

    /// <summary>The text itself if it matches, or else one created to match; null if there is none.</summary>
    public static string? For(string pattern, string text)
    {
        try
        {
            Regex regex = new(pattern, RegexOptions.CultureInvariant, MatchTimeout);
            if (regex.IsMatch(text))
            {
                return text;
            }

            string made = new PatternSample(pattern).Alternatives();
            return regex.IsMatch(made) ? made : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private bool End => _at >= _pattern.Length;

    private char Next => _at < _pattern.Length ? _pattern[_at] : throw new FormatException();

    private string Alternatives()
    {
        string first = Sequence();
        while (!End && Next == '|')
        {
            _at++;
            _ = Sequence();
        }

        return first;
    }

    private string Sequence()
    {
        StringBuilder text = new();
        while (!End && Next is not ('|' or ')'))
        {
            string atom = Atom();
            for (int count = Repetitions(); count > 0; count--)
            {
                text.Append(atom);
            }
        }

        return text.ToString();
    }

    private string Atom()
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case '^' or '$':
                return "";
            case '.':
                return "a";
            case '(':
                return Group();
            case '[':
                return Class().ToString();
            case '\\':
                return Escape() is { } escaped ? escaped.ToString() : "";
            default:
                return c.ToString();
        }
    }

    private string Group()
    {
        if (_at + 1 < _pattern.Length && Next == '?')
        {
            if (_pattern[_at + 1] == ':')
            {
                _at += 2;
            }
            else if (_pattern[_at + 1] == '<' && _at + 2 < _pattern.Length && char.IsLetter(_pattern[_at + 2]))
            {
                _at = _pattern.IndexOf('>', _at) + 1;
            }
            else
            {
                throw new FormatException();
            }
        }

        string inner = Alternatives();
        _ = Next == ')' ? _at++ : throw new FormatException();
        return inner;
    }

    /// <summary>A member of a class, or for a negated one a character that isn't listed.</summary>
    private char Class()
    {
        bool negated = Next == '^';
        if (negated)
        {
            _at++;
        }

        int start = _at;
        char? first = null;
        while (Next != ']' || _at == start)
        {
            char c = _pattern[_at++];
            char member = c == '\\' ? Escape() ?? throw new FormatException() : c;
            first ??= member;
        }

        string body = _pattern[start.._at];
        _at++;
        if (!negated)
        {
            return first ?? throw new FormatException();
        }

        Regex other = new($"[^{body}]", RegexOptions.CultureInvariant, MatchTimeout);
        return "aA0 _-.".FirstOrDefault(c => other.IsMatch(c.ToString())) is var found and not '\0' ? found : throw new FormatException();
    }

    /// <summary>The character of an escape; null if it isn't for a character.</summary>
    private char? Escape()
    {
        char c = _pattern[_at++];
        switch (c)
        {
            case 'd':
                return '1';
            case 'w' or 'D' or 'S':
                return 'a';
            case 's' or 'W':
                return ' ';
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b' or 'B' or 'A' or 'z' or 'Z':
                return null;
            case 'u':
                return Code(4);
            case 'x':
                return Code(2);
            case 'p' or 'P' or 'k' or (>= '1' and <= '9'):
                throw new FormatException();
            default:
                return c;
        }
    }

    private char Code(int digits)
    {
        char code = (char)int.Parse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _at += digits;
        return code;
    }

    private int Repetitions()
    {
        int count = 1;
        if (!End && Next is '*' or '?')
        {
            count = 0;
            _at++;
        }
        else if (!End && Next == '+')
        {
            _at++;
        }
        else if (!End && Next == '{' && _at + 1 < _pattern.Length && char.IsAsciiDigit(_pattern[_at + 1]))
        {
            int end = _pattern.IndexOf('}', _at);
            count = int.Parse(_pattern[(_at + 1)..end].Split(',')[0], CultureInfo.InvariantCulture);
            _at = end + 1;
        }
        else
        {
            return count;
        }

        if (!End && Next == '?')
        {
            _at++;
        }

        return Math.Min(count, 10_000);
    }
}
