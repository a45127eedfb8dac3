namespace AzOpenAI.Emulator.Faults;

/// <summary>The active faults, oldest first.</summary>
internal sealed class FaultRegistry
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    public IReadOnlyList<Fault> List()
    {
        lock (_gate)
        {
            return [.. _faults];
        }
    }

    /// <summary>The first matching fault of these kinds, which is then counted as used.</summary>
    public Fault? Take(FaultTarget target, params IReadOnlyList<string> kinds)
    {
        lock (_gate)
        {
            Fault? fault = _faults.FirstOrDefault(f => kinds.Contains(f.Kind, StringComparer.Ordinal) && f.Matches(target));
            if (fault is not null)
            {
                fault.Hits++;
                fault.Remaining -= 1;
            }

            return fault;
        }
    }

    /// <summary>Removes a fault, or all, and releases what they block. False if the fault doesn't exist.</summary>
    public bool Remove(string? id)
    {
        lock (_gate)
        {
            Fault[] gone = [.. _faults.Where(f => id is null || f.Id == id)];
            foreach (Fault fault in gone)
            {
                _faults.Remove(fault);
                fault.Release();
            }

            return id is null || gone.Length > 0;
        }
    }
}
