namespace AzOpenAI.Core.Http;

/// <summary>Limits of a response's size, in bytes after decompression.</summary>
internal static class ResponseLimits
{
    /// <summary>A whole response, if the caller doesn't set another limit.</summary>
    public const long Default = 256L * 1024 * 1024;

    /// <summary>One event of an event stream.</summary>
    public const long Event = 16L * 1024 * 1024;

    /// <summary>The body of an error response. The rest of a longer one isn't read.</summary>
    public const int Error = 1024 * 1024;
}

/// <summary>A response, or one of its events, is larger than the caller allows. Never retried.</summary>
internal sealed class ResponseTooLargeException(string what, long limit) : Exception($"{what} is larger than {limit} bytes.")
{
    /// <summary>What is too large: <c>The answer</c>.</summary>
    public string What => what;

    /// <summary>The limit, in bytes.</summary>
    public long Limit => limit;
}
