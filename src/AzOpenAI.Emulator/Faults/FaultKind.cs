namespace AzOpenAI.Emulator.Faults;

/// <summary>Names of the faults in the control endpoint.</summary>
internal static class FaultKind
{
    public const string Stall = "stall";
    public const string Drop = "drop";
    public const string Status = "status";
    public const string Error = "error";
    public const string Throttle = "throttle";
    public const string Conflict = "conflict";
    public const string SlowOperation = "slow-operation";
    public const string FailOperation = "fail-operation";
    public const string Html = "html";
    public const string Garbage = "garbage";
    public const string Truncate = "truncate";
    public const string UnknownFields = "unknown-fields";
    public const string UnknownEvents = "unknown-events";
    public const string StreamError = "stream-error";
    public const string Redirect = "redirect";
    public const string Latency = "latency";
    public const string Deny = "deny";
    public const string ExpiredToken = "expired-token";
    public const string WrongTenant = "wrong-tenant";

    /// <summary>At most one of these applies to a request: the first that matches.</summary>
    public static readonly IReadOnlyList<string> Exclusive =
        [Stall, Drop, Status, Error, Throttle, Conflict, Html, Garbage, Truncate, UnknownEvents, StreamError, Redirect, ExpiredToken, WrongTenant];

    /// <summary>These apply in addition to others.</summary>
    public static readonly IReadOnlyList<string> Additional = [Latency, UnknownFields];

    /// <summary>These apply when the request starts a long-running operation.</summary>
    public static readonly IReadOnlyList<string> Operation = [SlowOperation, FailOperation];

    public static readonly IReadOnlyList<string> All = [.. Exclusive, .. Additional, .. Operation, Deny];
}
