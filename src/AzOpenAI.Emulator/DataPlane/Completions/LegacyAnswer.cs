using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Completions;

/// <summary>The response to a legacy completion, whole or in chunks. Choice n of prompt p has the index p * choices + n.</summary>
internal sealed record LegacyAnswer
{
    public required string Id { get; init; }

    public required long Created { get; init; }

    public required string Model { get; init; }

    public required IReadOnlyList<LegacyChoice> Choices { get; init; }

    public required IReadOnlyList<FilterVerdict> Prompts { get; init; }

    public required AnswerShape Shape { get; init; }

    public required int PromptTokens { get; init; }

    public int CompletionTokens => Choices.Sum(c => TokenCounter.Count(c.Text));

    public static LegacyAnswer To(
        DataPlaneRequest request, LegacyParameters parameters, DeploymentState deployment, ScriptedAnswer? scripted, ContentFilter filter, IReadOnlyList<FilterVerdict> prompts)
    {
        IEnumerable<(PromptInput Prompt, int Choice)> all = parameters.Prompts.SelectMany(p => Enumerable.Range(0, parameters.Choices).Select(n => (p, n)));
        return new LegacyAnswer
        {
            Id = "cmpl-" + Guid.NewGuid().ToString("N"),
            Created = request.Emulation.Clock.Now.ToUnixTimeSeconds(),
            Model = deployment.Model.Name,
            Choices = [.. all.Select((pair, i) => Choice(i, pair.Prompt, parameters, scripted, filter))],
            Prompts = prompts,
            Shape = AnswerShape.Of(request),
            PromptTokens = parameters.Prompts.Sum(p => p.Tokens),
        };
    }

    public JsonObject ToJson()
    {
        JsonObject json = Head(new JsonArray([.. Choices.Select(c => (JsonNode?)c.ToJson(Shape))]));
        if (Shape.Annotated)
        {
            json[Shape.PromptResults] = FilterVerdict.ToPromptResults(Prompts);
        }

        json["usage"] = Usage();
        return json;
    }

    public IEnumerable<StreamEvent> Events(bool includeUsage, int? chunkCount)
    {
        if (Shape.Annotated)
        {
            yield return StreamEvent.Of(StreamEventKind.Opening, new JsonObject
            {
                ["choices"] = new JsonArray(),
                ["created"] = 0,
                ["id"] = "",
                ["model"] = "",
                ["object"] = "",
                [Shape.PromptResults] = FilterVerdict.ToPromptResults(Prompts),
            });
        }

        foreach (LegacyChoice choice in Choices)
        {
            int offset = 0;
            foreach (string piece in TextPieces.Of(choice.Echoed + choice.Text, chunkCount))
            {
                yield return StreamEvent.Of(
                    StreamEventKind.Content, Head(new JsonArray(choice.ToChunk(Shape, piece, offset, null))), TokenCounter.Count(piece));
                offset += piece.Length;
            }

            yield return StreamEvent.Of(StreamEventKind.Closing, Head(new JsonArray(choice.ToChunk(Shape, "", offset, choice.FinishReason))));
        }

        if (includeUsage)
        {
            JsonObject usage = Head([]);
            usage["usage"] = Usage();
            yield return StreamEvent.Of(StreamEventKind.Closing, usage);
        }

        yield return StreamEvent.Done;
    }

    private static LegacyChoice Choice(int index, PromptInput prompt, LegacyParameters parameters, ScriptedAnswer? scripted, ContentFilter filter)
    {
        PromptMarkers markers = PromptMarkers.Read(prompt.Text);
        string said = scripted?.Choices is { Count: > 0 } choices ? choices[Math.Min(index, choices.Count - 1)]
            : scripted?.Text ?? (markers.Tokens is { } tokens ? new string('w', tokens * 4) : "You said: " + prompt.Text + parameters.Suffix);
        string text = StopSequences.Cut(said, parameters.Stops);
        string reason = "stop";
        if (TokenCounter.Count(text) > parameters.MaxTokens)
        {
            (text, reason) = (TokenCounter.Cut(text, parameters.MaxTokens), "length");
        }

        FilterVerdict verdict = filter.Completion(prompt.Text, text);
        return new LegacyChoice
        {
            Index = index,
            Echoed = parameters.Echo ? prompt.Text : "",
            Text = verdict.Filtered ? "" : text,
            FinishReason = verdict.Filtered ? "content_filter" : scripted?.FinishReason ?? reason,
            Filter = verdict,
            LogProbabilities = parameters.LogProbabilities,
        };
    }

    private JsonObject Usage() => new()
    {
        ["completion_tokens"] = CompletionTokens,
        ["prompt_tokens"] = PromptTokens,
        ["total_tokens"] = PromptTokens + CompletionTokens,
    };

    private JsonObject Head(JsonArray choices) =>
        new() { ["id"] = Id, ["object"] = "text_completion", ["created"] = Created, ["model"] = Model, ["choices"] = choices };
}
