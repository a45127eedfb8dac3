using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Where in a stream an event stands.</summary>
internal enum ChatEventKind
{
    Opening,
    Content,
    Closing,
}

/// <summary>One event: its data, and the tokens that it stands for.</summary>
internal sealed record ChatEvent(ChatEventKind Kind, string Data, int Tokens);

/// <summary>Cuts an answer into the chunks of a stream; members stand in the order that the service uses.</summary>
internal sealed partial class ChatChunks(ChatParameters parameters, ChatAnswer answer, int? chunkCount)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IEnumerable<ChatEvent> All()
    {
        yield return new ChatEvent(ChatEventKind.Opening, Text(Opening()), 0);
        for (int choice = 0; choice < answer.Choices; choice++)
        {
            JsonObject role = new() { ["content"] = "", ["refusal"] = null, ["role"] = "assistant" };
            yield return new ChatEvent(ChatEventKind.Opening, Text(Chunk(choice, role, null, [])), 0);
        }

        foreach (ChatEvent content in Content())
        {
            yield return content;
        }

        for (int choice = 0; choice < answer.Choices; choice++)
        {
            JsonObject filter = answer.Filtered is null ? [] : ContentFilters.Severity(answer.Filtered);
            yield return new ChatEvent(ChatEventKind.Closing, Text(Chunk(choice, [], answer.FinishReason, filter)), 0);
        }

        if (parameters.IncludeUsage)
        {
            yield return new ChatEvent(ChatEventKind.Closing, Text(Usage()), 0);
        }

        yield return new ChatEvent(ChatEventKind.Closing, "[DONE]", 0);
    }

    /// <summary>The texts of the content chunks; joined they are the answer.</summary>
    private List<string> Pieces()
    {
        if (chunkCount is not { } count)
        {
            return [.. Word().Matches(answer.Text).Select(m => m.Value)];
        }

        // A fixed number of chunks is for measuring: the text is spread over them, and the rest are dots.
        List<string> pieces = [];
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)answer.Text.Length * i / count);
            int to = (int)((long)answer.Text.Length * (i + 1) / count);
            pieces.Add(from < to ? answer.Text[from..to] : ".");
        }

        return pieces;
    }

    private IEnumerable<ChatEvent> Content()
    {
        if (answer.ToolCalls is not null)
        {
            foreach (JsonObject call in answer.ToolCalls.OfType<JsonObject>())
            {
                foreach (JsonObject delta in ToolDeltas(call))
                {
                    yield return new ChatEvent(ChatEventKind.Content, Text(Chunk(0, delta, null, [])), 1);
                }
            }

            yield break;
        }

        foreach (string piece in Pieces())
        {
            for (int choice = 0; choice < answer.Choices; choice++)
            {
                yield return new ChatEvent(
                    ChatEventKind.Content, Text(Chunk(choice, new JsonObject { ["content"] = piece }, null, ContentFilters.Severity(null))), TokenCounter.Count(piece));
            }
        }
    }

    /// <summary>Id and name come in the first piece only, then the arguments in two.</summary>
    private static IEnumerable<JsonObject> ToolDeltas(JsonObject call)
    {
        string arguments = call["function"]!["arguments"]!.GetValue<string>();
        int half = arguments.Length / 2;
        yield return Delta(new JsonObject
        {
            ["function"] = new JsonObject { ["arguments"] = "", ["name"] = call["function"]!["name"]!.DeepClone() },
            ["id"] = call["id"]!.DeepClone(),
            ["index"] = 0,
            ["type"] = "function",
        });
        foreach (string part in new[] { arguments[..half], arguments[half..] })
        {
            yield return Delta(new JsonObject { ["function"] = new JsonObject { ["arguments"] = part }, ["index"] = 0 });
        }

        static JsonObject Delta(JsonObject toolCall) => new() { ["tool_calls"] = new JsonArray(toolCall) };
    }

    private static JsonObject Opening() => new()
    {
        ["choices"] = new JsonArray(),
        ["created"] = 0,
        ["id"] = "",
        ["model"] = "",
        ["object"] = "",
        ["prompt_filter_results"] = ContentFilters.PromptResults(),
    };

    private JsonObject Usage()
    {
        JsonObject chunk = Chunk(0, [], null, []);
        chunk["choices"] = new JsonArray();
        chunk["usage"] = answer.Usage();
        return chunk;
    }

    private JsonObject Chunk(int choice, JsonObject delta, string? finishReason, JsonObject filter) => new()
    {
        ["choices"] = new JsonArray(new JsonObject
        {
            ["content_filter_results"] = filter,
            ["delta"] = delta,
            ["finish_reason"] = finishReason,
            ["index"] = choice,
            ["logprobs"] = null,
        }),
        ["created"] = answer.Created,
        ["id"] = answer.Id,
        ["model"] = answer.Model,
        ["object"] = "chat.completion.chunk",
        ["system_fingerprint"] = ChatAnswer.Fingerprint,
    };

    private static string Text(JsonObject json) => json.ToJsonString(Relaxed);

    [GeneratedRegex(@"\s*\S+|\s+$")]
    private static partial Regex Word();
}
