using System.Reflection;
using System.Runtime.InteropServices;

namespace AzOpenAI.Tests.Pester;

/// <summary>
/// PowerShell, in a fresh process for each call: the dotnet tool that the build restored, or the pwsh or pwsh.dll that AZOPENAI_TEST_SHELL names.
/// </summary>
internal static class Shell
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string[]> Found = new(Find);

    /// <summary>The words that start it: a native host, or dotnet and pwsh.dll.</summary>
    public static IReadOnlyList<string> Command => Found.Value;

    /// <summary>Manifest of the Pester module that the build restored.</summary>
    public static string Pester { get; } = Metadata("PesterManifest");

    /// <summary>Runs it to its end. A hang is killed with all its children and fails the test.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs it with variables of its own; null takes one away.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyDictionary<string, string?>? environment, params string[] arguments)
    {
        using RunningShell shell = RunningShell.Start(environment, arguments);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            return (await shell.WaitForExitAsync(deadline.Token), shell.Output);
        }
        catch (OperationCanceledException)
        {
            shell.Kill();
            Assert.Fail($"pwsh {string.Join(' ', arguments)} was killed after {Deadline.TotalMinutes:0} minutes. Its output so far:\n{shell.Output}");
            throw;
        }
    }

    private static string[] Find()
    {
        string path = Environment.GetEnvironmentVariable("AZOPENAI_TEST_SHELL") is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : Metadata("TestShell");
        if (!File.Exists(path))
            throw new FileNotFoundException($"PowerShell isn't at '{path}'. Build the tests again, or set AZOPENAI_TEST_SHELL to a pwsh or pwsh.dll of version 7.6 or later.");
        return Path.GetExtension(path).Equals(".dll", StringComparison.OrdinalIgnoreCase) ? [DotnetHost(), path] : [path];
    }

    /// <summary>The host of the runtime that runs this test: it is there, whatever the PATH says.</summary>
    private static string DotnetHost() =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static string Metadata(string key) =>
        typeof(Shell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
