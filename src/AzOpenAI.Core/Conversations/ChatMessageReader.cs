using System.Text.Json;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Conversations;

/// <summary>Reads messages in the API's format: the reverse of <see cref="ChatMessageWriter"/>.</summary>
/// <param name="invalid">Creates the error for a location and a reason.</param>
/// <param name="leftOut">Receives the locations of what isn't supported in a message.</param>
internal sealed class ChatMessageReader(Func<string, string, AzOpenAIException> invalid, List<string> leftOut)
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool", "function"];
    private static readonly string[] Members = ["role", "content", "name", "tool_call_id", "refusal", "tool_calls"];

    /// <summary>Reads a message.</summary>
    public ChatMessage Read(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw invalid(path, $"is {ConversationReader.Kind(value)}, not a message");
        string role = Text(value, "role", path) ?? throw invalid(path, "doesn't have a role");
        if (!Roles.Contains(role))
            throw invalid($"{path}.role", $"is '{role}', not one of {string.Join(", ", Roles)}");
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!Members.Contains(member.Name) && !IsEmpty(member.Value))
                leftOut.Add($"{path}.{member.Name}");
        }

        (string content, IReadOnlyList<ChatContentPart> parts) = Content(value, path);
        return new ChatMessage(role, content)
        {
            Parts = parts,
            Name = Text(value, "name", path),
            ToolCallId = Text(value, "tool_call_id", path),
            Refusal = Text(value, "refusal", path),
            ToolCalls = ToolCalls(value, path),
        };
    }

    private (string Text, IReadOnlyList<ChatContentPart> Parts) Content(JsonElement message, string path)
    {
        if (!message.TryGetProperty("content", out JsonElement content) || content.ValueKind == JsonValueKind.Null)
            return ("", []);
        if (content.ValueKind == JsonValueKind.String)
            return (content.GetString()!, []);
        if (content.ValueKind != JsonValueKind.Array)
            throw invalid($"{path}.content", $"is {ConversationReader.Kind(content)}, not a string or an array of parts");
        List<ChatContentPart> parts = [];
        foreach (JsonElement part in content.EnumerateArray())
            parts.Add(Part(part, $"{path}.content[{parts.Count}]"));
        // The text of a message is written as its first part.
        return parts.Count > 1 && parts[0] is { Type: "text", Json: null, Text: { Length: > 0 } text } ? (text, parts[1..]) : ("", parts);
    }

    private ChatContentPart Part(JsonElement part, string path)
    {
        if (part.ValueKind != JsonValueKind.Object)
            throw invalid(path, $"is {ConversationReader.Kind(part)}, not a part");
        string type = Text(part, "type", path) ?? throw invalid(path, "doesn't have a type");
        return (type switch
        {
            "text" when Has(part, "type", "text") && Text(part, "text", path) is { } text => ChatContentPart.FromText(text),
            "image_url" => Image(part, path),
            "file" => File(part),
            _ => null,
        }) ?? ChatContentPart.FromJson(type, part.GetRawText());
    }

    private ChatContentPart? Image(JsonElement part, string path)
    {
        if (!part.TryGetProperty("image_url", out JsonElement image) || image.ValueKind != JsonValueKind.Object)
            throw invalid(path, "doesn't have an image_url");
        string url = Text(image, "url", $"{path}.image_url") ?? throw invalid($"{path}.image_url", "doesn't have a url");
        string? detail = Text(image, "detail", $"{path}.image_url");
        if (!Has(part, "type", "image_url") || !Has(image, "url", "detail"))
            return null;
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return ChatContentPart.FromImageUrl(url, detail);
        return Data(url, "data:") is ({ } bytes, { } type) ? ChatContentPart.FromImage(bytes, type, detail) : throw invalid($"{path}.image_url.url", "is a data: URL that isn't base64-encoded");
    }

    private static ChatContentPart? File(JsonElement part)
    {
        if (!Has(part, "type", "file") || !part.TryGetProperty("file", out JsonElement file) || file.ValueKind != JsonValueKind.Object)
            return null;
        if (Has(file, "file_id") && file.TryGetProperty("file_id", out JsonElement id) && id.ValueKind == JsonValueKind.String)
            return ChatContentPart.FromFileId(id.GetString()!);
        return Has(file, "filename", "file_data")
            && file.TryGetProperty("filename", out JsonElement name) && name.ValueKind == JsonValueKind.String
            && file.TryGetProperty("file_data", out JsonElement data) && data.ValueKind == JsonValueKind.String
            && Data(data.GetString()!, "data:") is ({ } bytes, { } type)
                ? ChatContentPart.FromFile(bytes, name.GetString()!, type)
                : null;
    }

    private List<ToolCall> ToolCalls(JsonElement message, string path)
    {
        List<ToolCall> calls = [];
        if (!message.TryGetProperty("tool_calls", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
            return calls;
        if (list.ValueKind != JsonValueKind.Array)
            throw invalid($"{path}.tool_calls", $"is {ConversationReader.Kind(list)}, not an array");
        foreach (JsonElement call in list.EnumerateArray())
        {
            string place = $"{path}.tool_calls[{calls.Count}]";
            if (call.ValueKind != JsonValueKind.Object || !call.TryGetProperty("function", out JsonElement function) || function.ValueKind != JsonValueKind.Object)
                throw invalid(place, "isn't a function call");
            calls.Add(new ToolCall(
                Text(call, "id", place) ?? throw invalid(place, "doesn't have an id"),
                Text(function, "name", $"{place}.function") ?? throw invalid($"{place}.function", "doesn't have a name"),
                Text(function, "arguments", $"{place}.function") ?? ""));
        }

        return calls;
    }

    private string? Text(JsonElement value, string member, string path)
    {
        if (!value.TryGetProperty(member, out JsonElement text) || text.ValueKind == JsonValueKind.Null)
            return null;
        return text.ValueKind == JsonValueKind.String ? text.GetString() : throw invalid($"{path}.{member}", $"is {ConversationReader.Kind(text)}, not a string");
    }

    /// <summary>True if the object has no members but these.</summary>
    private static bool Has(JsonElement value, params ReadOnlySpan<string> members)
    {
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!members.Contains(member.Name))
                return false;
        }

        return true;
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);

    private static (byte[]? Bytes, string? Type) Data(string address, string prefix)
    {
        int comma = address.IndexOf(";base64,", StringComparison.OrdinalIgnoreCase);
        if (comma < prefix.Length || !address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return default;
        byte[] bytes = new byte[(address.Length - comma) * 3 / 4 + 3];
        return Convert.TryFromBase64Chars(address.AsSpan(comma + ";base64,".Length), bytes, out int length) ? (bytes[..length], address[prefix.Length..comma]) : default;
    }
}
