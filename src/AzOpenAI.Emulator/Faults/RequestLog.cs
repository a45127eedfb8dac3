using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Faults;

/// <summary>All requests except those to the control endpoints, oldest first. Contains no headers or bodies.</summary>
internal sealed class RequestLog
{
    private const int MaxEntries = 50_000;

    private readonly Lock _gate = new();
    private readonly List<RequestLogEntry> _entries = [];

    public void Add(RequestLogEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count >= MaxEntries)
            {
                _entries.RemoveAt(0);
            }

            _entries.Add(entry);
        }
    }

    public void Clear(bool writesOnly)
    {
        lock (_gate)
        {
            if (writesOnly)
            {
                _entries.ForEach(e => e.HiddenFromWrites = true);
            }
            else
            {
                // The entry of a request in progress is kept, so that its end is recorded.
                _entries.RemoveAll(e => e.Finished is not null);
            }
        }
    }

    public JsonArray ToJson(bool writesOnly)
    {
        lock (_gate)
        {
            return [.. _entries.Where(e => !writesOnly || (e.IsWrite && !e.HiddenFromWrites)).Select(e => (JsonNode?)e.ToJson())];
        }
    }
}
