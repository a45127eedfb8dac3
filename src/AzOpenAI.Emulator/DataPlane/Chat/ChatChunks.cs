using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Splits a response into the chunks of a stream; members are in the service's order.</summary>
internal sealed class ChatChunks(ChatParameters parameters, ChatAnswer answer, bool asynchronous, EmulatorSettings settings)
{
    /// <summary>Maximum number of characters between reports of the asynchronous filter.</summary>
    private const int SignalEvery = 1000;

    private readonly int[] _reported = new int[answer.Choices.Count];
    private readonly bool _obfuscation = parameters.Obfuscation || settings.Obfuscation;

    public IEnumerable<StreamEvent> All()
    {
        if (answer.Shape.Annotated)
        {
            yield return StreamEvent.Of(StreamEventKind.Opening, Opening());
        }

        foreach (ChatChoice choice in answer.Choices)
        {
            JsonObject role = new() { ["content"] = choice.ToolCalls.Count > 0 ? null : "", ["refusal"] = null, ["role"] = "assistant" };
            yield return StreamEvent.Of(StreamEventKind.Opening, Chunk(choice, role, null, []));
        }

        foreach (StreamEvent content in Content())
        {
            yield return content;
        }

        foreach (ChatChoice choice in answer.Choices)
        {
            foreach (StreamEvent closing in Closing(choice))
            {
                yield return closing;
            }
        }

        if (parameters.IncludeUsage)
        {
            JsonObject usage = Chunk(answer.Choices[0], [], null, []);
            usage["choices"] = new JsonArray();
            usage["usage"] = answer.Usage();
            yield return StreamEvent.Of(StreamEventKind.Closing, usage);
        }

        yield return StreamEvent.Done;
    }

    /// <summary>Chunks of all choices in turn, until each is complete.</summary>
    private IEnumerable<StreamEvent> Content()
    {
        IEnumerator<StreamEvent>[] choices = [.. answer.Choices.Select(c => Pieces(c).GetEnumerator())];
        for (bool more = true; more;)
        {
            more = false;
            foreach (IEnumerator<StreamEvent> choice in choices)
            {
                if (choice.MoveNext())
                {
                    more = true;
                    yield return choice.Current;
                }
            }
        }
    }

    private IEnumerable<StreamEvent> Pieces(ChatChoice choice)
    {
        int sent = 0;
        string member = choice.Refusal is null ? "content" : "refusal";
        string text = choice.Refusal ?? choice.Text;
        int? count = choice.ToolCalls.Count > 0 && text.Length == 0 ? null : settings.ChunkCount;
        foreach (string piece in TextPieces.Of(text, count))
        {
            JsonObject chunk = Chunk(choice, new JsonObject { [member] = piece }, null, choice.Filter.ToChunk());
            if (choice.TopLogProbabilities is { } top)
            {
                IReadOnlyList<string> tokens = TokenCounter.Split(piece);
                chunk["choices"]![0]!["logprobs"] = TokenLogProbabilities.Chat(tokens, choice.Refusal is null ? null : tokens, top);
            }

            yield return StreamEvent.Of(StreamEventKind.Content, chunk, TokenCounter.Count(piece));
            sent += piece.Length;
            if (asynchronous && !choice.Filter.Filtered && sent - _reported[choice.Index] >= SignalEvery)
            {
                yield return Signal(choice, null, choice.Filter.ToChunk(), sent);
                _reported[choice.Index] = sent;
            }
        }

        for (int i = 0; i < choice.ToolCalls.Count; i++)
        {
            foreach (JsonObject delta in choice.Legacy ? FunctionDeltas(choice.ToolCalls[i]) : ToolDeltas(choice.ToolCalls[i], i))
            {
                yield return StreamEvent.Of(StreamEventKind.Content, Chunk(choice, delta, null, []), 1);
            }
        }
    }

