using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>
/// Reads the most common response: one text, in which the filter found nothing. It takes a single pass over the bytes, where a JsonDocument takes several.
/// Anything else is left to <see cref="ChatResponseReader"/>, which reads every response.
/// </summary>
internal ref struct PlainAnswer
{
    private Utf8JsonReader _reader;
    private string? _id;
    private string? _model;
    private string? _fingerprint;
    private string? _serviceTier;
    private long? _created;
    private ChatChoice? _choice;
    private List<ContentFilterResult>? _promptFindings;
    private List<ContentFilterResult>? _findings;
    private TokenUsage? _usage;

    private PlainAnswer(ReadOnlySpan<byte> body) => _reader = new Utf8JsonReader(body);

    /// <summary>Returns the completion in a body.</summary>
    /// <returns>Null if the response isn't plain, or isn't a completion.</returns>
    public static ChatCompletion? Read(ReadOnlyMemory<byte> body)
    {
        PlainAnswer answer = new(body.Span);
        try
        {
            return answer.ReadRoot() ? answer.ToCompletion(body) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The full reader reports what is wrong with it.
            return null;
        }
    }

    private readonly ChatCompletion ToCompletion(ReadOnlyMemory<byte> body)
    {
        List<ContentFilterResult> findings = _promptFindings ?? _findings ?? [];
        if (_promptFindings is not null && _findings is not null)
            findings.AddRange(_findings);
        return new ChatCompletion
        {
            Id = _id,
            Choices = new List<ChatChoice>(1) { _choice! },
            Model = _model,
            CreatedAt = ChatResponseReader.Time(_created),
            Usage = _usage,
            ContentFilter = findings,
            SystemFingerprint = _fingerprint,
            ServiceTier = _serviceTier,
            Received = new ReceivedText(body),
        };
    }

    private bool ReadRoot()
    {
        if (!_reader.EnterObject())
            return false;
        while (_reader.NextMember())
        {
            bool plain = _reader.ValueTextEquals("choices"u8) ? ReadChoices()
                : _reader.ValueTextEquals("id"u8) ? _reader.TakeText(out _id)
                : _reader.ValueTextEquals("model"u8) ? _reader.TakeText(out _model)
                : _reader.ValueTextEquals("created"u8) ? _reader.TakeNumber(out _created)
                : _reader.ValueTextEquals("usage"u8) ? PlainUsage.Take(ref _reader, out _usage)
                : _reader.ValueTextEquals("prompt_filter_results"u8) ? ReadPrompts()
                : _reader.ValueTextEquals("system_fingerprint"u8) ? _reader.TakeText(out _fingerprint)
                : _reader.ValueTextEquals("service_tier"u8) ? _reader.TakeText(out _serviceTier)
                : !_reader.ValueTextEquals("prompt_annotations"u8) && _reader.TrySkip();
            if (!plain)
                return false;
        }

        return _reader.TokenType == JsonTokenType.EndObject && _choice is not null && !_reader.Read();
    }

    private bool ReadChoices()
    {
        if (_choice is not null || !_reader.EnterArray() || !_reader.NextObject())
            return false;
        string? content = null;
        string? finishReason = null;
        while (_reader.NextMember())
        {
            bool plain = _reader.ValueTextEquals("message"u8) ? ReadMessage(ref content)
                : _reader.ValueTextEquals("finish_reason"u8) ? TakeReason(out finishReason)
                : _reader.ValueTextEquals("index"u8) ? IsFirst()
                : _reader.ValueTextEquals("content_filter_results"u8) ? PlainFindings.Take(ref _reader, ContentFilterReader.Completion, ref _findings)
                : _reader.ValueTextEquals("logprobs"u8) ? _reader.IsNull()
                : !_reader.ValueTextEquals("content_filter_result"u8) && _reader.TrySkip();
            if (!plain)
                return false;
        }

        _choice = new ChatChoice { Content = content ?? "", FinishReason = finishReason };
        return EndsArray();
    }

    private bool ReadMessage(ref string? content)
    {
        if (!_reader.EnterObject())
            return false;
        while (_reader.NextMember())
        {
            bool plain = _reader.ValueTextEquals("content"u8) ? _reader.TakeText(out content)
                : _reader.ValueTextEquals("refusal"u8) || _reader.ValueTextEquals("tool_calls"u8) ? _reader.IsNull()
                : _reader.TrySkip();
            if (!plain)
                return false;
        }

        return _reader.TokenType == JsonTokenType.EndObject;
    }

    private bool ReadPrompts()
    {
        if (!_reader.EnterArray())
            return false;
        if (!_reader.NextObject())
            return _reader.TokenType == JsonTokenType.EndArray;
        while (_reader.NextMember())
        {
            bool plain = _reader.ValueTextEquals("content_filter_results"u8) ? PlainFindings.Take(ref _reader, ContentFilterReader.Prompt, ref _promptFindings)
                : _reader.ValueTextEquals("prompt_index"u8) ? IsFirst()
                : !_reader.ValueTextEquals("content_filter_result"u8) && _reader.TrySkip();
            if (!plain)
                return false;
        }

        return EndsArray();
    }

    private bool TakeReason(out string? reason)
    {
        reason = null;
        if (!_reader.Read() || _reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
            return false;
        if (_reader.TokenType == JsonTokenType.String)
            reason = _reader.ValueTextEquals("stop"u8) ? "stop" : _reader.GetString();
        return true;
    }

    private bool IsFirst() => _reader.TakeNumber(out long? index) && index == 0;

    /// <summary>True if the array's first object was its only one.</summary>
    private bool EndsArray() => _reader.TokenType == JsonTokenType.EndObject && _reader.Read() && _reader.TokenType == JsonTokenType.EndArray;
}
