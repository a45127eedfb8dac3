using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Emulator;

/// <summary>The child process of the emulator. It reads its standard input until the end, so that it exits with this process in any case.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private const int BadSeed = 2;
    private const int OutputKept = 4096;

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EmulatorProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public EmulatorInstance? Instance { get; private set; }

    public bool IsRunning => Instance is not null && !_process.HasExited;

    /// <summary>Starts the emulator and waits until it listens.</summary>
    /// <param name="program">Path of azopenai.dll.</param>
    /// <param name="port">Port, 0 for a free one.</param>
    /// <param name="https">Adds a TLS listener.</param>
    /// <param name="seed">File with the initial state, or null.</param>
    /// <param name="cancellationToken">Cancels waiting and ends the child.</param>
    /// <exception cref="AzOpenAIException">EmulatorDotnetMissing, EmulatorRuntimeMissing, EmulatorSeedInvalid, EmulatorStartFailed.</exception>
    public static async Task<EmulatorProcess> StartAsync(string program, int port, bool https, string? seed, CancellationToken cancellationToken)
    {
        EmulatorProcess emulator = new(Launch(program, port, https, seed));
        try
        {
            await emulator.WaitUntilReadyAsync(cancellationToken).ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            emulator.Kill();
            emulator.Dispose();
            throw;
        }
    }

    /// <summary>Ends the emulator: first by closing its standard input, then by force.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            _process.StandardInput.Close();
            using CancellationTokenSource timeLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeLimit.CancelAfter(TimeSpan.FromSeconds(3));
            await _process.WaitForExitAsync(timeLimit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            Kill();
        }
    }

    public void Dispose() => _process.Dispose();

    private static Process Launch(string program, int port, bool https, string? seed)
    {
        if (!File.Exists(program))
            throw Failure.Of(nameof(Messages.EmulatorProgramMissing), ErrorKind.NotFound, program);

        ProcessStartInfo start = new(DotnetHost())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (string argument in (string[])[program, "emulator", "--port", $"{port}", "--json", "--exit-with-stdin"])
            start.ArgumentList.Add(argument);
        if (https)
            start.ArgumentList.Add("--https");
        if (seed is not null)
        {
            start.ArgumentList.Add("--seed");
            start.ArgumentList.Add(seed);
        }

        try
        {
            return Process.Start(start) ?? throw Failure.Of(nameof(Messages.EmulatorStartFailed), ErrorKind.ServiceFailure, "no process could be started", "");
        }
        catch (Win32Exception exception)
        {
            throw Failure.Of(nameof(Messages.EmulatorDotnetMissing), ErrorKind.NotAvailable, start.FileName, exception.Message);
        }
    }

    private static string DotnetHost()
    {
        string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        string? root = Environment.GetEnvironmentVariable("DOTNET_ROOT");
        string candidate = root is null ? name : Path.Combine(root, name);
        return File.Exists(candidate) ? candidate : name;
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        // Both streams are read while the child is running: a full pipe would block it.
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                _ready.TrySetResult(line.Data);
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
            {
                if (line.Data is not null && _errors.Length < OutputKept)
                    _errors.AppendLine(line.Data);
            }
        };
        _process.EnableRaisingEvents = true;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        Task exited = _process.WaitForExitAsync(cancellationToken);
        Task first = await Task.WhenAny(_ready.Task, exited, Task.Delay(StartDeadline, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first != _ready.Task)
            throw StartFailure(first == exited);

        Instance = Parse(await _ready.Task.ConfigureAwait(false));
    }

    private AzOpenAIException StartFailure(bool exited)
    {
        string errors;
        lock (_errors)
            errors = _errors.ToString().Trim();
        if (errors.Contains("Microsoft.AspNetCore.App", StringComparison.Ordinal))
            return Failure.Of(nameof(Messages.EmulatorRuntimeMissing), ErrorKind.NotAvailable, Environment.Version.Major);

        if (exited && _process.ExitCode == BadSeed)
            return Failure.Of(nameof(Messages.EmulatorSeedInvalid), ErrorKind.InvalidInput, errors);

        string what = exited ? $"it exited with code {_process.ExitCode}" : $"it wasn't listening after {StartDeadline.TotalSeconds} seconds";
        return Failure.Of(nameof(Messages.EmulatorStartFailed), ErrorKind.ServiceFailure, what, errors);
    }

    private EmulatorInstance Parse(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            return new EmulatorInstance
            {
                ProcessId = Id,
                Uri = new Uri(root.GetProperty("uri").GetString()!),
                HttpsUri = root.TryGetProperty("httpsUri", out JsonElement uri) && uri.GetString() is string text ? new Uri(text) : null,
                CertificatePath = root.TryGetProperty("certificatePath", out JsonElement path) ? path.GetString() : null,
                SubscriptionId = root.GetProperty("subscriptionId").GetString()!,
                StartedAt = DateTimeOffset.UtcNow,
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or UriFormatException or ArgumentNullException)
        {
            throw Failure.Of(nameof(Messages.EmulatorStartFailed), ErrorKind.InvalidResponse, $"unexpected output '{line}'", "");
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Already gone.
        }
    }
}
