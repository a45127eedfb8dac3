using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.DataPlane.Streams;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>
/// Assembles the events of a stream. Events may come without choices (prompt filter, usage), without a delta (asynchronous filter, also after the end
/// of the text), for several choices at once, and with unknown members.
/// </summary>
internal sealed class ChatStreamAssembler : IEventAssembler
{
    private readonly SortedDictionary<int, ChatChoiceAssembler> _choices = [];
    private readonly List<ContentFilterResult> _filter = [];
    private readonly ReceivedText _raw = new();
    private string? _id;
    private string? _model;
    private string? _fingerprint;
    private string? _serviceTier;
    private DateTimeOffset? _createdAt;
    private TokenUsage? _usage;
    private PlainChunkFacts? _facts;

    /// <summary>Texts in the last event.</summary>
    public List<(int Choice, string Text)> Texts { get; } = [];

    /// <summary>The error that an event reported, which ends the stream.</summary>
    public ServiceErrorBody? Error { get; private set; }

    /// <summary>True once the stream has sent its end marker.</summary>
    public bool Done { get; private set; }

    /// <summary>True once a choice has started.</summary>
    public bool HasChoices => _choices.Count > 0;

    /// <summary>True once every choice that started has a finish reason.</summary>
    public bool AllFinished => _choices.Count > 0 && _choices.Values.All(static choice => choice.FinishReason is not null);

    /// <summary>Adds an event.</summary>
    /// <param name="eventType">The event's name; <c>message</c> if it doesn't have one.</param>
    /// <param name="data">Its data.</param>
    /// <returns>False if it isn't JSON; true if it was added or can be ignored.</returns>
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
            if (eventType == "message" && TakePlain(data))
                return true;
            _facts = null;
            Utf8JsonReader reader = new(data);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            if (root.Member("error"u8) is not null || eventType == "error")
            {
                // It isn't part of the response: the exception contains it, with its secrets masked.
                Error = ServiceErrorBody.Read(root) ?? new ServiceErrorBody();
                return true;
            }

            Keep(data);
            ReadEvent(root);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Everything received so far.</summary>
    public ChatCompletion ToCompletion() => new()
    {
        Id = _id,
        Choices = [.. _choices.Select(static choice => choice.Value.ToChoice(choice.Key))],
        Model = _model,
        CreatedAt = _createdAt,
        Usage = _usage,
        ContentFilter = [.. _filter],
        SystemFingerprint = _fingerprint,
        ServiceTier = _serviceTier,
        Received = _raw.Length == 0 ? _raw.With("[]"u8) : _raw.With("]"u8),
    };

    private bool TakePlain(ReadOnlySpan<byte> data)
    {
        // The first event of a choice is read in full, and so is everything after its end: the filter may still withdraw it.
        if (!_choices.TryGetValue(0, out ChatChoiceAssembler? first) || first.FinishReason is not null)
            return false;
        _facts ??= PlainChunkFacts.Of(_id, _model, _createdAt, _fingerprint, _serviceTier, _filter);
        if (!PlainChunk.TryRead(data, _facts, out PlainChunk chunk))
            return false;
        Keep(data);
        first.Take(chunk.Text);
        if (chunk.Text.Length > 0)
            Texts.Add((0, chunk.Text));
        return true;
    }

    private void ReadEvent(JsonElement root)
    {
        // Events with only findings have empty strings and zeros here.
        if (root.Text("id"u8) is { Length: > 0 } id)
            _id = id;
        if (root.Text("model"u8) is { Length: > 0 } model)
            _model = model;
        _fingerprint ??= root.Text("system_fingerprint"u8);
        _serviceTier ??= root.Text("service_tier"u8);
        _createdAt = ChatResponseReader.Time(root.Number("created"u8)) ?? _createdAt;
        _usage = ChatResponseReader.Usage(root) ?? _usage;
        ContentFilterReader.ReadPrompts(root, _filter);
        foreach (JsonElement choice in root.Items("choices"u8))
        {
            int index = (int)(choice.Number("index"u8) ?? 0);
            if ((choice.Member("content_filter_results"u8) ?? choice.Member("content_filter_result"u8)) is { } findings)
                ContentFilterReader.Read(findings, ContentFilterReader.Completion, index, _filter);
            if (!_choices.TryGetValue(index, out ChatChoiceAssembler? assembler))
                _choices[index] = assembler = new ChatChoiceAssembler();
            if (assembler.Take(choice) is { Length: > 0 } text)
                Texts.Add((index, text));
        }
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        _raw.Add(_raw.Length == 0 ? "["u8 : ","u8);
        _raw.Add(data);
    }
}
