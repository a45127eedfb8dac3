using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AzOpenAI.Emulator.Tests.Judges;

/// <summary>
/// Runs the node tests of tests/judges/{name}: a package that is not ours judges the emulator. The packages are installed at test time, as the lock file says.
/// Without node, npm or the packages a test is skipped with the reason; a judge that ran no test, or skipped one, fails.
/// </summary>
internal static class NodeJudge
{
    private static readonly TimeSpan InstallDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RunDeadline = TimeSpan.FromMinutes(3);
    private static readonly Version OldestNode = new(20, 0);
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Runs one file of node:test tests to its end and fails with its report unless all of them passed.</summary>
    /// <param name="name">Folder below tests/judges.</param>
    /// <param name="script">File in that folder, such as lifecycle.test.mjs.</param>
    /// <param name="environment">Variables that the script reads, such as EMULATOR_URL and NODE_EXTRA_CA_CERTS.</param>
    /// <returns>The report, in TAP.</returns>
    public static async Task<string> RunAsync(string name, string script, IReadOnlyDictionary<string, string> environment)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "judges", name);
        Assert.True(File.Exists(Path.Combine(folder, script)), $"There is no tests/judges/{name}/{script}.");
        string node = await FindNodeAsync();
        if (File.Exists(Path.Combine(folder, "package-lock.json")))
        {
            await InstallAsync(folder);
        }

        (int exitCode, string output) = await RunAsync(RunDeadline, folder, environment, node, "--test", "--test-reporter=tap", script)
            ?? throw new InvalidOperationException("node is gone.");
        Assert.True(exitCode == 0 && Count(output, "fail") == 0 && Count(output, "skipped") == 0 && Count(output, "pass") > 0, $"{name}/{script}:\n{output}");
        return output;
    }

    private static async Task<string> FindNodeAsync()
    {
        (int ExitCode, string Output)? answer = await RunAsync(InstallDeadline, AppContext.BaseDirectory, null, "node", "--version");
        Assert.SkipWhen(answer is not { ExitCode: 0 }, "No node on the PATH. Install Node.js 20 or later.");
        string version = answer!.Value.Output.Trim().TrimStart('v');
        Assert.SkipWhen(!Version.TryParse(version, out Version? found) || found < OldestNode, $"Node.js 20 or later is needed; the node on the PATH is {version}.");
        return "node";
    }

    private static async Task InstallAsync(string folder)
    {
        string marker = Path.Combine(folder, "node_modules", ".installed");
        string wanted = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"), Stop)));
        await Installing.WaitAsync(Stop);
        try
        {
            if (File.Exists(marker) && await File.ReadAllTextAsync(marker, Stop) == wanted)
            {
                return;
            }

            string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            (int ExitCode, string Output)? answer = await RunAsync(InstallDeadline, folder, null, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Assert.SkipWhen(answer is null, "No npm on the PATH.");
            // A lock file that does not fit package.json is a fault of ours, not of the machine.
            Assert.DoesNotContain("EUSAGE", answer!.Value.Output, StringComparison.Ordinal);
            Assert.SkipWhen(answer.Value.ExitCode != 0, $"npm ci cannot install the packages of {Path.GetFileName(folder)}: {answer.Value.Output}");
            await File.WriteAllTextAsync(marker, wanted, Stop);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int ExitCode, string Output)?> RunAsync(
        TimeSpan limit, string folder, IReadOnlyDictionary<string, string>? environment, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        if (environment is not null)
        {
            Isolate(start.Environment, environment);
        }

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} was killed after {limit.TotalMinutes:0} minutes. Its output so far:\n{Snapshot(output)}");
        }

        return (process.ExitCode, Snapshot(output));
    }

    /// <summary>A developer's own endpoint, key or proxy must not reach a judge, and a judge of node:test not the outer runner's.</summary>
    private static void Isolate(IDictionary<string, string?> variables, IReadOnlyDictionary<string, string> environment)
    {
        string[] foreign = [.. variables.Keys.Where(static name =>
            name.StartsWith("AZURE_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OPENAI_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("LANGCHAIN_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LANGSMITH_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("NODE_", StringComparison.OrdinalIgnoreCase) || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in foreign)
        {
            variables.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            variables[name] = value;
        }
    }

    private static int Count(string report, string kind)
    {
        string? line = report.Split('\n').Select(static l => l.Trim()).LastOrDefault(l => l.StartsWith($"# {kind} ", StringComparison.Ordinal));
        return line is not null && int.TryParse(line[(kind.Length + 3)..], NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : -1;
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }

    private static string Snapshot(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString().Trim();
        }
    }
}
