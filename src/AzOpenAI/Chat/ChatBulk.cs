using AzOpenAI.Core.Bulk;

namespace AzOpenAI.Chat;

/// <summary>The calls of one command that run in parallel, and their journal.</summary>
internal sealed class ChatBulk : IDisposable
{
    private const int WindowPerWorker = 4;

    private readonly Func<BulkItem, CancellationToken, Task<ChatCompletion?>> _call;
    private AzOpenAIException? _journalFailure;

    /// <param name="workers">Number of concurrent calls. With 1, each is completed and written before the next starts.</param>
    /// <param name="call">Makes the call of an item; returns null if there is nothing to write.</param>
    /// <param name="stop">Cancels all calls.</param>
    public ChatBulk(int workers, Func<BulkItem, CancellationToken, Task<ChatCompletion?>> call, CancellationToken stop)
    {
        _call = call;
        Window = new OrderedWindow<BulkItem, ChatCompletion?>(workers, workers == 1 ? 1 : workers * WindowPerWorker, CallAsync, stop);
    }

    /// <summary>The items in order.</summary>
    public OrderedWindow<BulkItem, ChatCompletion?> Window { get; }

    /// <summary>The journal, if one was requested and the first call has opened it.</summary>
    public BulkJournal? Journal { get; set; }

    /// <summary>The progress.</summary>
    public BulkProgress Progress { get; } = new();

    /// <summary>Why writing to the journal failed. Responses already received are still written; then the command ends.</summary>
    public AzOpenAIException? JournalFailure => Volatile.Read(ref _journalFailure);

    /// <summary>Number of inputs so far.</summary>
    public int Count { get; private set; }

    /// <summary>The latest request.</summary>
    public ChatRequest? Latest { get; private set; }

    /// <summary>The connection of the latest call.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>Position of the next input.</summary>
    public int NextIndex() => Count++;

    /// <summary>Makes the item's call, unless an earlier run has its response.</summary>
    public void Add(BulkItem item)
    {
        (Latest, Connection) = (item.Request, item.Client!.Connection);
        if (Journal is { } journal)
        {
            item.Key = journal.NextKey(item.Request!);
            if (journal.Find(item.Key) is { } kept)
            {
                Progress.Kept();
                Window.AddDone(item, kept);
                return;
            }
        }

        Window.Add(item);
    }

    /// <summary>Adds an item that failed before its call.</summary>
    public void AddFailed(BulkItem item, Exception failure)
    {
        Progress.Failed();
        Window.AddFailed(item, failure);
    }

    /// <summary>Records that a response isn't as requested: the next run sends the item again.</summary>
    public void MarkFailed(BulkItem item, AzOpenAIException failure)
    {
        Progress.MarkFailed();
        Note(() => Journal?.Add(item.Index, item.Key, failure));
    }

    /// <inheritdoc/>
    public void Dispose() => Journal?.Dispose();

    private async Task<ChatCompletion?> CallAsync(BulkItem item, CancellationToken cancellationToken)
    {
        try
        {
            ChatCompletion? completion = await _call(item, cancellationToken).ConfigureAwait(false);
            Progress.Done(completion);
            if (Journal is not null && completion is not null)
                Note(() => Journal.Add(item.Index, item.Key, completion));
            return completion;
        }
        catch (AzOpenAIException failure)
        {
            Progress.Failed();
            if (Journal is not null)
                Note(() => Journal.Add(item.Index, item.Key, failure));
            throw;
        }
    }

    private void Note(Action note)
    {
        try
        {
            note();
        }
        catch (AzOpenAIException failure)
        {
            Interlocked.CompareExchange(ref _journalFailure, failure, null);
        }
    }
}
