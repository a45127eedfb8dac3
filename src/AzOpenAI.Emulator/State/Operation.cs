using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;

namespace AzOpenAI.Emulator.State;

/// <summary>A long-running operation: complete when its time is over and no fault blocks it.</summary>
internal sealed class Operation
{
    public string Id { get; } = Guid.NewGuid().ToString();

    public required string SubscriptionId { get; init; }

    public required string Location { get; init; }

    /// <summary>ID of the account that is locked by it; null for operations on groups and providers.</summary>
    public string? AccountId { get; init; }

    /// <summary>The status in polling responses until the operation ends.</summary>
    public string RunningStatus { get; init; } = "Creating";

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ends, on <see cref="EmulatorClock.Uptime"/>.</summary>
    public required TimeSpan DueAt { get; init; }

    public Fault? HeldBy { get; init; }

    public (string Code, string Message)? Failure { get; init; }

    public required Action OnSucceeded { get; init; }

    public Action? OnFailed { get; init; }

    /// <summary>Body of the final response of a Location poll; null if it is empty.</summary>
    public Func<Uri, JsonNode?>? Result { get; init; }

    /// <summary>Signature in the polling URL; a client that rebuilds the URL loses it.</summary>
    public string Signature { get; } = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());

    public DateTimeOffset? EndTime { get; private set; }

    public bool Running => EndTime is null;

    public bool Failed => !Running && Failure is not null;

    public string Status => Running ? RunningStatus : Failure is null ? "Succeeded" : "Failed";

    public void Settle(EmulatorClock clock)
    {
        if (!Running || (clock.Uptime < DueAt && HeldBy is not { Released: true }))
        {
            return;
        }

        EndTime = clock.Now;
        if (Failure is null)
        {
            OnSucceeded();
        }
        else
        {
            OnFailed?.Invoke();
        }
    }
}
