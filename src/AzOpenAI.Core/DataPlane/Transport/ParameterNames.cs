namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>The command's parameter behind a field of the API, so that advice can be followed as it stands.</summary>
internal static class ParameterNames
{
    /// <summary>The parameter's name with its dash, or the field in quotes where no parameter stands behind it.</summary>
    public static string Show(string? field) => field switch
    {
        "temperature" => "-Temperature",
        "top_p" => "-TopP",
        "max_tokens" or "max_completion_tokens" => "-MaxTokens",
        "stop" => "-StopSequence",
        "seed" => "-Seed",
        "reasoning_effort" => "-ReasoningEffort",
        "user" => "-User",
        "n" => "-ChoiceCount",
        "frequency_penalty" => "-FrequencyPenalty",
        "presence_penalty" => "-PresencePenalty",
        "logprobs" => "-LogProbs",
        "top_logprobs" => "-TopLogProbs",
        "verbosity" => "-Verbosity",
        "metadata" => "-Metadata",
        "tools" => "-Tool",
        "tool_choice" => "-ToolChoice",
        "response_format" => "-Schema",
        "messages" => "-Message",
        null or "" => "A parameter",
        _ => $"'{field}'",
    };
}
