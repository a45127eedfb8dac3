using System.ClientModel.Primitives;
using System.Globalization;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>The data in the headers of a response.</summary>
internal static class AnswerHeaders
{
    /// <summary>The request ID that the service assigned.</summary>
    public static string? RequestId(DataPlaneCall call, PipelineResponse response) =>
        call.Secrets.Redact(Text(response, "apim-request-id") ?? Text(response, "x-ms-client-request-id") ?? Text(response, "x-request-id"));

    /// <summary>The region that responded.</summary>
    public static string? Region(DataPlaneCall call, PipelineResponse response) => call.Secrets.Redact(Text(response, "x-ms-region"));

    /// <summary>The length of the body, in bytes; null if it isn't specified, or if the body was compressed.</summary>
    public static long? ContentLength(PipelineResponse response) => Count(response, "Content-Length");

    /// <summary>The media type without its parameters, in lower case.</summary>
    public static string? MediaType(PipelineResponse response) => Text(response, "Content-Type")?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>The deployment's limits, null if no header reports them.</summary>
    public static RateLimitState? RateLimit(PipelineResponse response)
    {
        RateLimitState state = new()
        {
            LimitRequests = Count(response, "x-ratelimit-limit-requests"),
            RemainingRequests = Count(response, "x-ratelimit-remaining-requests"),
            LimitTokens = Count(response, "x-ratelimit-limit-tokens"),
            RemainingTokens = Count(response, "x-ratelimit-remaining-tokens"),
        };
        return state is { LimitRequests: null, RemainingRequests: null, LimitTokens: null, RemainingTokens: null } ? null : state;
    }

    // -1 has been observed for "unknown".
    private static long? Count(PipelineResponse response, string name) =>
        long.TryParse(Text(response, name), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;

    private static string? Text(PipelineResponse response, string name) =>
        response.Headers.TryGetValue(name, out string? value) && !string.IsNullOrEmpty(value) ? value : null;
}
