using System.Management.Automation;
using AzOpenAI.Errors;
using AzOpenAI.Infrastructure;

namespace AzOpenAI.Commands;

/// <summary>Start-AzOpenAIEmulator.</summary>
[Cmdlet(VerbsLifecycle.Start, "AzOpenAIEmulator", SupportsShouldProcess = true)]
[OutputType(typeof(EmulatorInstance))]
public sealed class StartAzOpenAIEmulatorCommand : AsyncCmdlet
{
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    [Parameter]
    public SwitchParameter Https { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string where = Port == 0 ? "a free port of 127.0.0.1" : $"127.0.0.1:{Port}";
        if (!await ShouldProcessAsync($"emulator of Azure on {where}", "Start").ConfigureAwait(false))
            return;

        EmulatorProcess process = await EmulatorProcess.StartAsync(ProgramPath(), Port, Https, cancellationToken).ConfigureAwait(false);
        EmulatorProcesses.Add(process);
        await WriteAsync(process.Instance!).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, IsPortBound ? Port : null);

    private bool IsPortBound => MyInvocation.BoundParameters.ContainsKey(nameof(Port));

    private static string ProgramPath()
    {
        string bin = Path.GetDirectoryName(typeof(StartAzOpenAIEmulatorCommand).Assembly.Location)!;
        return Path.Combine(Path.GetDirectoryName(bin)!, "tools", "azopenai.dll");
    }
}
