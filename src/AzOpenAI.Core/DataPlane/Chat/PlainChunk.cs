using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>
/// Reads the event that most of a stream consists of: a chunk of text of the first choice, and nothing else that is new. A single pass over the bytes allocates
/// only the text. Anything else is left to <see cref="ChatStreamAssembler"/>, which reads every event.
/// </summary>
/// <remarks>Without it, a stream of 5,000 chunks takes 1.7 times as long as a bare client instead of 1.2 times, and the target is 1.5.</remarks>
internal ref struct PlainChunk
{
    private readonly PlainChunkFacts _known;
    private Utf8JsonReader _reader;
    private bool _hasId;
    private bool _hasModel;
    private int _choices;

    private PlainChunk(ReadOnlySpan<byte> data, PlainChunkFacts known)
    {
        _reader = new Utf8JsonReader(data);
        _known = known;
    }

    /// <summary>The text; empty if the event has none.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads an event.</summary>
    /// <param name="data">The event's data.</param>
    /// <param name="known">The values of earlier events: an event with other values isn't plain.</param>
    /// <param name="chunk">The result.</param>
    /// <returns>False if the event isn't plain; the result must not be used then.</returns>
    /// <exception cref="JsonException">It isn't JSON.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, PlainChunkFacts known, out PlainChunk chunk)
    {
        chunk = new PlainChunk(data, known);
        try
        {
            return chunk.ReadRoot();
        }
        catch (InvalidOperationException)
        {
            // Not UTF-8; the full reader reports it.
            return false;
        }
    }

    private bool ReadRoot()
    {
        if (!_reader.EnterObject())
            return false;
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("choices"u8))
            {
                if (!ReadChoices())
                    return false;
            }
            else if (_reader.ValueTextEquals("id"u8))
            {
                _hasId = true;
                if (!IsText(_known.Id))
                    return false;
            }
            else if (_reader.ValueTextEquals("model"u8))
            {
                _hasModel = true;
                if (!IsText(_known.Model))
                    return false;
            }
            else if (_reader.ValueTextEquals("created"u8))
            {
                if (!IsNumber(_known.Created))
                    return false;
            }
            else if (_reader.ValueTextEquals("object"u8) || _reader.ValueTextEquals("obfuscation"u8))
            {
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("system_fingerprint"u8))
            {
                if (!IsNullOrText(_known.Fingerprint))
                    return false;
            }
            else if (_reader.ValueTextEquals("service_tier"u8))
            {
                if (!IsNullOrText(_known.ServiceTier))
                    return false;
            }
            else if (!_reader.IsNull())
            {
                return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndObject && _choices == 1 && _hasId && _hasModel;
    }

    private bool ReadChoices()
    {
        if (!_reader.EnterArray())
            return false;
        while (_reader.NextObject())
        {
            if (++_choices > 1 || !ReadChoice())
                return false;
        }

        return _reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadChoice()
    {
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("delta"u8))
            {
                if (!ReadDelta())
                    return false;
            }
            else if (_reader.ValueTextEquals("index"u8))
            {
                if (!IsNumber(0))
                    return false;
            }
            else if (_reader.ValueTextEquals("content_filter_results"u8))
            {
                if (!ReadFindings())
                    return false;
            }
            else if (!_reader.IsNull())
            {
                return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndObject;
    }

    private bool ReadDelta()
    {
        if (!_reader.EnterObject())
            return false;
        while (_reader.NextMember())
        {
            if (_reader.ValueTextEquals("content"u8))
            {
                if (!_reader.Read() || _reader.TokenType != JsonTokenType.String)
                    return false;
                Text = _reader.GetString()!;
            }
            else if (_reader.ValueTextEquals("role"u8))
            {
                _reader.Skip();
            }
            else if (!_reader.IsNull())
            {
                return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndObject;
    }

    /// <summary>Reads the findings of the filter, if they are the same as the earlier ones: nothing was found.</summary>
    private bool ReadFindings()
    {
        if (!_reader.EnterObject())
            return false;
        while (_reader.NextMember())
        {
            if (!IsKnownAsHarmless() || !_reader.EnterObject())
                return false;
            while (_reader.NextMember())
            {
                bool isHarmless = _reader.ValueTextEquals("filtered"u8) ? _reader.IsFalse()
                    : _reader.ValueTextEquals("severity"u8) && _reader.IsText("safe"u8);
                if (!isHarmless)
                    return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndObject;
    }

    private bool IsKnownAsHarmless()
    {
        foreach (byte[] category in _known.HarmlessCategories)
        {
            if (_reader.ValueTextEquals(category))
                return true;
        }

        return false;
    }

    private bool IsNumber(long number) => _reader.Read() && _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long value) && value == number;

    private bool IsText(byte[]? text) => text is not null && _reader.IsText(text);

    private bool IsNullOrText(byte[]? text) =>
        _reader.Read() && (_reader.TokenType == JsonTokenType.Null || (_reader.TokenType == JsonTokenType.String && text is not null && _reader.ValueTextEquals(text)));
}
