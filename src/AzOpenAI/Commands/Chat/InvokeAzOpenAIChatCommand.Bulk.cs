using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Chat;
using AzOpenAI.Core.Bulk;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <content>Many inputs: in parallel within the deployment's limits, in order, and with a journal to resume from.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    private ChatBulk? _bulk;
    private BulkProgressBar? _bar;
    private bool _isAllRead;

    [Parameter]
    [ValidateRange(1, 10000)]
    public int ThrottleLimit { get; set; } = 1;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Resume { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ExpectedCount { get; set; }

    private bool IsBulk => ThrottleLimit > 1 || JournalPath is not null || Resume is not null;

    private string Several => JournalPath is not null ? "-JournalPath" : Resume is not null ? "-Resume" : "-ThrottleLimit greater than 1";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // The calls end first: later responses must find the journal closed, or be recorded completely.
        base.Dispose(disposing);
        if (!disposing)
            return;
        _bar?.Dispose();
        _bulk?.Dispose();
    }

    /// <summary>Creates the request of an input and starts its call, waits while the window is full, and writes completed items.</summary>
    private async Task AskInBulkAsync(PSObject? input, ChatSetup setup, CancellationToken cancellationToken)
    {
        ChatBulk bulk = _bulk ?? await StartBulkAsync().ConfigureAwait(false);
        BulkItem item = new(bulk.NextIndex(), input);
        try
        {
            List<ChatMessage> messages = await GetMessagesAsync(input, setup, cancellationToken).ConfigureAwait(false);
            (item.Client, string deployment) = GetClient();
            item.Request = CreateRequest(messages, deployment, setup);
            if (IsModelNeeded && await GetModelAsync(item.Client.Connection, deployment, cancellationToken).ConfigureAwait(false) is { } model)
                item.Request = item.Request with { ModelHint = model };
        }
        catch (AzOpenAIException failure)
        {
            item.Target = ErrorTarget;
            bulk.AddFailed(item, failure);
        }

        if (item.Request is not null)
        {
            item.Target = ErrorTarget;
            if (bulk.Journal is null && (JournalPath ?? Resume) is { } path)
                bulk.Journal = await OpenJournalAsync(path, item).ConfigureAwait(false);
            bulk.Add(item);
        }

        if (bulk.Window.Count >= bulk.Window.Capacity)
            await bulk.Window.OldestAsync(cancellationToken).ConfigureAwait(false);
        PostLast(() => WriteReady(bulk));
    }

    private async Task FinishBulkAsync(ChatBulk bulk, CancellationToken cancellationToken)
    {
        _isAllRead = true;
        while (bulk.Window.Count > 0)
        {
            await bulk.Window.OldestAsync(cancellationToken).ConfigureAwait(false);
            await InvokeOnPipelineThreadAsync(() => WriteReady(bulk)).ConfigureAwait(false);
        }

        bulk.Dispose();
        await InvokeOnPipelineThreadAsync(() =>
        {
            _bar?.Complete();
            if (bulk.Progress.KeptCount > 0)
                WriteVerbose($"{bulk.Progress.KeptCount} responses were read from the journal; {bulk.Progress.DoneCount + bulk.Progress.FailedCount} inputs were sent.");
            return true;
        }).ConfigureAwait(false);
    }

    /// <summary>Writes the oldest items that are completed. On the pipeline thread.</summary>
    private bool WriteReady(ChatBulk bulk)
    {
        while (bulk.Window.TryTake(out BulkItem item, out ChatCompletion? completion, out Exception? failure))
        {
            if (failure is null && completion is not null && Emit(completion, item.Input, _setup!) is { } invalidResponse)
            {
                failure = invalidResponse;
                bulk.MarkFailed(item, invalidResponse);
            }

            if (failure is not null)
                WriteError(ErrorRecords.From(failure, item.Target));
        }

        if (bulk.JournalFailure is { } broken)
            ThrowTerminatingError(ErrorRecords.From(broken, JournalPath ?? Resume));
        return true;
    }

    private async Task<ChatBulk> StartBulkAsync()
    {
        string? streams = Stream ? "-Stream" : StreamText ? "-StreamText" : null;
        (string One, string Other)? conflict = streams is not null ? (streams, Several)
            : JournalPath is not null && Resume is not null ? ("-JournalPath", "-Resume")
            // A journal contains responses. It doesn't contain what tools did before them, and must not seem to.
            : Tool is not null && (JournalPath is not null || Resume is not null) ? ("-Tool", Several)
            : null;
        if (conflict is { } pair)
        {
            AzOpenAIException mistake = Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, pair.One, pair.Other);
            await ThrowTerminatingErrorAsync(CreateErrorRecord(mistake)).ConfigureAwait(false);
            throw mistake;
        }

        SharesLimits = true;
        ChatBulk bulk = new(ThrottleLimit, CallAsync, LifetimeToken);
        await InvokeOnPipelineThreadAsync(() => _bar = BulkProgressBar.Start(this, id => Describe(bulk, id))).ConfigureAwait(false);
        return _bulk = bulk;
    }

    // Tools run on the pipeline thread, one at a time, while it waits for responses.
    private async Task<ChatCompletion?> CallAsync(BulkItem item, CancellationToken cancellationToken) => _setup!.Tools is { } tools
        ? await AskWithToolsAsync(item.Client!, item.Request!, tools, cancellationToken).ConfigureAwait(false)
        : await item.Client!.Chat.CompleteAsync(item.Request!, cancellationToken).ConfigureAwait(false);

    private ProgressRecord Describe(ChatBulk bulk, int id)
    {
        int finished = bulk.Progress.DoneCount + bulk.Progress.FailedCount + bulk.Progress.KeptCount;
        int? total = _isAllRead ? bulk.Count : IsBound(nameof(ExpectedCount)) ? Math.Max(ExpectedCount, finished) : null;
        if (bulk is not { Latest.Deployment: { } deployment, Connection.Endpoint: { } endpoint })
            return bulk.Progress.Describe(id, "Calling the service", total, TimeSpan.Zero);
        return bulk.Progress.Describe(id, $"Calling '{deployment}' at {endpoint.Host}", total, Session.Governors.Waiting(endpoint, deployment));
    }

    private async Task<BulkJournal> OpenJournalAsync(string path, BulkItem first)
    {
        (BulkJournal? journal, AzOpenAIException? failure) = await InvokeOnPipelineThreadAsync<(BulkJournal?, AzOpenAIException?)>(() =>
        {
            try
            {
                string full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
                if (provider.Name != "FileSystem")
                    throw Failure.Of(nameof(Messages.JournalFailed), ErrorKind.InvalidInput, path, "it isn't a file path");
                return (BulkJournal.Open(full, Resume is not null, "Invoke-AzOpenAIChat", first.Client!.Connection.Endpoint, first.Request!.Deployment), null);
            }
            catch (AzOpenAIException exception)
            {
                return (null, exception);
            }
            catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException or NotSupportedException or ArgumentException)
            {
                return (null, Failure.Of(nameof(Messages.JournalFailed), ErrorKind.InvalidInput, path, exception.Message.TrimEnd('.')));
            }
        }).ConfigureAwait(false);
        if (failure is not null)
        {
            await ThrowTerminatingErrorAsync(ErrorRecords.From(failure, path)).ConfigureAwait(false);
            throw failure;
        }

        if (Resume is not null && journal!.IsNew)
            await WriteWarningAsync($"Journal '{path}' doesn't exist yet. A new journal was started.").ConfigureAwait(false);
        return journal!;
    }
}
