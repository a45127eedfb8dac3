using System.Globalization;

namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>A deployment's limits according to the headers of a response or a 429. Null if a header is absent or "unknown".</summary>
/// <param name="LimitRequests">Requests per minute.</param>
/// <param name="RemainingRequests">Remaining requests.</param>
/// <param name="LimitTokens">Tokens per minute.</param>
/// <param name="RemainingTokens">Remaining tokens.</param>
internal readonly record struct BudgetHeaders(long? LimitRequests, long? RemainingRequests, long? LimitTokens, long? RemainingTokens)
{
    public static BudgetHeaders Read(Func<string, string?> header) => new(
        Count(header("x-ratelimit-limit-requests")), Count(header("x-ratelimit-remaining-requests")),
        Count(header("x-ratelimit-limit-tokens")), Count(header("x-ratelimit-remaining-tokens")));

    /// <summary>The limit that was exceeded, as far as the headers of a 429 indicate it.</summary>
    public static RefusalKind Kind(Func<string, string?> header)
    {
        bool tokens = header("x-ratelimit-reset-tokens") is not null || header("x-rate-limit-reset-tokens") is not null;
        bool requests = header("x-ratelimit-reset-requests") is not null;
        if (tokens != requests)
            return tokens ? RefusalKind.Tokens : RefusalKind.Requests;
        string policy = header("policy-id") ?? "";
        return policy.Contains("Token", StringComparison.OrdinalIgnoreCase) ? RefusalKind.Tokens
            : policy.Contains("Request", StringComparison.OrdinalIgnoreCase) ? RefusalKind.Requests
            : RefusalKind.Unknown;
    }

    /// <summary>The delay that a 429 without Retry-After specifies in another header.</summary>
    public static TimeSpan? Reset(Func<string, string?> header)
    {
        foreach (string name in (ReadOnlySpan<string>)["x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "x-rate-limit-reset-tokens"])
        {
            // Azure sends seconds; a value with a unit comes from another service.
            if (double.TryParse(header(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6)
                return TimeSpan.FromSeconds(seconds);
        }

        return null;
    }

    private static long? Count(string? value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
}

/// <summary>The limit that a 429 was about.</summary>
internal enum RefusalKind
{
    Unknown,
    Requests,
    Tokens,
}
