using System.Text;

namespace AzOpenAI.Tests.Rules;

/// <summary>C# without its comments and literals, so that a rule on code is not misled by prose. Code in the holes of interpolated strings stays.</summary>
internal sealed class CodeOnly
{
    private readonly string _source;
    private readonly StringBuilder _code = new();
    private int _position;

    private CodeOnly(string source) => _source = source;

    /// <summary>The code, on the same lines as in the source.</summary>
    public static string Of(string source)
    {
        CodeOnly reader = new(source);
        reader.ReadCode(untilHoleEnds: false);
        return reader._code.ToString();
    }

    private char Current => Peek(0);

    private char Peek(int distance) => _position + distance < _source.Length ? _source[_position + distance] : '\0';

    private void ReadCode(bool untilHoleEnds)
    {
        int depth = 0;
        while (_position < _source.Length)
        {
            if (untilHoleEnds && depth == 0 && Current == '}')
                return;
            if (TrySkipComment() || TrySkipLiteral())
                continue;

            depth += Current switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            _code.Append(Current);
            _position++;
        }
    }

    private bool TrySkipComment()
    {
        if (Current == '/' && Peek(1) == '/')
        {
            while (_position < _source.Length && Current != '\n')
                _position++;
            return true;
        }

        if (Current != '/' || Peek(1) != '*')
            return false;
        for (_position += 2; _position < _source.Length && !(Current == '*' && Peek(1) == '/'); _position++)
            KeepLine();
        _position += 2;
        return true;
    }

    private bool TrySkipLiteral()
    {
        if (Current == '\'')
        {
            SkipEscaped('\'');
            return true;
        }

        int dollars = Count('$', 0);
        int ats = Count('@', dollars);
        if (ats == 1 && dollars == 0)
            dollars = Count('$', 1);
        int prefix = dollars + ats;
        int quotes = Count('"', prefix);
        if (quotes == 0)
            return false;

        _position += prefix;
        _code.Append("\"\"");
        if (quotes >= 3)
            SkipRaw(quotes, dollars);
        else if (dollars == 0 && ats == 0)
            SkipEscaped('"');
        else
            SkipWithHoles(verbatim: ats > 0, interpolated: dollars > 0);
        return true;
    }

    private void SkipEscaped(char end)
    {
        for (_position++; _position < _source.Length && Current != end; _position++)
        {
            if (Current == '\\')
                _position++;
        }

        _position++;
    }

    private void SkipWithHoles(bool verbatim, bool interpolated)
    {
        _position++;
        while (_position < _source.Length)
        {
            if (Current == '"' && !(verbatim && Peek(1) == '"'))
                break;
            if (interpolated && Current == '{' && Peek(1) != '{')
            {
                ReadHole(1);
                continue;
            }

            KeepLine();
            bool pair = (verbatim && Current == '"') || (!verbatim && Current == '\\') || (interpolated && Current == '{');
            _position += pair ? 2 : 1;
        }

        _position++;
    }

    private void SkipRaw(int quotes, int dollars)
    {
        _position += quotes;
        while (_position < _source.Length && Count('"', 0) < quotes)
        {
            if (dollars > 0 && Count('{', 0) >= dollars)
            {
                _position += Count('{', 0) - dollars;
                ReadHole(dollars);
                continue;
            }

            KeepLine();
            _position++;
        }

        _position += Count('"', 0);
    }

    private void ReadHole(int braces)
    {
        _position += braces;
        _code.Append('{');
        ReadCode(untilHoleEnds: true);
        _code.Append('}');
        _position += braces;
    }

    private void KeepLine()
    {
        if (Current == '\n')
            _code.Append('\n');
    }

    private int Count(char wanted, int from)
    {
        int count = 0;
        while (Peek(from + count) == wanted)
            count++;
        return count;
    }
}
