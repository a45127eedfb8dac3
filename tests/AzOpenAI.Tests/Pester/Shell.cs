using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AzOpenAI.Tests.Pester;

/// <summary>The PowerShell on the PATH, in a fresh process for each call.</summary>
internal static class Shell
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task<string?>> Missing = new(FindWhatIsMissingAsync);

    /// <summary>Why the Pester files cannot run on this machine, or null.</summary>
    public static Task<string?> WhyNotAsync() => Missing.Value;

    /// <summary>Runs it to its end. A hang is killed with all its children and fails the test.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs it with variables of its own; null takes one away.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        ProcessStartInfo start = new(Find() ?? throw new InvalidOperationException("No pwsh on the PATH."), ["-NoProfile", "-NonInteractive", .. arguments])
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

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"pwsh {string.Join(' ', arguments)} was killed after {Deadline.TotalMinutes:0} minutes. Its output so far:\n{Snapshot(output)}");
        }

        return (process.ExitCode, Snapshot(output));
    }

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

    private static async Task<string?> FindWhatIsMissingAsync()
    {
        if (Find() is null)
            return "No pwsh on the PATH. Install PowerShell 7.6 or later.";

        (_, string output) = await RunAsync(
            "-Command", "$PSVersionTable.PSVersion.ToString(); (Get-Module -ListAvailable Pester).Version.Where{ $_.Major -eq 5 -and $_.Minor -ge 5 }.Count");
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length < 2 || !Version.TryParse(lines[0].Split('-')[0], out Version? version) || version < new Version(7, 6))
            return $"PowerShell 7.6 or later is needed; the pwsh on the PATH says: {output}";
        return int.Parse(lines[1], CultureInfo.InvariantCulture) > 0 ? null : "Pester 5.5 or later 5.x is needed: Install-PSResource Pester -Version '[5.5,6)'.";
    }

    /// <summary>The PowerShell on the PATH, or null.</summary>
    public static string? Find()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    private static string Snapshot(StringBuilder output)
    {
        lock (output)
            return output.ToString().Trim();
    }
}
