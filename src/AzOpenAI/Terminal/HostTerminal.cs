using System.Management.Automation;
using System.Management.Automation.Host;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Terminal;

/// <summary>
/// The terminal of the host while a chat has it. Ctrl+C is a key then: the engine would otherwise take it as the end of the whole pipeline. Only on the pipeline
/// thread. A host without keys of its own reads lines, and there Ctrl+C ends the chat.
/// </summary>
internal sealed class HostTerminal : IDisposable
{
    private const int MinimumWidth = 20;
    private const ReadKeyOptions Options = ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown | ReadKeyOptions.AllowCtrlC;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    private readonly PSHostUserInterface _ui;
    private readonly Func<bool> _isStopping;
    private readonly Queue<TerminalKey> _typedAhead = new();
    private readonly List<string> _history = [];
    private readonly bool _hasKeys;
    private readonly bool _treatedControlC;
    private int _isClosed;

    private HostTerminal(PSHostUserInterface ui, Func<bool> isStopping)
    {
        _ui = ui;
        _isStopping = isStopping;
        _hasKeys = HasKeys(ui);
        if (!_hasKeys)
            return;
        _treatedControlC = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
    }

    /// <summary>Takes the terminal.</summary>
    /// <param name="ui">The host's.</param>
    /// <param name="isStopping">True when the pipeline ends for a reason of its own.</param>
    /// <exception cref="AzOpenAIException">ChatNotInteractive.</exception>
    public static HostTerminal Open(PSHostUserInterface? ui, Func<bool> isStopping)
    {
        string? missing = ui?.RawUI is null ? "the host doesn't have one"
            : IsNonInteractive() ? "PowerShell was started with -NonInteractive"
            : Console.IsInputRedirected ? "standard input is redirected"
            : Console.IsOutputRedirected ? "standard output is redirected"
            : null;
        return missing is null ? new HostTerminal(ui!, isStopping) : throw Failure.Of(nameof(Messages.ChatNotInteractive), ErrorKind.InvalidInput, missing);
    }

    /// <summary>True where the host shows its text in a terminal that carries out escape sequences; elsewhere they would be text.</summary>
    public static bool UnderstandsEscapes(PSHost host) => host.Name == "ConsoleHost" && host.UI.SupportsVirtualTerminal && !Console.IsOutputRedirected;

    /// <summary>Writes text.</summary>
    public void Write(string text) => _ui.Write(text);

    /// <summary>Writes an error as the host shows them.</summary>
    public void WriteError(string text) => _ui.WriteErrorLine(text);

    /// <summary>Remembers a message for the arrow keys.</summary>
    public void Remember(string text)
    {
        if (text.Length > 0 && (_history.Count == 0 || _history[^1] != text))
            _history.Add(text);
    }

    /// <summary>Reads one line, which holds line ends where some were pasted.</summary>
    public (LineEnd End, string Text) ReadLine(string prompt)
    {
        if (!_hasKeys)
        {
            _ui.Write(prompt);
            return _ui.ReadLine() is { } line ? (LineEnd.Submitted, line) : (LineEnd.Closed, "");
        }

        LineEditor editor = new(_history);
        LineView view = new(prompt);
        _ui.Write(view.Draw("", 0, Width));
        while (true)
        {
            LineEnd end = editor.Take(NextKey());
            if (end == LineEnd.None && IsKeyWaiting)
                continue;
            _ui.Write(view.Draw(editor.Text, end == LineEnd.None ? editor.Cursor : editor.Text.Length, Width));
            if (end == LineEnd.None)
                continue;
            _ui.Write(end == LineEnd.Interrupted ? "^C\n" : "\n");
            return (end, editor.Text);
        }
    }

    /// <summary>True when Ctrl+C was pressed since the last look. What else was typed is kept for the next line.</summary>
    public bool IsInterrupted()
    {
        bool interrupted = false;
        while (_hasKeys && _ui.RawUI.KeyAvailable)
        {
            TerminalKey key = Read();
            if (key.IsInterrupt)
            {
                interrupted = true;
                _typedAhead.Clear();
            }
            else
            {
                _typedAhead.Enqueue(key);
            }
        }

        return interrupted;
    }

    /// <summary>Gives the terminal back.</summary>
    public void Dispose()
    {
        if (_hasKeys && Interlocked.Exchange(ref _isClosed, 1) == 0)
            Console.TreatControlCAsInput = _treatedControlC;
    }

    private int Width => Math.Max(MinimumWidth, _ui.RawUI.WindowSize.Width);

    private bool IsKeyWaiting => _typedAhead.Count > 0 || _ui.RawUI.KeyAvailable;

    private TerminalKey NextKey()
    {
        if (_typedAhead.TryDequeue(out TerminalKey typed))
            return typed;
        while (!_ui.RawUI.KeyAvailable)
        {
            if (_isStopping())
                throw new PipelineStoppedException();
            Thread.Sleep(Pause);
        }

        return Read();
    }

    private TerminalKey Read()
    {
        KeyInfo key = _ui.RawUI.ReadKey(Options);
        TerminalKey read = new(
            key.Character,
            key.VirtualKeyCode,
            (key.ControlKeyState & (ControlKeyStates.LeftAltPressed | ControlKeyStates.RightAltPressed)) != 0,
            (key.ControlKeyState & (ControlKeyStates.LeftCtrlPressed | ControlKeyStates.RightCtrlPressed)) != 0);
        return read.IsEnter || read.Character == '\t' ? read with { IsPasted = MoreFollows() } : read;
    }

    // What is pasted arrives at once; a line that somebody types does not go on within a moment.
    private bool MoreFollows()
    {
        if (!_ui.RawUI.KeyAvailable)
            Thread.Sleep(Pause);
        return _ui.RawUI.KeyAvailable;
    }

    private static bool HasKeys(PSHostUserInterface ui)
    {
        try
        {
            _ = ui.RawUI.KeyAvailable;
            return ui.RawUI.WindowSize.Width > 0 && Environment.GetEnvironmentVariable("TERM") != "dumb";
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // Hosts say in many ways that they have no keys.
            return false;
        }
    }

    // The engine keeps the switch to itself.
    private static bool IsNonInteractive()
    {
        foreach (string argument in Environment.GetCommandLineArgs().Skip(1))
        {
            if (argument.Length < 2 || argument[0] is not ('-' or '/'))
                continue;
            string name = argument.TrimStart('-', '/');
            if (name.Length >= 4 && "noninteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
            // What follows is the script's.
            if (name.Length > 0 && ("command".StartsWith(name, StringComparison.OrdinalIgnoreCase) || "file".StartsWith(name, StringComparison.OrdinalIgnoreCase)
                || "encodedcommand".StartsWith(name, StringComparison.OrdinalIgnoreCase)))
                return false;
        }

        return false;
    }
}
