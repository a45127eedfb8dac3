using System.IO.Pipes;
using System.Text;
using System.Text.Json;

namespace AzOpenAI.Tests.Pester;

/// <summary>A warm shell that runs one Pester file after the other; see Invoke-PesterServer.ps1. It is started for the first file, and again after a crash or a hang.</summary>
public sealed class PesterServer : IAsyncDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "Pester", "Invoke-PesterServer.ps1");
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private RunningShell? _shell;
    private NamedPipeServerStream? _pipe;

    /// <summary>Runs a file. Whatever ends the shell fails the file.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string path)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            NamedPipeServerStream pipe = _pipe ?? await StartAsync(deadline.Token);
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(path + "\n"), deadline.Token);
            using StreamReader reader = new(pipe, leaveOpen: true);
            if (await reader.ReadLineAsync(deadline.Token) is string line && JsonSerializer.Deserialize<Answer>(line) is Answer answer)
                return (answer.ExitCode, answer.Output);
            return (1, $"The shell ended in the middle of the file. Its output:\n{await EndAsync()}");
        }
        catch (OperationCanceledException)
        {
            return (1, $"The shell was killed after {Deadline.TotalMinutes:0} minutes. Its output so far:\n{await EndAsync()}");
        }
        catch (IOException exception)
        {
            return (1, $"{exception.Message} Output of the shell:\n{await EndAsync()}");
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task<NamedPipeServerStream> StartAsync(CancellationToken cancellationToken)
    {
        string name = $"azopenai-{Guid.NewGuid():n}";
        _pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        _shell = RunningShell.Start(null, "-File", Script, "-Pipe", name, "-Pester", Shell.Pester);
        Task connected = _pipe.WaitForConnectionAsync(cancellationToken);
        if (await Task.WhenAny(connected, _shell.WaitForExitAsync(cancellationToken)) != connected)
            throw new IOException("The shell ended before its first file.");
        await connected;
        return _pipe;
    }

    /// <summary>A shell whose pipe is closed ends by itself; one that hangs is killed.</summary>
    private async Task<string> EndAsync()
    {
        if (_pipe is not null)
            await _pipe.DisposeAsync();
        _pipe = null;
        if (_shell is null)
            return "";
        using RunningShell shell = _shell;
        _shell = null;
        using CancellationTokenSource deadline = new(TimeSpan.FromSeconds(10));
        try
        {
            await shell.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            shell.Kill();
        }

        return shell.Output;
    }

    private sealed record Answer(int ExitCode, string Output);
}
