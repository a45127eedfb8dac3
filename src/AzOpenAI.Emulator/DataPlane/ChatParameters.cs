using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>A chat request after its checks. The order and wording of checks without a recorded body follow the engine's general style.</summary>
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

    private static readonly string[] Roles = ["system", "assistant", "user", "function", "tool", "developer"];

    private static readonly (string Name, double Minimum, double Maximum, double Default)[] Decimals =
        [("temperature", 0, 2, 1), ("top_p", 0, 1, 1), ("presence_penalty", -2, 2, 0), ("frequency_penalty", -2, 2, 0)];

    private static readonly (string Name, int Minimum, int Maximum)[] Integers =
        [("n", 1, 128), ("max_tokens", 1, int.MaxValue), ("max_completion_tokens", 1, int.MaxValue), ("top_logprobs", 0, 20)];

    public required JsonArray Messages { get; init; }

    public required JsonObject Body { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    public int Choices { get; init; } = 1;

    public int? MaxTokens { get; init; }

    public string LastUserText => ChatText.LastUserText(Messages);

    public static int? ReadMaxTokens(JsonObject body) => Integer(body["max_completion_tokens"]) ?? Integer(body["max_tokens"]);

    public static ChatParameters Read(JsonObject body, CatalogueModel model)
    {
        foreach ((string name, _) in body)
        {
            if (!Known.Contains(name, StringComparer.Ordinal))
            {
                throw DataPlaneErrors.UnknownParameter(name);
            }
        }

        JsonArray messages = ReadMessages(body);
        CheckRules(body, model);
        CheckRanges(body);
        return new ChatParameters
        {
            Messages = messages,
            Body = body,
            Stream = Flag(body, "stream"),
            IncludeUsage = body["stream_options"] is JsonObject options && Flag(options, "include_usage"),
            Choices = Integer(body["n"]) ?? 1,
            MaxTokens = ReadMaxTokens(body),
        };
    }

    private static JsonArray ReadMessages(JsonObject body)
    {
        if (!body.TryGetPropertyValue("messages", out JsonNode? node))
        {
            throw DataPlaneErrors.Invalid("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        }

        // A null here is reported to end in a server error, not in a 400.
        if (node is null)
        {
            throw DataPlaneErrors.ServerError();
        }

        if (node is not JsonArray messages)
        {
            throw InvalidType("messages", "an array of objects", node);
        }

        if (messages.Count == 0)
        {
            throw DataPlaneErrors.Invalid(
                "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array");
        }

        if (messages.Count > 2048)
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid 'messages': array too long. Expected an array with maximum length 2048, but got an array with length {messages.Count} instead.",
                "messages", "array_above_max_length");
        }

        for (int i = 0; i < messages.Count; i++)
        {
            CheckMessage(messages[i], $"messages[{i}]");
        }

        return messages;
    }

    private static void CheckMessage(JsonNode? node, string path)
    {
        if (node is not JsonObject message)
        {
            throw InvalidType(path, "an object", node);
        }

        string role = ChatText.Role(message)
            ?? throw DataPlaneErrors.Invalid($"Missing required parameter: '{path}.role'.", path + ".role", "missing_required_parameter");
        if (!Roles.Contains(role, StringComparer.Ordinal))
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", path + ".role", "invalid_value");
        }

        bool text = message["content"] is JsonArray || (message["content"] is JsonValue value && value.TryGetValue(out string? _));
        if (!text && !(role == "assistant" && (message["tool_calls"] ?? message["function_call"] ?? message["refusal"] ?? message["audio"]) is not null))
        {
            throw DataPlaneErrors.Invalid(
                message["content"] is null
                    ? $"Invalid value for 'content': expected a string, got null."
                    : $"Invalid type for '{path}.content': expected one of a string or array of objects, but got {Describe(message["content"])} instead.",
                path + ".content", message["content"] is null ? null : "invalid_type");
        }

        if (role == "tool" && message["tool_call_id"] is null)
        {
            throw DataPlaneErrors.Invalid($"Missing required parameter: '{path}.tool_call_id'.", path + ".tool_call_id", "missing_required_parameter");
        }
    }

    /// <summary>What the model refuses: the first o-series refuse by name, later reasoning models by value.</summary>
    private static void CheckRules(JsonObject body, CatalogueModel model)
    {
        foreach (string name in model.ParameterRules.Rejects)
        {
            if (body[name] is not { } value)
            {
                continue;
            }

            int index = Array.FindIndex(Decimals, d => d.Name == name);
            if (index < 0 || model.Family == "o-series" || value is not JsonValue number || !number.TryGetValue(out double sent))
            {
                throw DataPlaneErrors.UnsupportedParameter(name, model);
            }

            double standard = Decimals[index].Default;
            if (sent != standard)
            {
                throw DataPlaneErrors.UnsupportedValue(name, value.ToJsonString(), $"Only the default ({standard}) value is supported.");
            }
        }

        CheckEffort(body, model);
    }

    private static void CheckEffort(JsonObject body, CatalogueModel model)
    {
        if (body["reasoning_effort"] is not { } effort)
        {
            return;
        }

        if (model.ParameterRules.ReasoningEffort is not { Count: > 0 } allowed)
        {
            throw DataPlaneErrors.UnsupportedParameter("reasoning_effort", model);
        }

        string text = effort is JsonValue value && value.TryGetValue(out string? sent) ? sent : effort.ToJsonString();
        if (!allowed.Contains(text, StringComparer.Ordinal))
        {
            string list = string.Join(", ", allowed.Select(a => $"'{a}'"));
            throw DataPlaneErrors.UnsupportedValue("reasoning_effort", $"'{text}'", $"Supported values are: {list}.");
        }
    }

    private static void CheckRanges(JsonObject body)
    {
        foreach ((string name, double minimum, double maximum, _) in Decimals)
        {
            if (body[name] is { } node)
            {
                double value = node is JsonValue number && number.TryGetValue(out double sent) ? sent : throw InvalidType(name, "a decimal", node);
                CheckRange(name, "decimal", value, minimum, maximum, node.ToJsonString());
            }
        }

        foreach ((string name, int minimum, int maximum) in Integers)
        {
            if (body[name] is { } node)
            {
                int value = Integer(node) ?? throw InvalidType(name, "an integer", node);
                CheckRange(name, "integer", value, minimum, maximum, node.ToJsonString());
            }
        }

        if (body["stop"] is JsonArray { Count: > 4 } stops)
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length {stops.Count} instead.",
                "stop", "array_above_max_length");
        }
    }

    private static void CheckRange(string name, string kind, double value, double minimum, double maximum, string sent)
    {
        if (value < minimum)
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid '{name}': {kind} below minimum value. Expected a value >= {minimum}, but got {sent} instead.", name, $"{kind}_below_min_value");
        }

        if (value > maximum)
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid '{name}': {kind} above maximum value. Expected a value <= {maximum}, but got {sent} instead.", name, $"{kind}_above_max_value");
        }
    }

    private static bool Flag(JsonObject body, string name) => body[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        var other => throw InvalidType(name, "a boolean", other),
    };

    private static int? Integer(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static Hosting.ReplyException InvalidType(string name, string expected, JsonNode? node) => DataPlaneErrors.Invalid(
        $"Invalid type for '{name}': expected {expected}, but got {Describe(node)} instead.", name, "invalid_type");

    private static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => "a string",
        System.Text.Json.JsonValueKind.Number => "a number",
        System.Text.Json.JsonValueKind.Object => "an object",
        System.Text.Json.JsonValueKind.Array => "an array",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
