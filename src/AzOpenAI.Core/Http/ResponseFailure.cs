using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>The failures of reading a body, before its content is parsed; the same on both planes.</summary>
internal static class ResponseFailure
{
    private const double MegaByte = 1024 * 1024;

    /// <summary>Creates the exception for a response that exceeds the limit.</summary>
    public static AzOpenAIException TooLarge(ResponseTooLargeException exception, AnswerFacts facts, string host) =>
        Failure.Of(nameof(Messages.ResponseTooLarge), ErrorKind.InvalidResponse, facts, exception.What, host, $"{exception.Limit / MegaByte:0.###} MB");

    /// <summary>Creates the exception for a body that doesn't match its Content-Encoding.</summary>
    public static AzOpenAIException BadlyCompressed(AnswerFacts facts, string host) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, host, "a body that can't be decompressed");
}
