using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Bulk;

/// <summary>The lines of a journal. The first describes the journal; each other line has a response or a failure. The last line of a key counts.</summary>
internal static class JournalLine
{
    private const string Format = "AzOpenAI";
    private const int Version = 1;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The first line.</summary>
    public static ReadOnlyMemory<byte> Head(JournalTarget target) => Line(json =>
    {
        json.WriteString("journal"u8, Format);
        json.WriteNumber("version"u8, Version);
        json.WriteString("command"u8, target.Command);
        json.WriteString("endpoint"u8, target.Endpoint);
        json.WriteString("deployment"u8, target.Deployment);
        json.WriteString("created"u8, DateTimeOffset.UtcNow);
    });

    /// <summary>A response.</summary>
    public static ReadOnlyMemory<byte> Done(int index, JournalKey key, ChatCompletion completion) => Line(json =>
    {
        WriteItem(json, index, key, "done"u8);
        json.WriteString("requestId"u8, completion.RequestId);
        json.WriteString("region"u8, completion.Region);
        json.WriteString("deployment"u8, completion.Deployment);
        json.WriteNumber("duration"u8, completion.Duration.TotalSeconds);
        json.WritePropertyName("answer"u8);
        WriteOnOneLine(json, completion.Raw ?? "null");
    });

    /// <summary>A failure.</summary>
    public static ReadOnlyMemory<byte> Failed(int index, JournalKey key, AzOpenAIException failure) => Line(json =>
    {
        WriteItem(json, index, key, "failed"u8);
        json.WriteString("requestId"u8, failure.RequestId);
        json.WriteString("errorId"u8, failure.ErrorId);
        json.WriteString("message"u8, failure.Message);
    });

    /// <summary>True if it is empty or the start of a first line.</summary>
    public static bool MayBecomeHead(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> head = """{"journal":"AzOpenAI","""u8;
        return start.Length < head.Length ? head.StartsWith(start) : start.StartsWith(head);
    }

    /// <summary>The contents of the first line, or null if it isn't a journal.</summary>
    public static JournalTarget? ReadHead(ReadOnlySpan<byte> line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line.ToArray());
            JsonElement head = document.RootElement;
            return head.ValueKind == JsonValueKind.Object && head.Text("journal"u8) == Format && head.Number("version"u8) == Version
                ? new JournalTarget(head.Text("command"u8) ?? "", head.Text("endpoint"u8) ?? "", head.Text("deployment"u8) ?? "")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The key of another line, and whether it has a response.</summary>
    /// <returns>False if the line isn't from a journal or is incomplete.</returns>
    public static bool TryReadItem(ReadOnlySpan<byte> line, out JournalKey key, out int index, out bool isDone)
    {
        (key, index, isDone) = (default, 0, false);
        try
        {
            UInt128? hash = null;
            int occurrence = 0;
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isIndex = reader.ValueTextEquals("index"u8);
                bool isRequest = reader.ValueTextEquals("request"u8);
                bool isSame = reader.ValueTextEquals("same"u8);
                bool isStatus = reader.ValueTextEquals("status"u8);
                if (!reader.Read())
                    return false;
                if (isIndex)
                    index = reader.GetInt32();
                else if (isRequest)
                    hash = UInt128.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                else if (isSame)
                    occurrence = reader.GetInt32();
                else if (isStatus)
                    isDone = reader.ValueTextEquals("done"u8);
                else
                    reader.Skip();
            }

            // A truncated line doesn't have the end of its object.
            if (hash is not { } request || reader.TokenType != JsonTokenType.EndObject || reader.BytesConsumed < line.TrimEnd((byte)'\r').Length)
                return false;
            key = new JournalKey(request, occurrence);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or OverflowException or ArgumentNullException)
        {
            return false;
        }
    }

    /// <summary>The original response in a line, or null.</summary>
    public static ChatCompletion? ReadAnswer(ReadOnlyMemory<byte> line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement item = document.RootElement;
        if (item.Member("answer"u8) is not { ValueKind: JsonValueKind.Object } answer
            || ChatResponseReader.Read(Encoding.UTF8.GetBytes(answer.GetRawText())) is not { } completion)
            return null;
        return completion with
        {
            RequestId = item.Text("requestId"u8),
            Region = item.Text("region"u8),
            Deployment = item.Text("deployment"u8),
            Duration = item.Member("duration"u8) is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(seconds.GetDouble()) : TimeSpan.Zero,
        };
    }

    private static void WriteItem(Utf8JsonWriter json, int index, JournalKey key, ReadOnlySpan<byte> status)
    {
        json.WriteNumber("index"u8, index);
        json.WriteString("request"u8, key.Request.ToString("x32", CultureInfo.InvariantCulture));
        if (key.Occurrence > 0)
            json.WriteNumber("same"u8, key.Occurrence);
        json.WriteString("status"u8, status);
        json.WriteString("finished"u8, DateTimeOffset.UtcNow);
    }

    // In JSON, line breaks are only possible between members; within strings they are escaped.
    private static void WriteOnOneLine(Utf8JsonWriter json, string raw)
    {
        if (!raw.AsSpan().ContainsAny('\n', '\r'))
        {
            json.WriteRawValue(raw, skipInputValidation: true);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(raw);
        document.RootElement.WriteTo(json);
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new(2048);
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
