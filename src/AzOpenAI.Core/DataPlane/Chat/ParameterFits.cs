using System.Collections.Concurrent;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>
/// Which fields a deployment accepts. A deployment's name doesn't indicate its model, so this is based on the model that Azure Resource Manager
/// reported, or else on rejections: a field that was rejected once is omitted, or sent under its other name, for the rest of the process. Only fields that
/// affect the style of a response are omitted; if omitting one would change what the caller receives (logprobs, stop, n, tools, a format), the error is kept.
/// </summary>
internal static class ParameterFits
{
    private const string FirstVersionWithCompletionTokens = "2024-09-01";
    private const int MaxRemembered = 1024;

    private static readonly string[] Reasoning = ["temperature", "top_p", "presence_penalty", "frequency_penalty"];
    private static readonly string[] NotReasoning = ["reasoning_effort", "verbosity"];
    private static readonly ConcurrentDictionary<(Uri Endpoint, string Deployment), ParameterFit> Learned = new();

    /// <summary>True if the request has a field that some models reject; a plain request doesn't need any of this.</summary>
    public static bool Concern(ChatRequest request) =>
        request.MaxTokens is not null || request.Temperature is not null || request.TopP is not null || request.PresencePenalty is not null
        || request.FrequencyPenalty is not null || request.ReasoningEffort is not null || request.Verbosity is not null || request.ParallelToolCalls is not null;

    /// <summary>The fit for the first try.</summary>
    public static ParameterFit For(Connection connection, ChatRequest request)
    {
        if (Learned.TryGetValue((connection.Endpoint, request.Deployment), out ParameterFit? fit))
            return fit;
        bool old = connection.ApiVersion is { } version && string.CompareOrdinal(version, FirstVersionWithCompletionTokens) < 0;
        return new ParameterFit(old ? ParameterFit.ClassicTokens : ParameterFit.CompletionTokens, request.ModelHint is { } model ? RefusedBy(model) : []);
    }

    /// <summary>The fit to try next, or null if the rejection was about something that can't be changed.</summary>
    public static ParameterFit? AfterRefusal(AzOpenAIException refusal, ChatRequest request, ParameterFit sent)
    {
        if (refusal.StatusCode != 400
            || refusal.ErrorId is not (nameof(Messages.UnsupportedParameter) or nameof(Messages.UnknownParameter) or nameof(Messages.UnsupportedValue)))
            return null;

        string message = refusal.ServiceMessage ?? "";
        if (refusal.ErrorId == nameof(Messages.UnsupportedValue))
        {
            // Another value would be accepted, unless only the default is.
            return message.Contains("Only the default", StringComparison.Ordinal) && Refused(message, sent.Apply(request)) is { } fixedField && Reasoning.Contains(fixedField)
                ? sent with { LeftOut = [.. sent.LeftOut, fixedField] }
                : null;
        }

        if (Refused(message, sent.Apply(request)) is { } field)
            return sent with { LeftOut = [.. sent.LeftOut, field] };
        bool aboutLimit = request.MaxTokens is not null && (message.Length == 0 || message.Contains(sent.TokenLimit, StringComparison.Ordinal));
        return aboutLimit
            ? sent with { TokenLimit = sent.TokenLimit == ParameterFit.CompletionTokens ? ParameterFit.ClassicTokens : ParameterFit.CompletionTokens }
            : null;
    }

    /// <summary>Remembers the fit that was accepted.</summary>
    public static void Remember(Connection connection, string deployment, ParameterFit fit)
    {
        if (Learned.Count >= MaxRemembered)
            Learned.Clear();
        Learned[(connection.Endpoint, deployment)] = fit;
    }

    /// <summary>The fields of the request that the fit omits.</summary>
    public static IEnumerable<string> Missing(ChatRequest request, ParameterFit fit) => fit.LeftOut.Where(field => IsSet(request, field));

    // By family, as documented. For gpt-5-chat and unknown models, the first rejection decides.
    private static string[] RefusedBy(string model)
    {
        bool Is(string family) => model.StartsWith(family, StringComparison.OrdinalIgnoreCase);
        if (Is("gpt-5-chat"))
            return [];
        if (Is("gpt-5") || Is("o1") || Is("o3") || Is("o4"))
            return Reasoning;
        return Is("gpt-4") || Is("gpt-35") || Is("gpt-3.5") ? NotReasoning : [];
    }

    private static string? Refused(string message, ChatRequest request)
    {
        foreach (string field in (ReadOnlySpan<string>)[.. Reasoning, .. NotReasoning, "parallel_tool_calls"])
        {
            if (IsSet(request, field) && (message.Contains($"'{field}'", StringComparison.Ordinal) || message.EndsWith(field, StringComparison.Ordinal)))
                return field;
        }

        return null;
    }

    private static bool IsSet(ChatRequest request, string field) => field switch
    {
        "temperature" => request.Temperature is not null,
        "top_p" => request.TopP is not null,
        "presence_penalty" => request.PresencePenalty is not null,
        "frequency_penalty" => request.FrequencyPenalty is not null,
        "reasoning_effort" => request.ReasoningEffort is not null,
        "verbosity" => request.Verbosity is not null,
        "parallel_tool_calls" => request.ParallelToolCalls is not null,
        _ => false,
    };
}
