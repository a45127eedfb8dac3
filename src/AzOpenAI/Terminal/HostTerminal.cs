using System.Management.Automation;
using System.Management.Automation.Host;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Terminal;

/// <summary>
/// The host's terminal during a chat. Ctrl+C is then a key: otherwise the engine would stop the whole pipeline. Only on the pipeline
/// thread. A host without key input reads lines, and Ctrl+C ends the chat.
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

    /// <summary>Takes over the terminal.</summary>
    /// <param name="ui">The host's UI.</param>
    /// <param name="isStopping">True if the pipeline is being stopped.</param>
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

    /// <summary>True if the host is a terminal that supports escape sequences; elsewhere they would be printed as text.</summary>
    public static bool UnderstandsEscapes(PSHost host) => host.Name == "ConsoleHost" && host.UI.SupportsVirtualTerminal && !Console.IsOutputRedirected;

    /// <summary>Writes text.</summary>
    public void Write(string text) => _ui.Write(text);

    /// <summary>Writes an error in the host's style.</summary>
    public void WriteError(string text) => _ui.WriteErrorLine(text);

    /// <summary>Adds a message to the history for the arrow keys.</summary>
    public void Remember(string text)
    {
        if (text.Length > 0 && (_history.Count == 0 || _history[^1] != text))
            _history.Add(text);
    }

    /// <summary>Reads one line, which contains line breaks if they were pasted.</summary>
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

    /// <summary>True if Ctrl+C was pressed since the last call. Other keys are kept for the next line.</summary>
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

    /// <summary>Restores the terminal.</summary>
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

    // Pasted text arrives at once; typed text has pauses.
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
            // Hosts without key input throw various exceptions.
            return false;
        }
    }

    // The engine's switch isn't public.
    private static bool IsNonInteractive()
    {
        foreach (string argument in Environment.GetCommandLineArgs().Skip(1))
        {
            if (argument.Length < 2 || argument[0] is not ('-' or '/'))
                continue;
            string name = argument.TrimStart('-', '/');
            if (name.Length >= 4 && "noninteractive".StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
            // Later arguments belong to the script.
            if (name.Length > 0 && ("command".StartsWith(name, StringComparison.OrdinalIgnoreCase) || "file".StartsWith(name, StringComparison.OrdinalIgnoreCase)
                || "encodedcommand".StartsWith(name, StringComparison.OrdinalIgnoreCase)))
                return false;
        }

        return false;
    }
}
