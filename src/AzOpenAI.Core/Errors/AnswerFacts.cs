namespace AzOpenAI.Core.Errors;

/// <summary>What a response of the service contained, to be kept in the exception.</summary>
internal sealed record AnswerFacts
{
    /// <summary>Masks secrets in the other properties and in the message made from them; null if the response doesn't contain any.</summary>
    public SecretRedactor? Secrets { get; init; }

    /// <summary>HTTP status.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's error code.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's message.</summary>
    public string? ServiceMessage { get; init; }

    /// <summary>The request ID that the service assigned.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asked the client to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body; <see cref="Failure"/> truncates it to 64 KiB.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>The partial result.</summary>
    public object? Partial { get; init; }

    /// <summary>The cause.</summary>
    public Exception? InnerException { get; init; }

    /// <summary>Copies the details of another failure, which is reported with a different message.</summary>
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
