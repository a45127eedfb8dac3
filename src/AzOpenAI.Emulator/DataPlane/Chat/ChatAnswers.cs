using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Determines the model's response: from a script, a marker in the prompt, a tool call, JSON, or the echo.</summary>
internal static class ChatAnswers
{
    private const string Filler = "word word word word word ";

    public static ChatAnswer To(DataPlaneRequest request, ChatParameters parameters, DeploymentState deployment, ScriptedAnswer? scripted, ContentFilter filter, FilterVerdict prompt)
    {
        CatalogueModel model = deployment.Model;
        int limit = Math.Min(parameters.MaxTokens ?? int.MaxValue, model.Limits.MaxOutputTokens ?? int.MaxValue);
        int reasoning = Reasoning(parameters, scripted, limit);
        int promptTokens = TokenCounter.Count(parameters.Messages);
        return new ChatAnswer
        {
            Id = "chatcmpl-" + Guid.NewGuid().ToString("N"),
            Created = request.Emulation.Clock.Now.ToUnixTimeSeconds(),
            Model = ModelRouting.Name(deployment, request.Emulation.Catalogue, promptTokens),
            Choices = [.. Enumerable.Range(0, parameters.Choices).Select(i => Choice(i, parameters, scripted, limit - reasoning, filter))],
            PromptFilter = prompt,
            Shape = AnswerShape.Of(request),
            PromptTokens = promptTokens,
            CachedTokens = scripted?.CachedTokens is { } cached ? Math.Min(cached, promptTokens) : Math.Min(deployment.PromptCache.Take(parameters.Messages), promptTokens),
            ReasoningTokens = reasoning * parameters.Choices,
        };
    }

    private static ChatChoice Choice(int index, ChatParameters parameters, ScriptedAnswer? scripted, int limit, ContentFilter filter)
    {
        string? refusal = scripted is null ? parameters.Markers.Refusal : scripted.Refusal;
        IReadOnlyList<ToolCall> calls = refusal is null ? ToolCalls.For(parameters, scripted) : [];
        string text = refusal is null ? Said(index, parameters, scripted, calls.Count > 0) : "";
        string reason = calls.Count == 0 ? "stop" : parameters.Tools.Legacy ? "function_call" : "tool_calls";
        text = StopSequences.Cut(text, parameters.Stops);
        if (TokenCounter.Count(text) > limit || limit <= 0)
        {
            (text, reason, calls) = (TokenCounter.Cut(text, Math.Max(0, limit)), "length", limit <= 0 ? [] : calls);
        }

        FilterVerdict verdict = filter.Completion(parameters.LastUserText, text);
        if (verdict.Filtered && !(parameters.Stream && filter.Asynchronous))
        {
            (text, refusal, reason, calls) = ("", null, "content_filter", []);
        }

        return new ChatChoice
        {
            Index = index,
            Text = text,
            Refusal = refusal,
            ToolCalls = calls,
            Legacy = parameters.Tools.Legacy,
            FinishReason = scripted?.FinishReason ?? reason,
            Filter = verdict,
            TopLogProbabilities = parameters.TopLogProbabilities,
        };
    }

    private static string Said(int index, ChatParameters parameters, ScriptedAnswer? scripted, bool calls)
    {
        if (scripted is not null)
        {
            return scripted.Choices is { Count: > 0 } choices ? choices[Math.Min(index, choices.Count - 1)] : scripted.Text ?? "";
        }

        if (calls)
        {
            return "";
        }

        if (parameters.Markers.Tokens is { } tokens)
        {
            return TokenCounter.Cut(string.Concat(Enumerable.Repeat(Filler, tokens * 4 / Filler.Length + 1)), tokens);
        }

        IReadOnlyList<string> results = ChatText.PendingToolResults(parameters.Messages);
        string text = results.Count > 0 ? "The tools said: " + string.Join("; ", results) : "You said: " + parameters.LastUserText;
        return parameters.Format.IsJson ? parameters.Format.Write(text) : text;
    }

    /// <summary>Reasoning tokens of a choice. Only a script or a marker can use the whole limit for them; otherwise half of it remains for the response.</summary>
    private static int Reasoning(ChatParameters parameters, ScriptedAnswer? scripted, int limit)
    {
        if ((scripted?.ReasoningTokens ?? parameters.Markers.ReasoningTokens) is { } exact)
        {
            return Math.Min(exact, limit);
        }

        int effort = parameters.Effort switch
        {
            "low" => 16,
            "medium" => 64,
            "high" => 256,
            "xhigh" => 512,
            "max" => 1024,
            _ => 0,
        };
        return Math.Min(effort, limit / 2);
    }
}
