using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI.Async;

/// <summary>What waits for the pipeline thread, in order. Adding never blocks; taking does.</summary>
internal sealed class PipelineQueue : IDisposable
{
    // About a tenth of a millisecond.
    private const int FirstSpins = 250;

    private readonly object _gate = new();
    private readonly Queue<PipelineItem> _items = new();
    private readonly Dictionary<int, PostedItem> _latest = [];
    // Set after the gate is left: who wakes would run into it at once.
    private readonly ManualResetEventSlim _changed = new();
    private bool _broken;

    /// <summary>True once nothing more is taken.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
                return _broken;
        }
    }

    /// <summary>Adds an item at the end; abandons it when the queue is broken.</summary>
    /// <param name="item">The item.</param>
    /// <param name="wake">False: the producer is about to end, and that wakes the one who takes. Two wakings for one item would cost a switch of threads.</param>
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

    /// <summary>Gives the waiting item of that key a newer action, or adds one.</summary>
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

    /// <summary>Waits for the next item. False when the queue is broken, or when the producer has ended and left nothing.</summary>
    /// <param name="producer">The work that adds.</param>
    /// <param name="first">
    /// True for the first item of a record: an answer from a warm connection is often there before a thread could fall asleep and wake, so it spins longer. In
    /// a stream that would only take the processor from those who bring the next.
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

            // What comes between the look and the reset is found by the second look.
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

    /// <summary>Makes the one who takes look again.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Takes nothing more, and abandons what waits.</summary>
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

    /// <summary>Only once nobody takes any more; what comes later is abandoned all the same.</summary>
    public void Dispose() => _changed.Dispose();
}
