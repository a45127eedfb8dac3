namespace AzOpenAI;

/// <summary>
/// The one exception that the services throw for anything a user can cause or meet. Cancellation stays <see cref="OperationCanceledException"/>.
/// </summary>
public class AzOpenAIException : Exception
{
    /// <summary>Creates an exception without an answer of the service behind it.</summary>
    /// <param name="errorId">The documented id: the name of the message resource.</param>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">One sentence with the missing fact. Never holds a secret. The shell prints it, so what would steer a terminal is taken out.</param>
    /// <param name="innerException">The cause, if any.</param>
    public AzOpenAIException(string errorId, ErrorKind kind, string message, Exception? innerException = null)
        : base(ConsoleText.Clean(message), innerException)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>The documented id, stable over versions.</summary>
    public string ErrorId { get; }

    /// <summary>What went wrong.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do next, or null where nobody can say.</summary>
    public string? Suggestion { get; init => field = value is null ? null : ConsoleText.Clean(value); }

    /// <summary>HTTP status of the answer, or null where none came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's own error code, such as <c>InsufficientQuota</c>.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's own message, untouched: not for a terminal.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>The service's id of the request, to give to support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asked to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The answer's body as received, where it is worth keeping (cut at 64 KiB).</summary>
    public string? ResponseBody { get; init; }

    /// <summary>What the operation had already produced or left behind: text received so far, resources made.</summary>
    public object? Partial { get; init; }
}
