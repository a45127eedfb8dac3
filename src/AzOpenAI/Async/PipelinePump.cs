using System.Runtime.ExceptionServices;

namespace AzOpenAI.Async;

/// <summary>
/// Runs the tasks of one cmdlet on the pool while the pipeline thread performs what they ask for. Knows nothing of the engine.
/// <para>
/// A failed action breaks the pump for good: it means that the pipeline takes nothing more, whatever the exception is called
/// (<c>Select-Object -First 1</c>, <c>throw</c>, <c>break</c> downstream, <c>-ErrorAction Stop</c>). The exception carries that meaning, so it is
/// the one that leaves, never the task's.
/// </para>
/// </summary>
internal sealed class PipelinePump : IPipelineWriter, IDisposable
{
    /// <summary>How long a task that was cancelled may take to clean up before the pipeline goes on without it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly PipelineQueue _queue = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly CancellationToken _lifetimeToken;
    private readonly Func<bool> _isStopping;
    private readonly Func<Exception> _createStoppedException;
    private volatile bool _stopped;
    private volatile bool _isRunning;
    private volatile bool _mayOutliveRecord;

    /// <summary>Creates the pump of one cmdlet.</summary>
    /// <param name="isStopping">What the engine says.</param>
    /// <param name="createStoppedException">The exception by which a cmdlet says that it was stopped.</param>
    public PipelinePump(Func<bool> isStopping, Func<Exception> createStoppedException)
    {
        _isStopping = isStopping;
        _createStoppedException = createStoppedException;
        _lifetimeToken = _lifetime.Token;
    }

    /// <summary>Fires when the cmdlet is stopped or disposed: for work that outlives one record.</summary>
    public CancellationToken LifetimeToken
    {
        get
        {
            _mayOutliveRecord = true;
            return _lifetimeToken;
        }
    }

    /// <summary>
    /// Runs one record to its end. Called on the pipeline thread, one record at a time.
    /// </summary>
    /// <param name="work">The record's work. Its token fires when the cmdlet is stopped or disposed and when an action failed.</param>
    /// <param name="startHere">
    /// Runs the work on this thread until it first has to wait, which saves a change of threads per record. Only for work that does not block on the way
    /// there: nobody can abandon it until then.
    /// </param>
    /// <returns>What the task threw, or null. A task that ends cancelled although nobody stopped it has failed, too.</returns>
    /// <exception cref="Exception">What a failed action threw, or the stopped exception.</exception>
    public Exception? Run(Func<IPipelineWriter, CancellationToken, Task> work, bool startHere = false)
    {
        // Said before one looks: either this sees the queue broken, or a disposal sees the record.
        _isRunning = true;
        if (_queue.IsBroken)
            throw _createStoppedException();

        CancellationTokenSource record = CancellationTokenSource.CreateLinkedTokenSource(_lifetimeToken);
        CancellationToken token = record.Token;
        Task task = startHere ? Start(work, token) : Task.Run(() => work(this, token), CancellationToken.None);
        _ = task.ContinueWith(_ => _queue.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        ExceptionDispatchInfo? failedAction = null;
        for (bool first = true; failedAction is null && _queue.TryTake(task, first, out PipelineItem? item); first = false)
            failedAction = Perform(item, record);

        if (!_queue.IsBroken)
        {
            record.Dispose();
            _isRunning = false;
            return FailureOf(task);
        }

        CancelAndAbandon(task, record);
        if (!_stopped && !_isStopping())
            failedAction?.Throw();
        throw _createStoppedException();
    }

    /// <summary>Only cancels, on any thread and at any time; never waits.</summary>
    public void Stop()
    {
        _stopped = true;
        _queue.Break();
        Cancel(_lifetime);
    }

    /// <inheritdoc/>
    public Task InvokeAsync(Action action) => InvokeAsync(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc/>
    public Task<T> InvokeAsync<T>(Func<T> question)
    {
        AwaitedItem<T> item = new(question);
        _queue.Add(item);
        return item.Answer;
    }

    /// <inheritdoc/>
    public void Post(Action action) => _queue.Add(new PostedItem(action));

    /// <summary>As <see cref="Post"/>, for the last thing that a record asks for: it is done when the work has ended.</summary>
    public void PostLast(Action action) => _queue.Add(new PostedItem(action), wake: false);

    /// <inheritdoc/>
    public void PostLatest(int key, Action action) => _queue.AddLatest(key, action);

    /// <summary>Cancels what is in flight and does not wait for it.</summary>
    public void Dispose()
    {
        _queue.Break();
        // Whoever waits in it finds it broken, and leaves; it holds nothing that the collector does not free.
        if (!_isRunning)
            _queue.Dispose();
        if (!_isRunning && !_mayOutliveRecord && !_stopped)
        {
            // The usual end. To cancel what nobody listens to would keep the pool busy while the next cmdlet starts.
            _lifetime.Dispose();
            return;
        }

        _ = Cancel(_lifetime).ContinueWith(_ => _lifetime.Dispose(), TaskScheduler.Default);
    }

    private Task Start(Func<IPipelineWriter, CancellationToken, Task> work, CancellationToken token)
    {
        try
        {
            return work(this, token);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    /// <summary>The token fires before the task is told, so that no handler there takes the end of the pipeline for a failure of its own.</summary>
    private ExceptionDispatchInfo? Perform(PipelineItem item, CancellationTokenSource record)
    {
        try
        {
            item.Perform();
            return null;
        }
        catch (Exception exception)
        {
            _queue.Break();
            _ = Cancel(record);
            item.Fail(exception);
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private static void CancelAndAbandon(Task task, CancellationTokenSource record)
    {
        _ = Cancel(record);
        _ = Task.WaitAny([task], Grace);
        _ = task.ContinueWith(
            late =>
            {
                _ = late.Exception;
                record.Dispose();
            },
            TaskScheduler.Default);
    }

    /// <summary>Callbacks run on the pool: one that blocks must not hold up Ctrl+C.</summary>
    private static Task Cancel(CancellationTokenSource source)
    {
        try
        {
            return source.CancelAsync().ContinueWith(static done => _ = done.Exception, TaskScheduler.Default);
        }
        catch (ObjectDisposedException)
        {
            return Task.CompletedTask;
        }
    }

    private static Exception? FailureOf(Task task)
    {
        if (task.IsFaulted)
            return task.Exception.InnerExceptions[0];
        return task.IsCanceled ? new TaskCanceledException(task) : null;
    }
}
