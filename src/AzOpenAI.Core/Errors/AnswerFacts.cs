namespace AzOpenAI.Core.Errors;

/// <summary>What an answer of the service told, to be kept in the exception.</summary>
internal sealed record AnswerFacts
{
    /// <summary>What must not be shown of all the other facts, and of the message made with them; null for an answer that got no secret.</summary>
    public SecretRedactor? Secrets { get; init; }

    /// <summary>HTTP status.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's error code.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's message.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body; <see cref="Failure"/> cuts it at 64 KiB.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>What was received or made before.</summary>
    public object? Partial { get; init; }

    /// <summary>The cause.</summary>
    public Exception? InnerException { get; init; }

    /// <summary>The facts of a failure that is told in other words.</summary>
    public static AnswerFacts Of(AzOpenAIException failure) => new()
    {
        StatusCode = failure.StatusCode,
        ServiceCode = failure.ServiceCode,
        ServiceMessage = failure.ServiceMessage,
        RequestId = failure.RequestId,
        RetryAfter = failure.RetryAfter,
        ResponseBody = failure.ResponseBody,
        InnerException = failure.InnerException,
    };
}
