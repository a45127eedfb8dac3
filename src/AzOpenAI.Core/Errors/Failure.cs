using System.Globalization;

namespace AzOpenAI.Core.Errors;

/// <summary>
/// Creates the exceptions of the services from the message resources. The name of a resource is the ErrorId: <c>Messages.resx</c> has the message,
/// <c>Suggestions.resx</c> what to do next, both formatted with the same arguments.
/// </summary>
public static class Failure
{
    private const int MaxBody = 64 * 1024;

    /// <summary>Creates the exception for an ErrorId.</summary>
    /// <param name="errorId"><c>nameof(Messages.X)</c>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="arguments">The arguments, in the order of the resource's placeholders.</param>
    public static AzOpenAIException Of(string errorId, ErrorKind kind, params object?[] arguments) =>
        new(errorId, kind, Format(errorId, arguments)) { Suggestion = Suggest(errorId, arguments) };

    /// <summary>Creates the exception for an ErrorId, with data of the service's response.</summary>
    internal static AzOpenAIException Of(string errorId, ErrorKind kind, AnswerFacts facts, params object?[] arguments) =>
        new(errorId, kind, ServiceText.Message(Show(Format(errorId, arguments), facts)!), facts.Secrets is null ? facts.InnerException : facts.Secrets.Redact(facts.InnerException))
        {
            Suggestion = Show(Suggest(errorId, arguments), facts),
            StatusCode = facts.StatusCode,
            ServiceCode = Show(facts.ServiceCode, facts),
            // After masking: the rest of a truncated secret wouldn't be found.
            ServiceMessage = Show(facts.ServiceMessage, facts) is { } message ? ServiceText.Message(message) : null,
            RequestId = Show(facts.RequestId, facts),
            RetryAfter = facts.RetryAfter,
            ResponseBody = Show(facts.ResponseBody, facts) is { } body ? Shorten(body, MaxBody) : null,
            Partial = facts.Partial,
        };

    /// <summary>Returns the message of an ErrorId.</summary>
    /// <exception cref="ArgumentException">The resource doesn't exist.</exception>
    public static string Format(string errorId, params object?[] arguments)
    {
        string format = Messages.ResourceManager.GetString(errorId, CultureInfo.InvariantCulture)
            ?? throw new ArgumentException($"No message resource '{errorId}'.", nameof(errorId));
        return string.Format(CultureInfo.InvariantCulture, format, arguments);
    }

    /// <summary>Returns what to do next, or null if there is no such resource.</summary>
    public static string? Suggest(string errorId, params object?[] arguments)
    {
        string? format = Suggestions.ResourceManager.GetString(errorId, CultureInfo.InvariantCulture);
        return format is null ? null : string.Format(CultureInfo.InvariantCulture, format, arguments);
    }

    private static string? Show(string? text, AnswerFacts facts) => facts.Secrets is null ? text : facts.Secrets.Redact(text);

    private static string Shorten(string text, int length) => text.Length > length ? text[..length] : text;
}
