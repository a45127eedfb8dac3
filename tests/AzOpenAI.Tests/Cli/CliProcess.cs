using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace AzOpenAI.Tests.Cli;

/// <summary>The program as users run it: a process of its own, from the assembled module. Both outputs are read as they come.</summary>
internal sealed class CliProcess : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly string Program = Path.Combine(Repository.Root, "out", "AzOpenAI", "module", "tools", "azopenai.dll");

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    // A child inherits which signals are ignored, and a shell ignores Ctrl+C in what it starts in the background: there the tests of SIGINT would wait in vain.
    static CliProcess()
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status))
            return;
        string mask = File.ReadLines(status).First(static line => line.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        ulong ignored = ulong.Parse(mask, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        foreach (int number in (ReadOnlySpan<int>)[1, 2, 3])
        {
            if ((ignored & (1UL << (number - 1))) != 0)
                SetHandler(number, 0);
        }
    }

    private CliProcess(Process process, bool readsOutput)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        if (readsOutput)
            _process.BeginOutputReadLine();
        else
            _process.StandardOutput.Close();
        _process.BeginErrorReadLine();
    }

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    public string Text => $"{Output}{Errors}";

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    /// <param name="shell">Text of a shell that starts it in its place as "$@", null for none.</param>
    /// <param name="readsOutput">False: the reader of its standard output is gone.</param>
    public static CliProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? shell = null, bool readsOutput = true)
    {
        string[] command = ["dotnet", Program, .. arguments];
        if (shell is not null)
            command = ["/bin/sh", "-c", shell, "sh", .. command];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        return new CliProcess(Process.Start(start)!, readsOutput);
    }

    /// <summary>Runs the program to its end, with nothing on its standard input.</summary>
    public static async Task<CliProcess> RunAsync(params string[] arguments)
    {
        CliProcess process = Start(arguments);
        process.CloseInput();
        await process.WaitForExitAsync();
        return process;
    }

    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends signals such as INT, all at once.</summary>
    public void Signal(params string[] names)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", string.Join("; ", names.Select(name => $"kill -{name} {_process.Id}"))]);
        Assert.True(kill.WaitForExit(Deadline));
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for a line of standard output that contains the text.</summary>
    public Task<string> LineAsync(string text) => UntilAsync(() => Output.Split('\n').FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal)), $"a line with '{text}'");

    /// <summary>Waits for the end.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> WaitForExitAsync()
    {
        long started = Stopwatch.GetTimestamp();
        using CancellationTokenSource deadline = new(Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end.\n{Text}");
        }

        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Asks until there is an answer; fails when the program has ended, or after two minutes.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> find, string what)
        where T : class
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            bool ended = _process.HasExited;
            if (find() is T found)
                return found;
            Assert.True(!ended && Stopwatch.GetElapsedTime(started) < Deadline, $"Waiting for {what}:\n{Text}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetHandler(int signal, nint handler);

    private static void Append(StringBuilder builder, string? line)
    {
        lock (builder)
        {
            if (line is not null)
                builder.Append(line).Append('\n');
        }
    }

    private static string Read(StringBuilder builder)
    {
        lock (builder)
            return builder.ToString();
    }
}
