using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Writes messages: text alone as a string, otherwise an array of parts.</summary>
internal static class ChatMessageWriter
{
    /// <summary>Writes the member <c>messages</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        json.WriteStartArray("messages"u8);
        for (int i = 0; i < messages.Count; i++)
            WriteMessage(json, messages[i]);
        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, message.Role);
        if (message.Parts.Count > 0)
            WriteParts(json, message);
        else if (message.Content.Length == 0 && (message.ToolCalls.Count > 0 || message.Refusal is not null))
            json.WriteNull("content"u8);
        else
            json.WriteString("content"u8, message.Content);
        if (message.Name is { } name)
            json.WriteString("name"u8, name);
        if (message.ToolCallId is { } id)
            json.WriteString("tool_call_id"u8, id);
        if (message.Refusal is { } refusal)
            json.WriteString("refusal"u8, refusal);
        if (message.ToolCalls.Count > 0)
            WriteToolCalls(json, message.ToolCalls);
        json.WriteEndObject();
    }

    private static void WriteToolCalls(Utf8JsonWriter json, IReadOnlyList<ToolCall> calls)
    {
        json.WriteStartArray("tool_calls"u8);
        foreach (ToolCall call in calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, call.Id);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, call.Name);
            json.WriteString("arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteParts(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray("content"u8);
        if (message.Content.Length > 0)
            WritePart(json, ChatContentPart.FromText(message.Content));
        foreach (ChatContentPart part in message.Parts)
            WritePart(json, part);
        json.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter json, ChatContentPart part)
    {
        if (part.Json is { } raw)
        {
            json.WriteRawValue(raw);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, part.Type);
        switch (part.Type)
        {
            case "text":
                json.WriteString("text"u8, part.Text);
                break;
            case "image_url":
                json.WriteStartObject("image_url"u8);
                json.WritePropertyName("url"u8);
                if (part.Url is { } url)
                    json.WriteStringValue(url);
                else
                    WriteDataAddress(json, part);
                if (part.Detail is { } detail)
                    json.WriteString("detail"u8, detail);
                json.WriteEndObject();
                break;
            case "file":
                json.WriteStartObject("file"u8);
                if (part.FileId is { } fileId)
                {
                    json.WriteString("file_id"u8, fileId);
                }
                else
                {
                    json.WriteString("filename"u8, part.FileName);
                    json.WritePropertyName("file_data"u8);
                    WriteDataAddress(json, part);
                }

                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    // Images are large: they are written to the body without an intermediate string.
    private static void WriteDataAddress(Utf8JsonWriter json, ChatContentPart part)
    {
        string prefix = $"data:{part.MediaType};base64,";
        int prefixLength = Encoding.UTF8.GetByteCount(prefix);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(prefixLength + Base64.GetMaxEncodedToUtf8Length(part.Data.Length));
        try
        {
            Encoding.UTF8.GetBytes(prefix, buffer);
            Base64.EncodeToUtf8(part.Data.Span, buffer.AsSpan(prefixLength), out _, out int encoded);
            json.WriteStringValue(buffer.AsSpan(0, prefixLength + encoded));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
