using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>A successful response with its body unread. The caller disposes it, which closes the connection if the body is still being received.</summary>
public abstract class RawResponse : IDisposable
{
    private protected RawResponse(int statusCode, Uri address)
    {
        StatusCode = statusCode;
        Address = new Uri(address.GetLeftPart(UriPartial.Path));
    }

    /// <summary>HTTP status, 200 to 299.</summary>
    public int StatusCode { get; }

    /// <summary>The URL of the request, without its query.</summary>
    public Uri Address { get; }

    /// <summary>The headers, by case-insensitive name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private protected init; } = new Dictionary<string, string>();

    /// <summary>The request ID that the service assigned.</summary>
    public string? RequestId { get; private protected init; }

    /// <summary>The media type without its parameters, in lower case; or null.</summary>
    public string? MediaType => Headers.TryGetValue("Content-Type", out string? type) ? type.Split(';')[0].Trim().ToLowerInvariant() : null;

    /// <summary>The secrets that the request carried, to mask them in displayed text.</summary>
    internal abstract SecretRedactor Secrets { get; }

    /// <summary>Creates the exception for an unexpected body.</summary>
    /// <param name="what">What was received instead: <c>a web page</c>.</param>
    /// <param name="body">The body, kept in the exception.</param>
    /// <param name="inner">The cause.</param>
    public AzOpenAIException Invalid(string what, string? body, Exception inner)
    {
        AnswerFacts facts = new() { Secrets = Secrets, StatusCode = StatusCode, RequestId = RequestId, ResponseBody = body, InnerException = inner };
        return Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, Address.Authority, $"HTTP {StatusCode} with {what}");
    }

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="AzOpenAIException">The connection was interrupted or timed out.</exception>
    public abstract Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the body to a stream as it arrives.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="ReadAsync"/>. Exceptions of the stream that is written to aren't caught.</exception>
    public abstract Task CopyToAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>The data of each event of an event stream as it arrives, without the end marker <c>[DONE]</c>.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="ReadAsync"/>; ChatStreamFailed if an event reports an error.</exception>
    public abstract IAsyncEnumerable<string> ReadEventsAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connection if the body is still being received.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
