using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Completions;

/// <summary>A validated legacy completion request.</summary>
internal sealed record LegacyParameters
{
    public const int DefaultMaxTokens = 16;

    private static readonly string[] Known =
    [
        "model", "prompt", "best_of", "echo", "frequency_penalty", "logit_bias", "logprobs", "max_tokens", "n", "presence_penalty", "seed", "stop", "stream",
        "stream_options", "suffix", "temperature", "top_p", "user",
    ];

    private static readonly (string Name, double Minimum, double Maximum)[] Decimals =
        [("temperature", 0, 2), ("top_p", 0, 1), ("presence_penalty", -2, 2), ("frequency_penalty", -2, 2)];

    private static readonly (string Name, int Minimum, int Maximum)[] Integers =
        [("n", 1, 128), ("max_tokens", 0, int.MaxValue), ("best_of", 1, 20), ("logprobs", 0, 5)];

    public required IReadOnlyList<PromptInput> Prompts { get; init; }

    public int Choices { get; init; } = 1;

    public int MaxTokens { get; init; } = DefaultMaxTokens;

    public bool Echo { get; init; }

    public string? Suffix { get; init; }

    public int? LogProbabilities { get; init; }

    public IReadOnlyList<string> Stops { get; init; } = [];

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    /// <summary>Estimated token cost of a body for the rate limit, before validation.</summary>
    public static double Cost(JsonObject body) =>
        (JsonRead.Integer(body["max_tokens"]) ?? DefaultMaxTokens) * (double)Math.Max(1, JsonRead.Integer(body["best_of"]) ?? 1);

    public static LegacyParameters Read(JsonObject body, CatalogueModel model)
    {
        if (body.FirstOrDefault(p => !Known.Contains(p.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            throw DataPlaneErrors.UnknownParameter(unknown);
        }

        foreach ((string name, double minimum, double maximum) in Decimals)
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

        int choices = JsonRead.Integer(body["n"]) ?? 1;
        bool stream = BodyErrors.Flag(body, "stream");
        if ((JsonRead.Integer(body["best_of"]) ?? choices) is var bestOf && (bestOf < choices || (stream && bestOf > choices)))
        {
            throw DataPlaneErrors.Invalid(
                bestOf < choices ? "You requested that the server return more choices than it will generate (HINT: best_of must be at least n)." : "best_of cannot be used with stream.",
                "best_of", null);
        }

        LegacyParameters parameters = new()
        {
            Prompts = PromptInput.Read(body["prompt"], "prompt"),
            Choices = choices,
            MaxTokens = JsonRead.Integer(body["max_tokens"]) ?? DefaultMaxTokens,
            Echo = BodyErrors.Flag(body, "echo"),
            Suffix = body["suffix"] is { } suffix ? JsonRead.Text(suffix) ?? throw BodyErrors.Type("suffix", "a string", suffix) : null,
            LogProbabilities = JsonRead.Integer(body["logprobs"]),
            Stops = StopSequences.Read(body),
            Stream = stream,
            IncludeUsage = body["stream_options"] is JsonObject options && BodyErrors.Flag(options, "include_usage"),
        };
        return (model.Limits.ContextWindow ?? model.Limits.MaxTotalTokens) is { } window
            && parameters.Prompts.FirstOrDefault(p => (long)p.Tokens + parameters.MaxTokens > window) is { } tooLong
            ? throw DataPlaneErrors.PromptTooLong(window, tooLong.Tokens, parameters.MaxTokens)
            : parameters;
    }
}
