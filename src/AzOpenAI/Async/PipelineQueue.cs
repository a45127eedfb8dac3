using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI.Async;

/// <summary>The queue of the pipeline thread. Adding never blocks; taking does.</summary>
internal sealed class PipelineQueue : IDisposable
{
    // About a tenth of a millisecond.
    private const int FirstSpins = 250;

    private readonly object _gate = new();
    private readonly Queue<PipelineItem> _items = new();
    private readonly Dictionary<int, PostedItem> _latest = [];
    // Set outside the lock: the thread that wakes up would wait for it immediately.
    private readonly ManualResetEventSlim _changed = new();
    private bool _broken;

    /// <summary>True once no more items are accepted.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
                return _broken;
        }
    }

    /// <summary>Adds an item at the end; abandons it if the queue is stopped.</summary>
    /// <param name="item">The item.</param>
    /// <param name="wake">False if the producer is about to end, which wakes the consumer anyway. Waking it twice for one item would cost a thread switch.</param>
    public void Add(PipelineItem item, bool wake = true)
    {
        bool taken;
        lock (_gate)
        {
            taken = !_broken;
            if (taken)
                _items.Enqueue(item);
        }

        if (!taken)
            item.Abandon();
        else if (wake)
            _changed.Set();
    }

    /// <summary>Replaces the action of the queued item with that key, or adds one.</summary>
    public void AddLatest(int key, Action action)
    {
        lock (_gate)
        {
            if (_broken)
                return;
            if (_latest.TryGetValue(key, out PostedItem? waiting))
            {
                waiting.Action = action;
                return;
            }

            PostedItem item = new(action) { Key = key };
            _latest.Add(key, item);
            _items.Enqueue(item);
        }

        _changed.Set();
    }

    /// <summary>Waits for the next item. False if the queue is stopped, or if the producer has ended and the queue is empty.</summary>
    /// <param name="producer">The work that adds items.</param>
    /// <param name="first">
    /// True for the first item of a record: a response over an open connection often arrives before a thread could sleep and wake up, so it spins longer. In
    /// a stream, that would only take CPU time from the threads that add the next items.
    /// </param>
    /// <param name="item">The item.</param>
    public bool TryTake(Task producer, bool first, [NotNullWhen(true)] out PipelineItem? item)
    {
        bool armed = false;
        while (true)
        {
            lock (_gate)
            {
                if (!_broken && _items.TryDequeue(out item))
                {
                    if (item is PostedItem { Key: int key })
                        _latest.Remove(key);
                    return true;
                }

                if (_broken || producer.IsCompleted)
                {
                    item = null;
                    return false;
                }
            }

            // Items added between the check and the reset are found by the second check.
            if (!armed)
                _changed.Reset();
            else if (!first || !Spin())
                _changed.Wait();
            armed = !armed;
        }
    }

    private bool Spin()
    {
        SpinWait spin = default;
        while (!_changed.IsSet && spin.Count < FirstSpins)
            spin.SpinOnce(sleep1Threshold: -1);
        return _changed.IsSet;
    }

    /// <summary>Makes the consumer check again.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Accepts no more items, and abandons the queued ones.</summary>
    public void Break()
    {
        PipelineItem[] waiting;
        lock (_gate)
        {
            _broken = true;
            waiting = [.. _items];
            _items.Clear();
            _latest.Clear();
        }

        _changed.Set();
        foreach (PipelineItem item in waiting)
            item.Abandon();
    }

    /// <summary>Only after items are no longer taken; later ones are abandoned anyway.</summary>
    public void Dispose() => _changed.Dispose();
}
