using System.Collections.Concurrent;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Async;

/// <summary>
/// A cmdlet whose work is asynchronous. The work runs on the thread pool; only the pipeline thread writes, prompts and runs script blocks, through the methods
/// here, which may be called on any thread while a record is processed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    // Most cmdlets only have work for records; switching to the thread pool and back isn't free, and neither is checking this for each command.
    private static readonly ConcurrentDictionary<Type, (bool Begin, bool End)> KnownPhases = new();

    private readonly PipelinePump _pump;
    private readonly PipelineReporter _reporter;
    private bool _yesToAll;
    private bool _noToAll;

    private protected AsyncCmdlet()
    {
        _pump = new PipelinePump(() => Stopping, static () => new PipelineStoppedException());
        _reporter = new PipelineReporter(this, _pump);
    }

    /// <summary>Shows a service's reports as verbose, warning and progress, without blocking the service.</summary>
    internal IOperationReporter Reporter => _reporter;

    /// <summary>Canceled when the cmdlet is stopped or disposed: for work that is started in one record and awaited in a later one.</summary>
    internal CancellationToken LifetimeToken => _pump.LifetimeToken;

    /// <summary>True if ShouldProcess has already prompted, or the user disabled prompts: -Confirm, $ConfirmPreference. On the pipeline thread.</summary>
    internal bool ConfirmationIsSettled =>
        MyInvocation.BoundParameters.ContainsKey("Confirm")
        || (LanguagePrimitives.TryConvertTo(GetVariableValue("ConfirmPreference"), out ConfirmImpact preference) && preference != ConfirmImpact.High);

    /// <summary>True with -WhatIf, specified or by $WhatIfPreference. On the pipeline thread.</summary>
    internal bool IsWhatIf =>
        LanguagePrimitives.IsTrue(MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : GetVariableValue("WhatIfPreference"));

    private (bool Begin, bool End) Phases =>
        KnownPhases.TryGetValue(GetType(), out (bool Begin, bool End) known)
            ? known
            : KnownPhases[GetType()] = (IsOverridden(BeginAsync), IsOverridden(EndAsync));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Work before the first record. A failure here ends the cmdlet.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Work for one record. A failure becomes a non-terminating error, and the next record runs.</summary>
    /// <param name="cancellationToken">The record's token: canceled on Ctrl+C and when the pipeline accepts no more output.</param>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>True for a record whose work doesn't block before its first wait: it is then started without a thread switch.</summary>
    private protected virtual bool StartsOnPipelineThread => false;

    /// <summary>Work after the last record. Not run if the pipeline was stopped.</summary>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The error for a prompt without a user who could respond.</summary>
    private protected virtual Exception CreateUnanswered(string question, string problem) => new InvalidOperationException($"{question}: {problem}");

    /// <summary>The error record for a failure of the current record. Called on the pipeline thread.</summary>
    protected abstract ErrorRecord CreateErrorRecord(Exception exception);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Phases.Begin && Run(BeginAsync) is Exception failure)
            ThrowTerminatingError(CreateErrorRecord(failure));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Run(ProcessAsync, StartsOnPipelineThread) is Exception failure)
            WriteError(CreateErrorRecord(failure));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Phases.End && Run(EndAsync) is Exception failure)
            WriteError(CreateErrorRecord(failure));
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _pump.Stop();

    /// <summary>Always called by the engine, and the only call if a command upstream throws: cancels what is in flight.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _pump.Dispose();
    }

    /// <summary>Writes an object and waits until the commands downstream have processed it.</summary>
    internal Task WriteAsync(object? value, bool enumerate = false) => _pump.InvokeAsync(() => WriteObject(value, enumerate));

    /// <summary>Writes an object when the record's work has ended: for the last one, which doesn't need to be waited for.</summary>
    internal void WriteLast(object? value) => _pump.PostLast(() => WriteObject(value));

    /// <summary>Runs an action on the pipeline thread when the record's work has ended.</summary>
    internal void PostLast(Action action) => _pump.PostLast(action);

    /// <summary>Runs an action on the pipeline thread without waiting for it: for events that are too frequent to wake the thread each time.</summary>
    internal void PostToPipelineThread(Action action) => _pump.Post(action);

    // These hide the engine's own, so that text of a service reaches the terminal only in safe form.

    /// <summary>Writes a warning.</summary>
    internal new void WriteWarning(string text) => base.WriteWarning(ConsoleText.Clean(text));

    /// <summary>Writes a verbose message.</summary>
    internal new void WriteVerbose(string text) => base.WriteVerbose(ConsoleText.Clean(text));

    /// <summary>Writes a debug message.</summary>
    internal new void WriteDebug(string text) => base.WriteDebug(ConsoleText.Clean(text));

    /// <summary>Shows progress.</summary>
    internal new void WriteProgress(ProgressRecord record)
    {
        record.Activity = ConsoleText.Clean(record.Activity);
        record.StatusDescription = ConsoleText.Clean(record.StatusDescription);
        if (record.CurrentOperation is { } operation)
            record.CurrentOperation = ConsoleText.Clean(operation);
        base.WriteProgress(record);
    }

    /// <summary>Calls ShouldProcess. On the pipeline thread.</summary>
    internal new bool ShouldProcess(string target, string action) => base.ShouldProcess(ConsoleText.Clean(target), ConsoleText.Clean(action));

    /// <summary>Writes a non-terminating error.</summary>
    internal Task WriteErrorAsync(ErrorRecord error) => _pump.InvokeAsync(() => WriteError(error));

    /// <summary>Ends the cmdlet with an error, if later records can't succeed either.</summary>
    internal Task ThrowTerminatingErrorAsync(ErrorRecord error) => _pump.InvokeAsync(() => ThrowTerminatingError(error));

    /// <summary>Writes a warning, and waits until it is shown.</summary>
    internal Task WriteWarningAsync(string message) => _pump.InvokeAsync(() => WriteWarning(message));

    /// <summary>Writes a verbose message, and waits until it is shown.</summary>
    internal Task WriteVerboseAsync(string message) => _pump.InvokeAsync(() => WriteVerbose(message));

    /// <summary>Writes a debug message, and waits until it is shown.</summary>
    internal Task WriteDebugAsync(string message) => _pump.InvokeAsync(() => WriteDebug(message));

    /// <summary>Writes to the information stream.</summary>
    internal Task WriteInformationAsync(object message, params string[] tags) => _pump.InvokeAsync(() => WriteInformation(message, tags));

    /// <summary>Writes text to the host like Write-Host: 6&gt; and -InformationAction apply.</summary>
    internal Task WriteHostTextAsync(string text, bool newLine = true) =>
        WriteInformationAsync(new HostInformationMessage { Message = text, NoNewLine = !newLine }, "PSHOST");

    /// <summary>Calls ShouldProcess; -WhatIf and -Confirm apply.</summary>
    internal Task<bool> ShouldProcessAsync(string target, string action) => AskAsync(() => ShouldProcess(target, action), $"{action}: {target}");

    /// <summary>Prompts the user, whatever -Confirm specifies. "Yes to all" and "no to all" apply to the rest of the command.</summary>
    internal Task<bool> ShouldContinueAsync(string query, string caption) => AskAsync(() => ShouldContinue(ConsoleText.Clean(query), caption, ref _yesToAll, ref _noToAll), query);

    /// <summary>Runs an action that must run on the pipeline thread: a script block, a prompt, a session variable.</summary>
    internal Task<T> InvokeOnPipelineThreadAsync<T>(Func<T> function) => _pump.InvokeAsync(function);

    // An exception in an action ends the pipeline. A missing user is an error like others, so it is rethrown in the task.
    private async Task<bool> AskAsync(Func<bool> ask, string question)
    {
        (bool answer, string? problem) = await _pump.InvokeAsync(() =>
        {
            try
            {
                return (ask(), (string?)null);
            }
            catch (Exception exception) when (exception is HostException or not RuntimeException)
            {
                // Each host reports a missing user in its own way. A stopped pipeline is a RuntimeException, which isn't caught.
                return (false, exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
            }
        }).ConfigureAwait(false);
        return problem is null ? answer : throw CreateUnanswered(question, problem);
    }

    private static bool IsOverridden(Func<CancellationToken, Task> work) => work.Method.DeclaringType != typeof(AsyncCmdlet);

    private Exception? Run(Func<CancellationToken, Task> work, bool startHere = false)
    {
        Exception? failure;
        try
        {
            failure = _pump.Run((_, cancellationToken) => work(cancellationToken), startHere);
        }
        catch
        {
            TryCompleteProgress();
            throw;
        }

        _reporter.CompleteAll();
        return failure;
    }

    private void TryCompleteProgress()
    {
        try
        {
            _reporter.CompleteAll();
        }
        catch (Exception)
        {
            // A stopped pipeline rejects progress too. The exception that is being thrown says why it ends.
        }
    }
}
