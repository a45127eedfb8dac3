using System.Collections.Concurrent;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>
/// Under which name a deployment takes the limit of answer tokens. Dated versions know <c>max_completion_tokens</c> since 2024-09-01-preview; reasoning
/// models refuse <c>max_tokens</c>, some relays the other. What a deployment refused once is remembered for the process.
/// </summary>
internal static class TokenLimitNames
{
    public const string Completion = "max_completion_tokens";
    public const string Classic = "max_tokens";

    private const string FirstVersionWithCompletion = "2024-09-01";
    private const int MaxRemembered = 1024;

    private static readonly ConcurrentDictionary<(Uri Endpoint, string Deployment), string> Learned = new();

    /// <summary>The name to send.</summary>
    public static string For(Connection connection, string deployment)
    {
        if (Learned.TryGetValue((connection.Endpoint, deployment), out string? name))
            return name;
        return connection.ApiVersion is { } version && string.CompareOrdinal(version, FirstVersionWithCompletion) < 0 ? Classic : Completion;
    }

    /// <summary>The name to send instead, or null where the refusal was about something else.</summary>
    public static string? AfterRefusal(AzOpenAIException refusal, string sent)
    {
        bool aboutName = refusal.StatusCode == 400
            && refusal.ErrorId is nameof(Messages.UnsupportedParameter) or nameof(Messages.UnknownParameter)
            && refusal.ServiceMessage?.Contains(sent, StringComparison.Ordinal) != false;
        return !aboutName ? null : sent == Completion ? Classic : Completion;
    }

    /// <summary>Remembers the name that was taken.</summary>
    public static void Remember(Connection connection, string deployment, string name)
    {
        if (Learned.Count >= MaxRemembered)
            Learned.Clear();
        Learned[(connection.Endpoint, deployment)] = name;
    }
}
