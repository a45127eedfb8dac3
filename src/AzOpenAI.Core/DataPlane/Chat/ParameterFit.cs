namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>How a request is written so that the model behind a deployment takes it.</summary>
/// <param name="TokenLimit">Name of the limit of answer tokens.</param>
/// <param name="LeftOut">Fields that are not sent.</param>
internal sealed record ParameterFit(string TokenLimit, IReadOnlyList<string> LeftOut)
{
    /// <summary>The name of today.</summary>
    public const string CompletionTokens = "max_completion_tokens";

    /// <summary>The name of old models and relays.</summary>
    public const string ClassicTokens = "max_tokens";

    /// <summary>The request without the fields that are left out.</summary>
    public ChatRequest Apply(ChatRequest request)
    {
        foreach (string field in LeftOut)
        {
            request = field switch
            {
                "temperature" => request with { Temperature = null },
                "top_p" => request with { TopP = null },
                "presence_penalty" => request with { PresencePenalty = null },
                "frequency_penalty" => request with { FrequencyPenalty = null },
                "reasoning_effort" => request with { ReasoningEffort = null },
                "verbosity" => request with { Verbosity = null },
                "parallel_tool_calls" => request with { ParallelToolCalls = null },
                _ => request,
            };
        }

        return request;
    }
}
