using System.Runtime.ExceptionServices;

namespace AzOpenAI.Async;

/// <summary>
/// Runs the tasks of one cmdlet on the thread pool while the pipeline thread performs their actions. Independent of the engine.
/// <para>
/// A failed action stops the pump permanently: it means that the pipeline accepts no more output, whatever the type of the exception
/// (<c>Select-Object -First 1</c>, <c>throw</c>, <c>break</c> downstream, <c>-ErrorAction Stop</c>). The exception has that meaning, so it is
/// the one that is rethrown, never the task's.
/// </para>
/// </summary>
internal sealed class PipelinePump : IPipelineWriter, IDisposable
{
    /// <summary>Time for a canceled task to clean up before the pipeline continues without it.</summary>
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
    /// <param name="isStopping">Whether the engine is stopping the pipeline.</param>
    /// <param name="createStoppedException">Creates the exception with which a cmdlet reports that it was stopped.</param>
    public PipelinePump(Func<bool> isStopping, Func<Exception> createStoppedException)
    {
        _isStopping = isStopping;
        _createStoppedException = createStoppedException;
        _lifetimeToken = _lifetime.Token;
    }

    /// <summary>Canceled when the cmdlet is stopped or disposed: for work that outlives one record.</summary>
    public CancellationToken LifetimeToken
    {
        get
        {
            _mayOutliveRecord = true;
            return _lifetimeToken;
        }
    }

    /// <summary>
    /// Runs one record until it is complete. Called on the pipeline thread, one record at a time.
    /// </summary>
    /// <param name="work">The record's work. Its token is canceled when the cmdlet is stopped or disposed and when an action fails.</param>
    /// <param name="startHere">
    /// Runs the work on this thread until its first wait, which saves a thread switch per record. Only for work that doesn't block before
    /// that: it can't be abandoned until then.
    /// </param>
    /// <returns>The task's exception, or null. A task that is canceled although it wasn't requested has failed too.</returns>
    /// <exception cref="Exception">The exception of a failed action, or the stopped exception.</exception>
    public Exception? Run(Func<IPipelineWriter, CancellationToken, Task> work, bool startHere = false)
    {
        // Set before checking: either this sees the stopped queue, or a disposal sees the record.
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

    /// <summary>As <see cref="Post"/>, for the last action of a record: it is done when the work has ended.</summary>
    public void PostLast(Action action) => _queue.Add(new PostedItem(action), wake: false);

    /// <inheritdoc/>
    public void PostLatest(int key, Action action) => _queue.AddLatest(key, action);

    /// <summary>Cancels what is in flight without waiting for it.</summary>
    public void Dispose()
    {
        _queue.Break();
        // A waiting thread sees that it is stopped, and leaves; nothing in it needs to be disposed.
        if (!_isRunning)
            _queue.Dispose();
        if (!_isRunning && !_mayOutliveRecord && !_stopped)
        {
            // The usual case. Canceling without listeners would keep the thread pool busy while the next cmdlet starts.
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

    /// <summary>The token is canceled before the task is notified, so that no handler in it takes the end of the pipeline for a failure of its own.</summary>
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

    /// <summary>Callbacks run on the thread pool: one that blocks must not delay Ctrl+C.</summary>
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
