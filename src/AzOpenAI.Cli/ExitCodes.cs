using System.Runtime.InteropServices;

namespace AzOpenAI.Cli;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    public const int Failure = 1;

    /// <summary>An invalid option or seed file.</summary>
    public const int Usage = 2;

    /// <summary>Shown by --help.</summary>
    public const string Help = """
        Exit codes:
          0    Success
          1    Failure
          2    An option or a seed file isn't valid
          130  Ended by Ctrl+C (SIGINT); 143 by SIGTERM, 129 by SIGHUP, 131 by SIGQUIT

        The first signal stops the command after it has cleaned up. A second signal stops it immediately.
        """;

    /// <summary>128 plus the number of the signal, as in shells.</summary>
    public static int Of(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 129,
        PosixSignal.SIGINT => 130,
        PosixSignal.SIGQUIT => 131,
        _ => 143,
    };
}
