using System.Buffers;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Streams;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Completions;

/// <summary>
/// Assembles the response to a legacy completion, from one body or from the events of a stream: both have choices with a text, the events a chunk of it.
/// Choice n of prompt p has the index p * choices + n.
/// </summary>
internal sealed class CompletionAssembler(CompletionRequest request) : IEventAssembler
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private readonly List<ContentFilterResult> _filter = [];
    private readonly ArrayBufferWriter<byte> _events = new(4096);
    private string? _whole;
    private string? _id;
    private string? _model;
    private DateTimeOffset? _createdAt;
    private TokenUsage? _usage;

    /// <summary>Texts in the last event.</summary>
    public List<(int Choice, string Text)> Texts { get; } = [];

    /// <summary>The error that an event reported, which ends the stream.</summary>
    public ServiceErrorBody? Error { get; private set; }

    /// <summary>True once the stream has sent its end marker.</summary>
    public bool Done { get; private set; }

    /// <summary>True once a choice has started.</summary>
    public bool HasChoices => _choices.Count > 0;

    /// <summary>True once every requested choice has a finish reason.</summary>
    public bool AllFinished => _choices.Count >= request.Prompts.Count * (request.ChoiceCount ?? 1) && _choices.Values.All(static choice => choice.FinishReason is not null);

    /// <summary>Reads the body of a response that isn't streamed.</summary>
    /// <returns>False if it isn't a completion.</returns>
    public bool TakeWhole(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.Member("choices"u8) is not { ValueKind: JsonValueKind.Array })
                return false;
            Read(document.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }

        _whole = Encoding.UTF8.GetString(body.Span);
        return true;
    }

    /// <summary>Adds an event.</summary>
    /// <returns>False if it isn't JSON.</returns>
    public bool Take(string eventType, ReadOnlySpan<byte> data)
    {
        Texts.Clear();
        if (data.SequenceEqual("[DONE]"u8))
        {
            Done = true;
            return true;
        }

        // Other names belong to other protocols or are keep-alive messages of gateways.
        if (eventType is not ("message" or "error") || data.IsEmpty)
            return true;

        try
        {
            Utf8JsonReader reader = new(data);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.Member("error"u8) is not null || eventType == "error")
            {
                // It isn't part of the response: the exception contains it, with its secrets masked.
                Error = ServiceErrorBody.Read(document.RootElement) ?? new ServiceErrorBody();
                return true;
            }

            _events.Write(_events.WrittenCount == 0 ? "["u8 : ","u8);
            _events.Write(data);
            Read(document.RootElement);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Everything received so far; the caller adds headers and duration.</summary>
    public List<TextCompletion> ToCompletions()
    {
        string raw = _whole ?? (_events.WrittenCount == 0 ? "[]" : Encoding.UTF8.GetString(_events.WrittenSpan) + "]");
        int each = request.ChoiceCount ?? 1;
        List<TextCompletion> completions = new(_choices.Count);
        foreach ((int position, Choice choice) in _choices)
        {
            int prompt = Math.Min(position / each, request.Prompts.Count - 1);
            completions.Add(new TextCompletion
            {
                Text = choice.Text.ToString(),
                PromptIndex = prompt,
                Index = position - (prompt * each),
                Prompt = request.Prompts[prompt],
                FinishReason = choice.FinishReason,
                LogProbs = choice.LogProbs ?? (IReadOnlyList<TokenLogProb>)[],
                ContentFilter = [.. _filter.Where(finding => finding.Index == (finding.Side == ContentFilterReader.Prompt ? prompt : position))],
                Model = _model,
                Deployment = request.Deployment,
                Id = _id,
                CreatedAt = _createdAt,
                Usage = _usage,
                Raw = raw,
            });
        }

        return completions;
    }

    private void Read(JsonElement root)
    {
        // Events with only findings have empty strings and zeros here.
        if (root.Text("id"u8) is { Length: > 0 } id)
            _id = id;
        if (root.Text("model"u8) is { Length: > 0 } model)
            _model = model;
        _createdAt = ChatResponseReader.Time(root.Number("created"u8)) ?? _createdAt;
        _usage = ChatResponseReader.Usage(root) ?? _usage;
        ContentFilterReader.ReadPrompts(root, _filter);
        int order = 0;
        foreach (JsonElement item in root.Items("choices"u8))
        {
            int position = (int)(item.Number("index"u8) ?? order);
            order++;
            if (position < 0)
                continue;
            if ((item.Member("content_filter_results"u8) ?? item.Member("content_filter_result"u8)) is { } findings)
                ContentFilterReader.Read(findings, ContentFilterReader.Completion, position, _filter);
            if (!_choices.TryGetValue(position, out Choice? choice))
                _choices[position] = choice = new Choice();
            if (item.Text("text"u8) is { Length: > 0 } text)
            {
                choice.Text.Append(text);
                Texts.Add((position, text));
            }

            if (item.Member("logprobs"u8) is { } logProbs)
                CompletionLogProbs.Read(logProbs, choice.LogProbs ??= []);
            choice.FinishReason = item.Text("finish_reason"u8) ?? choice.FinishReason;
        }
    }

    private sealed class Choice
    {
        public StringBuilder Text { get; } = new();

        public List<TokenLogProb>? LogProbs { get; set; }

        public string? FinishReason { get; set; }
    }
}
