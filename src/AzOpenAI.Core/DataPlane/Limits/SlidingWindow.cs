namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// Counts over a sliding window, in slots of 1/200 of it. A count remains for the whole window and up to a slot longer, plus a margin: the service
/// counts when a request arrives, and network latency varies. Not thread-safe.
/// </summary>
internal sealed class SlidingWindow
{
    private const int Slots = 200;

    private readonly long[] _counts = new long[Slots + MaxMargin + 1];
    private readonly long _slot;
    private long _head;

    /// <param name="length">The length of the window.</param>
    /// <param name="margin">Additional slots that a count remains in.</param>
    public SlidingWindow(TimeSpan length, int margin = 0)
    {
        Length = length;
        Margin = margin;
        _slot = length.Ticks / Slots;
    }

    /// <summary>Maximum of <see cref="Margin"/>: 4 % of the window.</summary>
    public const int MaxMargin = 8;

    /// <summary>The length of the window.</summary>
    public TimeSpan Length { get; }

    /// <summary>Additional slots that a count remains in.</summary>
    public int Margin
    {
        get;
        set
        {
            field = Math.Clamp(value, 0, MaxMargin);
            Sum = CountOfLast(Slots + field + 1);
        }
    }

    /// <summary>The current count, including the margin.</summary>
    public long Sum { get; private set; }

    /// <summary>Advances to a time; it never goes backward.</summary>
    public void Advance(TimeSpan now)
    {
        long head = now.Ticks / _slot;
        if (head - _head > _counts.Length)
        {
            Array.Clear(_counts);
            (_head, Sum) = (head, 0);
        }

        while (_head < head)
        {
            _head++;
            // The slot that leaves the sum and the newest one differ unless the margin is at its maximum.
            Sum -= At(_head - Slots - Margin - 1);
            At(_head) = 0;
        }
    }

    /// <summary>Counts an amount at a time, which may be slightly in the past; a negative amount reverts it.</summary>
    public void Add(TimeSpan time, long amount)
    {
        long age = _head - (time.Ticks / _slot);
        if (age < 0 || age >= _counts.Length)
            return;
        At(_head - age) += amount;
        if (age <= Slots + Margin)
            Sum += amount;
    }

    /// <summary>Returns what was counted in the time of this length that ended then.</summary>
    public long CountUntil(TimeSpan end, TimeSpan length)
    {
        long last = Math.Min(end.Ticks / _slot, _head);
        long first = Math.Max(last - (length.Ticks / _slot), _head - _counts.Length + 1);
        long count = 0;
        for (long slot = first; slot <= last; slot++)
            count += At(slot);
        return count;
    }

    /// <summary>Returns how long until this amount has left the window, zero or more.</summary>
    public TimeSpan UntilFree(TimeSpan now, long amount)
    {
        int span = Slots + Margin + 1;
        for (long slot = _head - span + 1; slot <= _head; slot++)
        {
            amount -= At(slot);
            if (amount <= 0)
                return TimeSpan.FromTicks(Math.Max(0, ((slot + span) * _slot) - now.Ticks));
        }

        return TimeSpan.FromTicks(span * _slot);
    }

    private ref long At(long slot) => ref _counts[(int)(((slot % _counts.Length) + _counts.Length) % _counts.Length)];

    private long CountOfLast(int slots)
    {
        long count = 0;
        for (long slot = _head - slots + 1; slot <= _head; slot++)
            count += At(slot);
        return count;
    }
}
