using System.Text.Json.Nodes;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Faults;

/// <summary>A logged request. Times are the emulator's.</summary>
internal sealed class RequestLogEntry
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public required string Method { get; init; }

    /// <summary>Path and query, with secrets replaced.</summary>
    public required string Path { get; init; }

    public required string Plane { get; init; }

    public required DateTimeOffset Started { get; init; }

    public DateTimeOffset? Finished { get; set; }

    public double DurationMs { get; set; }

    public int? Status { get; set; }

    /// <summary>The client closed the connection before the response was complete.</summary>
    public bool Dropped { get; set; }

    /// <summary>The whole response, or what a fault leaves of it, was written to the connection.</summary>
    public bool Completed { get; private set; }

    /// <summary>A management request that can change state.</summary>
    public bool IsWrite { get; set; }

    public bool HiddenFromWrites { get; set; }

    public string? Fault { get; set; }

    public void Complete(DateTimeOffset now)
    {
        Completed = true;
        Finished = now;
    }

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["method"] = Method,
        ["path"] = Path,
        ["plane"] = Plane,
        ["status"] = Status,
        ["started"] = SystemData.Text(Started),
        ["finished"] = Finished is { } finished ? SystemData.Text(finished) : null,
        ["durationMs"] = Math.Round(DurationMs, 3),
        ["dropped"] = Dropped,
        ["fault"] = Fault,
    };
}
