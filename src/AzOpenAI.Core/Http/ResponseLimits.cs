namespace AzOpenAI.Core.Http;

/// <summary>How much of an answer is taken, in bytes after decompression.</summary>
internal static class ResponseLimits
{
    /// <summary>A whole answer, where the caller sets no other limit.</summary>
    public const long Default = 256L * 1024 * 1024;

    /// <summary>One event of an event stream.</summary>
    public const long Event = 16L * 1024 * 1024;

    /// <summary>The body of an answer that tells of a failure. The rest of a longer one is left unread.</summary>
    public const int Error = 1024 * 1024;
}

/// <summary>An answer, or an event of one, is larger than the caller allows. Never a reason to send the request again.</summary>
internal sealed class ResponseTooLargeException(string what, long limit) : Exception($"{what} is larger than {limit} bytes.")
{
    /// <summary>What is too large: <c>The answer</c>.</summary>
    public string What => what;

    /// <summary>The limit, bytes.</summary>
    public long Limit => limit;
}
