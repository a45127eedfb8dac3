using AzOpenAI.Terminal;

namespace AzOpenAI.Tests.Terminal;

public sealed class LineEditorTests
{
    private readonly List<string> _history = ["first", "second"];

    [Theory]
    [InlineData("hello", "hello|")]
    [InlineData("helo<left>l", "hell|o")]
    [InlineData("abc<home>X", "X|abc")]
    [InlineData("abc<home><end>X", "abcX|")]
    [InlineData("abc<backspace>", "ab|")]
    [InlineData("abc<home><delete>", "|bc")]
    [InlineData("<backspace><delete><left><right>", "|")]
    [InlineData("one two<ctrl-w>", "one |")]
    [InlineData("one two  <ctrl-w>", "one |")]
    [InlineData("one two<ctrl-left>X", "one X|two")]
    [InlineData("one two<home><ctrl-right>X", "oneX| two")]
    [InlineData("one two<ctrl-left><ctrl-k>", "one |")]
    [InlineData("one two<ctrl-left><ctrl-u>", "|two")]
    [InlineData("one<alt-enter>two<home>X", "one\nX|two")]
    [InlineData("one<paste-enter>two<ctrl-u>X", "one\nX|")]
    [InlineData("a\U0001F642b<left><backspace>", "a|b")]
    [InlineData("a\U0001F642<left>X", "aX|\U0001F642")]
    [InlineData("abc<ctrl-a><ctrl-d>", "|bc")]
    [InlineData("a<tab>b", "a b|")]
    public void Keys_edit_the_line(string keys, string expected)
    {
        LineEditor editor = new(_history);
        Assert.Equal(LineEnd.None, Press(editor, keys));
        Assert.Equal(expected, editor.Text.Insert(editor.Cursor, "|"));
    }

    [Theory]
    [InlineData("<up>", "second")]
    [InlineData("<up><up>", "first")]
    [InlineData("<up><up><up>", "first")]
    [InlineData("draft<up><down>", "draft")]
    [InlineData("draft<up><up><down>", "second")]
    [InlineData("draft<down>", "draft")]
    [InlineData("<up>!<up><down>", "second")]
    public void Arrows_bring_back_what_was_sent(string keys, string expected)
    {
        LineEditor editor = new(_history);
        Press(editor, keys);
        Assert.Equal(expected, editor.Text);
        Assert.Equal(expected.Length, editor.Cursor);
    }

    [Theory]
    [InlineData("text<enter>", LineEnd.Submitted)]
    [InlineData("<enter>", LineEnd.Submitted)]
    [InlineData("text<ctrl-c>", LineEnd.Interrupted)]
    [InlineData("<ctrl-c>", LineEnd.Interrupted)]
    [InlineData("<ctrl-d>", LineEnd.Closed)]
    [InlineData("text<ctrl-d>", LineEnd.None)]
    [InlineData("text<alt-enter>", LineEnd.None)]
    public void Some_keys_end_it(string keys, object expected) => Assert.Equal(expected, Press(new LineEditor(_history), keys));

    private static LineEnd Press(LineEditor editor, string keys)
    {
        LineEnd end = LineEnd.None;
        for (int i = 0; i < keys.Length; i++)
        {
            int close = keys[i] == '<' ? keys.IndexOf('>', i) : -1;
            end = editor.Take(close < 0 ? new TerminalKey(keys[i], 0) : Named(keys[(i + 1)..close]));
            i = Math.Max(i, close);
        }

        return end;
    }

    private static TerminalKey Named(string name) => name switch
    {
        "left" => new('\0', TerminalKey.Left),
        "right" => new('\0', TerminalKey.Right),
        "up" => new('\0', TerminalKey.Up),
        "down" => new('\0', TerminalKey.Down),
        "home" => new('\0', TerminalKey.Home),
        "end" => new('\0', TerminalKey.End),
        "delete" => new('\0', TerminalKey.Delete),
        "ctrl-left" => new('\0', TerminalKey.Left, Control: true),
        "ctrl-right" => new('\0', TerminalKey.Right, Control: true),
        "backspace" => new('\u007F', 8),
        "tab" => new('\t', 9),
        "enter" => new('\r', 13),
        "alt-enter" => new('\r', 13, Alt: true),
        "paste-enter" => new('\n', 13, IsPasted: true),
        _ when name.StartsWith("ctrl-", StringComparison.Ordinal) => new((char)(name[^1] - 'a' + 1), 0, Control: true),
        _ => throw new ArgumentException($"There is no key {name}.", nameof(name)),
    };
}
