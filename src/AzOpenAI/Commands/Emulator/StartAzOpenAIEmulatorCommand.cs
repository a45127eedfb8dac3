using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Emulator;
using AzOpenAI.Errors;

namespace AzOpenAI.Commands;

/// <summary>Start-AzOpenAIEmulator.</summary>
[Cmdlet(VerbsLifecycle.Start, "AzOpenAIEmulator", SupportsShouldProcess = true)]
[OutputType(typeof(EmulatorInstance))]
public sealed class StartAzOpenAIEmulatorCommand : AsyncCmdlet
{
    private string? _seed;

    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    [Parameter]
    public SwitchParameter Https { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Seed { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _seed = Seed is null ? null : GetUnresolvedProviderPathFromPSPath(Seed);
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string where = Port == 0 ? "a free port on 127.0.0.1" : $"127.0.0.1:{Port}";
        if (_seed is not null && !File.Exists(_seed))
            throw Failure.Of(nameof(Messages.EmulatorSeedNotFound), ErrorKind.NotFound, _seed);
        if (!await ShouldProcessAsync($"Azure emulator on {where}", "Start").ConfigureAwait(false))
            return;

        EmulatorProcess process = await EmulatorProcess.StartAsync(ProgramPath(), Port, Https, _seed, cancellationToken).ConfigureAwait(false);
        EmulatorProcesses.Add(process);
        await WriteAsync(process.Instance!).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, IsPortBound ? Port : Seed);

    private bool IsPortBound => MyInvocation.BoundParameters.ContainsKey(nameof(Port));

    private static string ProgramPath()
    {
        string bin = Path.GetDirectoryName(typeof(StartAzOpenAIEmulatorCommand).Assembly.Location)!;
        return Path.Combine(Path.GetDirectoryName(bin)!, "tools", "azopenai.dll");
    }
}
