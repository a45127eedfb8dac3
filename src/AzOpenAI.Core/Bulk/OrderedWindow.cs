namespace AzOpenAI.Core.Bulk;

/// <summary>
/// Processes items in parallel and returns them in their original order. Adding an item while the window is full waits for the oldest, so
/// that memory use is constant whatever the number of items. Only one thread may add and take; the work runs on the thread pool.
/// </summary>
/// <typeparam name="TItem">The item.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
public sealed class OrderedWindow<TItem, TResult>
{
    private readonly Lock _gate = new();
    private readonly Queue<Slot> _order = new();
    private readonly Queue<Slot> _unstarted = new();
    private readonly int _workers;
    private readonly Func<TItem, CancellationToken, Task<TResult>> _work;
    private readonly CancellationToken _stop;
    private TaskCompletionSource? _oldest;
    private int _running;

    /// <summary>Creates an empty window.</summary>
    /// <param name="workers">Maximum number of items that are processed at the same time, at least 1.</param>
    /// <param name="capacity">Maximum number of items in the window: waiting, in progress, and completed after one that isn't.</param>
    /// <param name="work">The work for one item. An exception is the item's failure.</param>
    /// <param name="stop">Cancels the work. Items in progress are then never completed.</param>
    public OrderedWindow(int workers, int capacity, Func<TItem, CancellationToken, Task<TResult>> work, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, workers);
        (_workers, Capacity, _work, _stop) = (workers, capacity, work, stop);
    }

    /// <summary>Maximum number of items in the window.</summary>
    public int Capacity { get; }

    /// <summary>Items in the window.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _order.Count;
        }
    }

    /// <summary>Adds an item to process.</summary>
    public void Add(TItem item) => Add(new Slot(item));

    /// <summary>Adds an item that already has a result.</summary>
    public void AddDone(TItem item, TResult result) => Add(new Slot(item) { Outcome = result, IsDone = true });

    /// <summary>Adds an item that has already failed.</summary>
    public void AddFailed(TItem item, Exception failure) => Add(new Slot(item) { Failure = failure, IsDone = true });

    /// <summary>Completes when the oldest item is done; immediately if there is none.</summary>
    public Task OldestAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_order.TryPeek(out Slot? oldest) || oldest.IsDone)
                return Task.CompletedTask;
            _oldest ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _oldest.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Takes the oldest item if it is done.</summary>
    /// <param name="item">The item.</param>
    /// <param name="result">The result, if <paramref name="failure"/> is null.</param>
    /// <param name="failure">The exception of its work.</param>
    public bool TryTake(out TItem item, out TResult? result, out Exception? failure)
    {
        lock (_gate)
        {
            if (_order.TryPeek(out Slot? oldest) && oldest.IsDone)
            {
                _order.Dequeue();
                (item, result, failure) = (oldest.Item, oldest.Outcome, oldest.Failure);
                return true;
            }
        }

        (item, result, failure) = (default!, default, null);
        return false;
    }

    private void Add(Slot slot)
    {
        lock (_gate)
        {
            _order.Enqueue(slot);
            if (slot.IsDone)
                return;
            if (_running == _workers)
            {
                _unstarted.Enqueue(slot);
                return;
            }

            _running++;
        }

        // A worker continues with the next item, and ends if there is none.
        ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Window.WorkAsync(state.First), (Window: this, First: slot), preferLocal: false);
    }

    private async Task WorkAsync(Slot first)
    {
        for (Slot? slot = first; slot is not null;)
        {
            try
            {
                slot.Outcome = await _work(slot.Item, _stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                slot.Failure = exception;
            }

            slot = Next(slot);
        }
    }

    private Slot? Next(Slot done)
    {
        TaskCompletionSource? awaited = null;
        Slot? next = null;
        lock (_gate)
        {
            done.IsDone = true;
            if (_oldest is not null && ReferenceEquals(_order.Peek(), done))
                (awaited, _oldest) = (_oldest, null);
            if (_stop.IsCancellationRequested || !_unstarted.TryDequeue(out next))
                _running--;
        }

        awaited?.SetResult();
        return next;
    }

    private sealed class Slot(TItem item)
    {
        public TItem Item { get; } = item;

        public TResult? Outcome { get; set; }

        public Exception? Failure { get; set; }

        public bool IsDone { get; set; }
    }
}
