using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Ranges of numbers, and the parameters that a model rejects: the first o-series reject them by name, later reasoning models by value.</summary>
internal static class ChatRules
{
    private const int MaximumMetadata = 16;

    private static readonly (string Name, double Minimum, double Maximum, double Default)[] Decimals =
        [("temperature", 0, 2, 1), ("top_p", 0, 1, 1), ("presence_penalty", -2, 2, 0), ("frequency_penalty", -2, 2, 0)];

    private static readonly (string Name, int Minimum, int Maximum)[] Integers =
        [("n", 1, 128), ("max_tokens", 1, int.MaxValue), ("max_completion_tokens", 1, int.MaxValue), ("top_logprobs", 0, 20)];

    private static readonly string[] Verbosities = ["low", "medium", "high"];

    public static void Check(JsonObject body, CatalogueModel model)
    {
        CheckRejected(body, model);
        CheckEffort(body, model);
        CheckRanges(body);
        if (body["max_tokens"] is not null && body["max_completion_tokens"] is not null)
        {
            throw DataPlaneErrors.Invalid("Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "max_tokens", "invalid_parameter_combination");
        }

        if (model.Name == "o1" && BodyErrors.Flag(body, "stream"))
        {
            throw DataPlaneErrors.UnsupportedValue("stream", "true", "Only the default (false) value is supported.");
        }

        if (body["top_logprobs"] is not null && !BodyErrors.Flag(body, "logprobs"))
        {
            throw DataPlaneErrors.Invalid("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs", null);
        }

        if (body["verbosity"] is { } verbosity && !Verbosities.Contains(JsonRead.Text(verbosity) ?? "", StringComparer.Ordinal))
        {
            throw BodyErrors.Value("verbosity", JsonRead.Text(verbosity) ?? verbosity.ToJsonString(), Verbosities);
        }

        CheckMaps(body);
    }

    private static void CheckRejected(JsonObject body, CatalogueModel model)
    {
        foreach (string name in model.ParameterRules.Rejects)
        {
            if (body[name] is not { } value)
            {
                continue;
            }

            int index = Array.FindIndex(Decimals, d => d.Name == name);
            if (index < 0 || model.Family == "o-series" || JsonRead.Number(value) is not { } sent)
            {
                throw DataPlaneErrors.UnsupportedParameter(name, model);
            }

            double standard = Decimals[index].Default;
            if (sent != standard)
            {
                throw DataPlaneErrors.UnsupportedValue(name, value.ToJsonString(), $"Only the default ({standard}) value is supported.");
            }
        }
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

        string text = JsonRead.Text(effort) ?? effort.ToJsonString();
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
                BodyErrors.CheckRange(name, "decimal", node, JsonRead.Number(node) ?? throw BodyErrors.Type(name, "a decimal", node), minimum, maximum);
            }
        }

        foreach ((string name, int minimum, int maximum) in Integers)
        {
            if (body[name] is { } node)
            {
                BodyErrors.CheckRange(name, "integer", node, JsonRead.Integer(node) ?? throw BodyErrors.Type(name, "an integer", node), minimum, maximum);
            }
        }

        if (body["seed"] is { } seed && !(seed is JsonValue value && value.TryGetValue(out long _)))
        {
            throw BodyErrors.Type("seed", "an integer", seed);
        }
    }

    private static void CheckMaps(JsonObject body)
    {
        foreach ((string token, JsonNode? bias) in body["logit_bias"] as JsonObject ?? [])
        {
            string path = $"logit_bias.{token}";
            JsonNode node = bias ?? throw BodyErrors.Type(path, "a decimal", null);
            BodyErrors.CheckRange(path, "decimal", node, JsonRead.Number(node) ?? throw BodyErrors.Type(path, "a decimal", node), -100, 100);
        }

        JsonObject metadata = body["metadata"] switch
        {
            null => [],
            JsonObject json => json,
            var other => throw BodyErrors.Type("metadata", "an object", other),
        };
        if (metadata.Count > MaximumMetadata)
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid 'metadata': too many properties. Expected an object with at most {MaximumMetadata} properties, but got an object with {metadata.Count} properties "
                + "instead.", "metadata", "object_above_max_properties");
        }

        foreach ((string key, JsonNode? value) in metadata)
        {
            string text = JsonRead.Text(value) ?? throw BodyErrors.Type($"metadata.{key}", "a string", value);
            if (text.Length > 512)
            {
                throw BodyErrors.TextTooLong($"metadata.{key}", 512, text.Length);
            }
        }
    }
}
