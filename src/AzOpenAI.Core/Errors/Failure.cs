using System.Globalization;

namespace AzOpenAI.Core.Errors;

/// <summary>
/// Makes the exceptions of the services from the message resources. The name of a resource is the ErrorId: <c>Messages.resx</c> holds the sentence,
/// <c>Suggestions.resx</c> what to do next, both formatted with the same arguments.
/// </summary>
public static class Failure
{
    private const int MaxBody = 64 * 1024;

    /// <summary>The exception for an ErrorId.</summary>
    /// <param name="errorId"><c>nameof(Messages.X)</c>.</param>
    /// <param name="kind">What went wrong.</param>
    /// <param name="arguments">The facts, in the order of the resource's placeholders.</param>
    public static AzOpenAIException Of(string errorId, ErrorKind kind, params object?[] arguments) =>
        new(errorId, kind, Format(errorId, arguments)) { Suggestion = Suggest(errorId, arguments) };

    /// <summary>The exception for an ErrorId, with what the service's answer told.</summary>
    internal static AzOpenAIException Of(string errorId, ErrorKind kind, AnswerFacts facts, params object?[] arguments) =>
        new(errorId, kind, ServiceText.Message(Show(Format(errorId, arguments), facts)!), facts.Secrets is null ? facts.InnerException : facts.Secrets.Redact(facts.InnerException))
        {
            Suggestion = Show(Suggest(errorId, arguments), facts),
            StatusCode = facts.StatusCode,
            ServiceCode = Show(facts.ServiceCode, facts),
            // After the masking: of a secret that was cut, the rest would not be found.
            ServiceMessage = Show(facts.ServiceMessage, facts) is { } message ? ServiceText.Message(message) : null,
            RequestId = Show(facts.RequestId, facts),
            RetryAfter = facts.RetryAfter,
            ResponseBody = Show(facts.ResponseBody, facts) is { } body ? Shorten(body, MaxBody) : null,
            Partial = facts.Partial,
        };

    /// <summary>The sentence of an ErrorId.</summary>
    /// <exception cref="ArgumentException">No such resource.</exception>
    public static string Format(string errorId, params object?[] arguments)
    {
        string format = Messages.ResourceManager.GetString(errorId, CultureInfo.InvariantCulture)
            ?? throw new ArgumentException($"No message resource '{errorId}'.", nameof(errorId));
        return string.Format(CultureInfo.InvariantCulture, format, arguments);
    }

    /// <summary>What to do next, or null where the resources have no advice.</summary>
    public static string? Suggest(string errorId, params object?[] arguments)
    {
        string? format = Suggestions.ResourceManager.GetString(errorId, CultureInfo.InvariantCulture);
        return format is null ? null : string.Format(CultureInfo.InvariantCulture, format, arguments);
    }

    private static string? Show(string? text, AnswerFacts facts) => facts.Secrets is null ? text : facts.Secrets.Redact(text);

    private static string Shorten(string text, int length) => text.Length > length ? text[..length] : text;
}
