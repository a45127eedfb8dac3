using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>A good answer, its body unread. The caller disposes it; with a body that is still coming that closes the connection.</summary>
public abstract class RawResponse : IDisposable
{
    private protected RawResponse(int statusCode, Uri address)
    {
        StatusCode = statusCode;
        Address = new Uri(address.GetLeftPart(UriPartial.Path));
    }

    /// <summary>HTTP status, 200 to 299.</summary>
    public int StatusCode { get; }

    /// <summary>Where the request went, without its query.</summary>
    public Uri Address { get; }

    /// <summary>The headers, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private protected init; } = new Dictionary<string, string>();

    /// <summary>The service's id of the request.</summary>
    public string? RequestId { get; private protected init; }

    /// <summary>The media type without its parameters, in lower case; null for none.</summary>
    public string? MediaType => Headers.TryGetValue("Content-Type", out string? type) ? type.Split(';')[0].Trim().ToLowerInvariant() : null;

    /// <summary>The secrets that the request carried, for text that is shown.</summary>
    internal abstract SecretRedactor Secrets { get; }

    /// <summary>The exception for a body that isn't what it should be.</summary>
    /// <param name="what">What came instead: <c>a web page</c>.</param>
    /// <param name="body">The body, kept with the exception.</param>
    /// <param name="inner">The cause.</param>
    public AzOpenAIException Invalid(string what, string? body, Exception inner)
    {
        AnswerFacts facts = new() { Secrets = Secrets, StatusCode = StatusCode, RequestId = RequestId, ResponseBody = body, InnerException = inner };
        return Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, Address.Authority, $"HTTP {StatusCode} with {what}");
    }

    /// <summary>The whole body.</summary>
    /// <exception cref="AzOpenAIException">The connection broke off or stayed silent.</exception>
    public abstract Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the body to a stream while it comes.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="ReadAsync"/>. What a write throws goes through.</exception>
    public abstract Task CopyToAsync(Stream target, CancellationToken cancellationToken);

    /// <summary>The data of each event of an event stream as it comes, without the end mark <c>[DONE]</c>.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="ReadAsync"/>; ChatStreamFailed where an event tells of an error.</exception>
    public abstract IAsyncEnumerable<string> ReadEventsAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connection where the body is still coming.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
