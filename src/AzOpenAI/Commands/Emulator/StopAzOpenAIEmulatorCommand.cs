using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Emulator;
using AzOpenAI.Errors;

namespace AzOpenAI.Commands;

/// <summary>Stop-AzOpenAIEmulator.</summary>
[Cmdlet(VerbsLifecycle.Stop, "AzOpenAIEmulator", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(EmulatorInstance))]
public sealed class StopAzOpenAIEmulatorCommand : AsyncCmdlet
{
    private const string ByObject = "Emulator";
    private const string ById = "ProcessId";

    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ValidateNotNull]
    public EmulatorInstance? Emulator { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [ValidateRange(1, int.MaxValue)]
    public int ProcessId { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        int? id = ParameterSetName == ById ? ProcessId : Emulator?.ProcessId;
        if (id is null && MyInvocation.ExpectingInput)
            return;

        // Only processes that this shell started are ended: the ID may have been reused.
        IReadOnlyList<EmulatorInstance> targets = id is int wanted
            ? [EmulatorProcesses.Find(wanted)?.Instance ?? throw Failure.Of(nameof(Messages.EmulatorNotFound), ErrorKind.NotFound, wanted)]
            : EmulatorProcesses.All;
        foreach (EmulatorInstance target in targets)
        {
            if (!await ShouldProcessAsync($"emulator at {target.Uri} (process {target.ProcessId})", "Stop").ConfigureAwait(false)
                || EmulatorProcesses.Find(target.ProcessId) is not EmulatorProcess process)
                continue;

            await process.StopAsync(cancellationToken).ConfigureAwait(false);
            EmulatorProcesses.Remove(process);
            process.Dispose();
            if (PassThru)
                await WriteAsync(target).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, Emulator ?? (object?)(ProcessId > 0 ? ProcessId : null));
}
