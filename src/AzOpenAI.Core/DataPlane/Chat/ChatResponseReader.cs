using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Reads a response that isn't streamed.</summary>
internal static class ChatResponseReader
{
    /// <summary>Returns the completion in a body; the caller adds headers and duration.</summary>
    /// <returns>Null if the body isn't a completion.</returns>
    public static ChatCompletion? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement root = document.RootElement;
            if (root.Member("choices"u8) is not { ValueKind: JsonValueKind.Array } array)
                return null;

            List<ContentFilterResult> filter = [];
            ContentFilterReader.ReadPrompts(root, filter);
            List<ChatChoice> choices = new(array.GetArrayLength());
            foreach (JsonElement choice in array.EnumerateArray())
                choices.Add(ReadChoice(choice, choices.Count, filter));
            return new ChatCompletion
            {
                Id = root.Text("id"u8),
                Choices = choices,
                Model = root.Text("model"u8),
                CreatedAt = Time(root.Number("created"u8)),
                Usage = Usage(root),
                ContentFilter = filter,
                SystemFingerprint = root.Text("system_fingerprint"u8),
                ServiceTier = root.Text("service_tier"u8),
                Received = new ReceivedText(body),
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The billed tokens, or null if the service didn't report them.</summary>
    public static TokenUsage? Usage(JsonElement root)
    {
        if (root.Member("usage"u8) is not { ValueKind: JsonValueKind.Object } usage)
            return null;
        JsonElement prompt = usage.Member("prompt_tokens_details"u8) ?? default;
        JsonElement completion = usage.Member("completion_tokens_details"u8) ?? default;
        return new TokenUsage
        {
            PromptTokens = Count(usage, "prompt_tokens"u8),
            CompletionTokens = Count(usage, "completion_tokens"u8),
            TotalTokens = Count(usage, "total_tokens"u8),
            CachedTokens = Count(prompt, "cached_tokens"u8),
            ReasoningTokens = Count(completion, "reasoning_tokens"u8),
            AcceptedPredictionTokens = Count(completion, "accepted_prediction_tokens"u8),
            RejectedPredictionTokens = Count(completion, "rejected_prediction_tokens"u8),
            AudioTokens = Count(prompt, "audio_tokens"u8) + Count(completion, "audio_tokens"u8),
        };
    }

    /// <summary>The time of a Unix timestamp, or null for zero: events without text have a zero there.</summary>
    public static DateTimeOffset? Time(long? seconds) =>
        seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;

    private static ChatChoice ReadChoice(JsonElement choice, int position, List<ContentFilterResult> filter)
    {
        int index = (int)(choice.Number("index"u8) ?? position);
        if ((choice.Member("content_filter_results"u8) ?? choice.Member("content_filter_result"u8)) is { } findings)
            ContentFilterReader.Read(findings, ContentFilterReader.Completion, index, filter);
        JsonElement message = choice.Member("message"u8) ?? default;
        List<ToolCall>? calls = null;
        foreach (JsonElement call in message.Items("tool_calls"u8))
        {
            // A custom tool call has its data under "custom", with "input" for the arguments.
            JsonElement tool = call.Member("function"u8) ?? call.Member("custom"u8) ?? default;
            (calls ??= []).Add(new ToolCall(call.Text("id"u8) ?? "", tool.Text("name"u8) ?? "", tool.Text("arguments"u8) ?? tool.Text("input"u8) ?? ""));
        }

        List<TokenLogProb>? content = null;
        List<TokenLogProb>? refusal = null;
        if (choice.Member("logprobs"u8) is { } logProbs)
        {
            LogProbReader.Read(logProbs, "content"u8, ref content);
            LogProbReader.Read(logProbs, "refusal"u8, ref refusal);
        }

        return new ChatChoice
        {
            Index = index,
            Content = message.Text("content"u8) ?? "",
            Refusal = message.Text("refusal"u8),
            FinishReason = choice.Text("finish_reason"u8),
            ToolCalls = calls ?? (IReadOnlyList<ToolCall>)[],
            LogProbs = content ?? (IReadOnlyList<TokenLogProb>)[],
            RefusalLogProbs = refusal ?? (IReadOnlyList<TokenLogProb>)[],
        };
    }

    private static int Count(JsonElement element, ReadOnlySpan<byte> name) => (int)Math.Clamp(element.Number(name) ?? 0, 0, int.MaxValue);
}