    /// <summary>The asynchronous filter reports after the finish, or instead of it if it stops the stream.</summary>
    private IEnumerable<StreamEvent> Closing(ChatChoice choice)
    {
        if (asynchronous && choice.Filter.Filtered)
        {
            yield return Signal(choice, "content_filter", choice.Filter.ToSignal(), choice.Text.Length);
            yield break;
        }

        yield return StreamEvent.Of(StreamEventKind.Closing, Chunk(choice, [], choice.FinishReason, choice.Filter.Filtered ? choice.Filter.ToChunk() : []));
        if (asynchronous)
        {
            yield return Signal(choice, null, choice.Filter.ToChunk(), choice.Text.Length);
        }
    }

    /// <summary>Offsets are relative to the start of the prompt.</summary>
    private StreamEvent Signal(ChatChoice choice, string? finishReason, JsonObject results, int to)
    {
        int from = _reported[choice.Index];
        int prompt = ChatText.All(parameters.Messages).Length;
        return StreamEvent.Of(StreamEventKind.Closing, new JsonObject
        {
            ["id"] = "",
            ["object"] = "",
            ["created"] = 0,
            ["model"] = "",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = choice.Index,
                ["finish_reason"] = finishReason,
                ["content_filter_results"] = results,
                ["content_filter_offsets"] = new JsonObject
                {
                    ["check_offset"] = prompt + from,
                    ["start_offset"] = prompt + from,
                    ["end_offset"] = prompt + to,
                },
            }),
            ["usage"] = null,
        });
    }

    /// <summary>ID and name are only in the first chunk; the arguments follow in two more.</summary>
    private static IEnumerable<JsonObject> ToolDeltas(ToolCall call, int index)
    {
        yield return Delta(new JsonObject
        {
            ["function"] = new JsonObject { ["arguments"] = "", ["name"] = call.Name },
            ["id"] = call.Id,
            ["index"] = index,
            ["type"] = "function",
        });
        foreach (string part in Halves(call.Arguments))
        {
            yield return Delta(new JsonObject { ["function"] = new JsonObject { ["arguments"] = part }, ["index"] = index });
        }

        static JsonObject Delta(JsonObject toolCall) => new() { ["tool_calls"] = new JsonArray(toolCall) };
    }

    private static IEnumerable<JsonObject> FunctionDeltas(ToolCall call)
    {
        yield return new JsonObject { ["function_call"] = new JsonObject { ["arguments"] = "", ["name"] = call.Name } };
        foreach (string part in Halves(call.Arguments))
        {
            yield return new JsonObject { ["function_call"] = new JsonObject { ["arguments"] = part } };
        }
    }

    private static IEnumerable<string> Halves(string text)
    {
        int half = TokenCounter.Boundary(text, text.Length / 2);
        return [text[..half], text[half..]];
    }

    private JsonObject Opening() => new()
    {
        ["choices"] = new JsonArray(),
        ["created"] = 0,
        ["id"] = "",
        ["model"] = "",
        ["object"] = "",
        [answer.Shape.PromptResults] = FilterVerdict.ToPromptResults([answer.PromptFilter]),
    };

    private JsonObject Chunk(ChatChoice choice, JsonObject delta, string? finishReason, JsonObject filter)
    {
        JsonObject item = new() { ["delta"] = delta, ["finish_reason"] = finishReason, ["index"] = choice.Index, ["logprobs"] = null };
        if (answer.Shape.Annotated && !asynchronous)
        {
            item.Insert(0, "content_filter_results", filter);
        }

        JsonObject chunk = new()
        {
            ["choices"] = new JsonArray(item),
            ["created"] = answer.Created,
            ["id"] = answer.Id,
            ["model"] = answer.Model,
            ["object"] = "chat.completion.chunk",
            ["system_fingerprint"] = ChatAnswer.Fingerprint,
        };
        if (_obfuscation)
        {
            // Padding hides the length of the text; its own length isn't a secret here.
            chunk["obfuscation"] = "0123456789abcdef"[..(16 - delta.Count)];
        }

        return chunk;
    }
}
