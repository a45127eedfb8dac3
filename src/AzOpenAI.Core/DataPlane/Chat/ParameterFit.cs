namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>How to write a request so that the model of a deployment accepts it.</summary>
/// <param name="TokenLimit">Name of the limit of output tokens.</param>
/// <param name="LeftOut">Fields that aren't sent.</param>
internal sealed record ParameterFit(string TokenLimit, IReadOnlyList<string> LeftOut)
{
    /// <summary>The current name.</summary>
    public const string CompletionTokens = "max_completion_tokens";

    /// <summary>The name for old models and relays.</summary>
    public const string ClassicTokens = "max_tokens";

    /// <summary>Returns the request without the omitted fields.</summary>
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
