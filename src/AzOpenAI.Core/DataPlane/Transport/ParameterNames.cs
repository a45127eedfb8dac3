namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Maps fields of the API to the command's parameters, so that suggestions name the parameter.</summary>
internal static class ParameterNames
{
    /// <summary>Returns the parameter's name with its dash, or the field in quotes if there is no parameter for it.</summary>
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
