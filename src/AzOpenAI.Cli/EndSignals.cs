using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AzOpenAI.Cli;

/// <summary>
/// The signals that end the program: Ctrl+C, SIGTERM, a terminal that closes, Ctrl+\ or Ctrl+Break. The first one cancels the command, which then cleans
/// up; the next one ends the process immediately.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    // One request to end can arrive as several signals: `timeout`, service managers and shells signal the process and then its group.
    private static readonly TimeSpan SameRequest = TimeSpan.FromMilliseconds(500);

    // The final output goes to a terminal or a pipe that may be blocked.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _abandon;
    private long _first;
    private bool _isDisposed;

    /// <summary>Registers the signal handlers.</summary>
    /// <param name="ignored">Signals to ignore, because a parent process decides.</param>
    /// <param name="abandon">Reports what is left behind, before the process ends immediately.</param>
    public EndSignals(IReadOnlyCollection<PosixSignal> ignored, Action abandon)
    {
        _abandon = abandon;
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, ignored.Contains(signal) ? static context => context.Cancel = true : Handle));
    }

    /// <summary>Canceled by the first signal.</summary>
    public CancellationToken Token => _cancelled.Token;

    /// <summary>The exit code of the first signal; null before it.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        _registrations.ForEach(static registration => registration.Dispose());
        lock (_gate)
            _isDisposed = true;
        _cancelled.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_gate)
        {
            // A signal that arrives while the process is ending.
            if (_isDisposed)
                return;
            if (ExitCode is null)
            {
                (ExitCode, _first) = (ExitCodes.Of(context.Signal), Stopwatch.GetTimestamp());
                _ = _cancelled.CancelAsync();
                return;
            }

            if (Stopwatch.GetElapsedTime(_first) < SameRequest)
                return;
        }

        Thread lastWords = new(() => _abandon()) { IsBackground = true };
        lastWords.Start();
        lastWords.Join(LastWords);
        Environment.Exit(ExitCode.Value);
    }
}
