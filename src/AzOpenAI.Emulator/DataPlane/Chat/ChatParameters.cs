using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>A validated chat request. The order and wording of errors without a recorded body follow the engine's general style.</summary>
internal sealed record ChatParameters
{
    private static readonly string[] Known =
    [
        "model", "messages", "temperature", "top_p", "n", "stream", "stream_options", "stop", "max_tokens", "max_completion_tokens", "presence_penalty",
        "frequency_penalty", "logit_bias", "logprobs", "top_logprobs", "seed", "user", "metadata", "store", "response_format", "tools", "tool_choice",
        "parallel_tool_calls", "functions", "function_call", "reasoning_effort", "verbosity", "prediction", "modalities", "audio", "service_tier",
        "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options", "safety_identifier", "moderation", "web_search_options", "data_sources",
        "user_security_context",
    ];

    public required JsonArray Messages { get; init; }

    public required JsonObject Body { get; init; }

    public required ToolSettings Tools { get; init; }

    public required ResponseFormat Format { get; init; }

    public required PromptMarkers Markers { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public bool Obfuscation { get; init; }

    public int Choices { get; init; } = 1;

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    /// <summary>Alternatives for each token; null if log probabilities aren't requested.</summary>
    public int? TopLogProbabilities { get; init; }

    /// <summary>The requested effort, or the model's default; null for models without reasoning.</summary>
    public string? Effort { get; init; }

    public string LastUserText { get; init; } = "";

    public static int? ReadMaxTokens(JsonObject body) => JsonRead.Integer(body["max_completion_tokens"]) ?? JsonRead.Integer(body["max_tokens"]);

    public static ChatParameters Read(DataPlaneRequest request, JsonObject body, CatalogueModel model)
    {
        if (body.FirstOrDefault(p => !Known.Contains(p.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            throw DataPlaneErrors.UnknownParameter(unknown);
        }

        ChatApiVersions.Check(request, body, model);
        JsonArray messages = ChatMessages.Read(request, body, model);
        ChatRules.Check(body, model);
        string user = ChatText.LastUserText(messages);
        JsonObject? streaming = body["stream_options"] as JsonObject;
        bool stream = BodyErrors.Flag(body, "stream");
        if (streaming is not null && !stream)
        {
            throw DataPlaneErrors.Invalid("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", null);
        }

        return new ChatParameters
        {
            Messages = messages,
            Body = body,
            Tools = ToolSettings.Read(body, model),
            Format = ResponseFormat.Read(body, messages),
            Markers = PromptMarkers.Read(user),
            Stream = stream,
            IncludeUsage = streaming is not null && BodyErrors.Flag(streaming, "include_usage"),
            Obfuscation = streaming is not null && BodyErrors.Flag(streaming, "include_obfuscation"),
            Choices = JsonRead.Integer(body["n"]) ?? 1,
            MaxTokens = ReadMaxTokens(body),
            Stops = StopSequences.Read(body),
            TopLogProbabilities = BodyErrors.Flag(body, "logprobs") ? JsonRead.Integer(body["top_logprobs"]) ?? 0 : null,
            Effort = model.ParameterRules.ReasoningEffort is { Count: > 0 } ? JsonRead.Text(body["reasoning_effort"]) ?? model.ParameterRules.ReasoningEffortDefault : null,
            LastUserText = user,
        };
    }
}
