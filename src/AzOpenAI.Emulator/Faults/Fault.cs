using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Faults;

/// <summary>A fault: which requests it affects, its effect, and how often.</summary>
internal sealed class Fault
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = Guid.NewGuid().ToString("N")[..12];

    public required string Kind { get; init; }

    public string? Method { get; init; }

    public Regex? Path { get; init; }

    public string? Plane { get; init; }

    /// <summary>RBAC action, for <see cref="FaultKind.Deny"/>.</summary>
    public Regex? Action { get; init; }

    public int? Status { get; init; }

    /// <summary>Name of the error, for <see cref="FaultKind.Error"/>.</summary>
    public string? Error { get; init; }

    public JsonNode? Body { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public double? Seconds { get; init; }

    public int? AfterChunks { get; init; }

    /// <summary>Remaining number of requests; null until it is deleted.</summary>
    public int? Remaining { get; set; }

    public int Hits { get; set; }

    public required EmulatorClock Clock { get; init; }

    /// <summary>When it expires, on <see cref="EmulatorClock.Uptime"/>.</summary>
    public TimeSpan? EndsAt { get; init; }

    /// <summary>Seconds until a throttle accepts requests again.</summary>
    public int RetryAfter => Math.Max(0, (int)Math.Ceiling(EndsAt is { } end ? (end - Clock.Uptime).TotalSeconds : Seconds ?? 1));

    public bool Released => _released.Task.IsCompleted;

    public Task WhenReleased => _released.Task;

    public void Release() => _released.TrySetResult();

    public bool Matches(FaultTarget target) =>
        Remaining is not 0
        && !Released
        && (EndsAt is null || Clock.Uptime < EndsAt)
        && (Method is null || Method.Equals(target.Method, StringComparison.OrdinalIgnoreCase))
        && (Plane is null || Plane.Equals(target.Plane, StringComparison.OrdinalIgnoreCase))
        && (Path is null || Path.IsMatch(target.PathAndQuery))
        && (Action is null || (target.Action is { } action && Action.IsMatch(action)));

    public JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["kind"] = Kind,
        ["match"] = new JsonObject { ["method"] = Method, ["path"] = Path?.ToString(), ["plane"] = Plane, ["action"] = Action?.ToString() },
        ["status"] = Status,
        ["error"] = Error,
        ["seconds"] = Seconds,
        ["afterChunks"] = AfterChunks,
        ["remaining"] = Remaining,
        ["hits"] = Hits,
    };
}

/// <summary>The properties of a request that a fault is matched against.</summary>
internal sealed record FaultTarget(string Method, string PathAndQuery, string Plane, string? Action = null);
