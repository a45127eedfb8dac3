using System.Text;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Assembles the chunks of one choice.</summary>
internal sealed class ChatChoiceAssembler
{
    private readonly StringBuilder _content = new();
    private SortedDictionary<int, PartialCall>? _calls;
    private List<TokenLogProb>? _logProbs;
    private List<TokenLogProb>? _refusalLogProbs;
    private StringBuilder? _refusal;

    /// <summary>The finish reason, null until it ends.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>Adds a chunk.</summary>
    /// <returns>The text in it.</returns>
    public string? Take(JsonElement choice)
    {
        // The asynchronous filter may withdraw a choice that has already ended successfully.
        FinishReason = choice.Text("finish_reason"u8) ?? FinishReason;
        if (choice.Member("logprobs"u8) is { } logProbs)
        {
            LogProbReader.Read(logProbs, "content"u8, ref _logProbs);
            LogProbReader.Read(logProbs, "refusal"u8, ref _refusalLogProbs);
        }

        // A few services send a whole message instead of a last delta.
        if ((choice.Member("delta"u8) ?? choice.Member("message"u8)) is not { } delta)
            return null;

        if (delta.Text("refusal"u8) is { } refusal)
            (_refusal ??= new StringBuilder()).Append(refusal);
        int position = 0;
        foreach (JsonElement call in delta.Items("tool_calls"u8))
            TakeCall(call, position++);
        string? text = delta.Text("content"u8);
        _content.Append(text);
        return text;
    }

    /// <summary>Adds a chunk with only text.</summary>
    public void Take(string text) => _content.Append(text);

    /// <summary>Everything received so far.</summary>
    public ChatChoice ToChoice(int index) => new()
    {
        Index = index,
        Content = _content.ToString(),
        Refusal = _refusal?.ToString(),
        FinishReason = FinishReason,
        ToolCalls = _calls is null ? [] : [.. _calls.Values.Select(static call => new ToolCall(call.Id, call.Name, call.Arguments.ToString()))],
        LogProbs = _logProbs ?? (IReadOnlyList<TokenLogProb>)[],
        RefusalLogProbs = _refusalLogProbs ?? (IReadOnlyList<TokenLogProb>)[],
    };

    private void TakeCall(JsonElement call, int position)
    {
        int index = (int)(call.Number("index"u8) ?? position);
        _calls ??= [];
        if (!_calls.TryGetValue(index, out PartialCall? partial))
            _calls[index] = partial = new PartialCall();
        if (call.Text("id"u8) is { Length: > 0 } id)
            partial.Id = id;
        JsonElement tool = call.Member("function"u8) ?? call.Member("custom"u8) ?? default;
        if (tool.Text("name"u8) is { Length: > 0 } name)
            partial.Name = name;
        partial.Arguments.Append(tool.Text("arguments"u8) ?? tool.Text("input"u8));
    }

    private sealed class PartialCall
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
