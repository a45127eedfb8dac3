namespace AzOpenAI;

/// <summary>
/// The exception that services throw for anything a user can cause or encounter. Cancellation is still <see cref="OperationCanceledException"/>.
/// </summary>
public class AzOpenAIException : Exception
{
    /// <summary>Creates an exception that isn't based on a response of the service.</summary>
    /// <param name="errorId">The documented ErrorId: the name of the message resource.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">The message, without secrets. Terminal control characters are removed, because the shell prints it.</param>
    /// <param name="innerException">The cause, if any.</param>
    public AzOpenAIException(string errorId, ErrorKind kind, string message, Exception? innerException = null)
        : base(ConsoleText.Clean(message), innerException)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>The documented ErrorId, which is the same in all versions.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What to do next, or null.</summary>
    public string? Suggestion { get; init => field = value is null ? null : ConsoleText.Clean(value); }

    /// <summary>HTTP status of the response, or null.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's own error code, such as <c>InsufficientQuota</c>.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's own message, unchanged: may be unsafe for a terminal.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>The request ID that the service assigned, for support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asked the client to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The response's body as received (truncated at 64 KiB), or null.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>What the operation had already produced or left behind: text received so far, resources created.</summary>
    public object? Partial { get; init; }
}
