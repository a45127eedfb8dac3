using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>The failures that a body brings before anybody looks at what it says; the same on both planes.</summary>
internal static class ResponseFailure
{
    private const double MegaByte = 1024 * 1024;

    /// <summary>The exception for an answer beyond the limit.</summary>
    public static AzOpenAIException TooLarge(ResponseTooLargeException exception, AnswerFacts facts, string host) =>
        Failure.Of(nameof(Messages.ResponseTooLarge), ErrorKind.InvalidResponse, facts, exception.What, host, $"{exception.Limit / MegaByte:0.###} MB");

    /// <summary>The exception for a body that is not what its Content-Encoding says.</summary>
    public static AzOpenAIException BadlyCompressed(AnswerFacts facts, string host) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, host, "a body that can't be decompressed");
}
