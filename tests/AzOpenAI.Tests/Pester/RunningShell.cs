using System.Diagnostics;
using System.Text;

namespace AzOpenAI.Tests.Pester;

/// <summary>A process of <see cref="Shell"/> and what it has printed so far.</summary>
internal sealed class RunningShell : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RunningShell(ProcessStartInfo start) => _process = new Process { StartInfo = start };

    /// <summary>Both of its streams, line by line as they came.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString().Trim();
        }
    }

    /// <summary>Starts it without a profile, without input and without a user. A variable that is null is taken away.</summary>
    public static RunningShell Start(IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Shell.Command[0], [.. Shell.Command.Skip(1), "-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        };
        Isolate(start.Environment);
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        RunningShell shell = new(start);
        shell._process.OutputDataReceived += (_, line) => shell.Append(line.Data);
        shell._process.ErrorDataReceived += (_, line) => shell.Append(line.Data);
        shell._process.Start();
        shell._process.StandardInput.Close();
        shell._process.BeginOutputReadLine();
        shell._process.BeginErrorReadLine();
        return shell;
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it with all its children.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose() => _process.Dispose();

    /// <summary>What the developer's own shell is set up for must not reach a test, least of all a real endpoint with a real key.</summary>
    private static void Isolate(IDictionary<string, string?> environment)
    {
        string[] foreign = [.. environment.Keys.Where(static name =>
            name.StartsWith("AZURE", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ACTIONS_ID_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("SYSTEM_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OPENAI_", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in foreign)
            environment.Remove(name);
        environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        environment["POWERSHELL_UPDATECHECK"] = "Off";
    }

    private void Append(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
