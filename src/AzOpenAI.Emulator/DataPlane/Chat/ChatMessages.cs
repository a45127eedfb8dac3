using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Validates the messages of a chat request, individually and together.</summary>
internal static class ChatMessages
{
    private const int Most = 2048;

    private static readonly string[] Roles = ["system", "assistant", "user", "function", "tool", "developer"];

    public static JsonArray Read(DataPlaneRequest request, JsonObject body, CatalogueModel model)
    {
        if (!body.TryGetPropertyValue("messages", out JsonNode? node))
        {
            throw BodyErrors.Missing("messages");
        }

        // A null here is reported to cause a server error, not a 400.
        if (node is null)
        {
            throw DataPlaneErrors.ServerError();
        }

        if (node is not JsonArray messages)
        {
            throw BodyErrors.Type("messages", "an array of objects", node);
        }

        if (messages.Count == 0)
        {
            throw BodyErrors.EmptyArray("messages");
        }

        if (messages.Count > Most)
        {
            throw BodyErrors.ArrayTooLong("messages", Most, messages.Count);
        }

        for (int i = 0; i < messages.Count; i++)
        {
            CheckMessage(request, messages[i], i, model);
        }

        CheckToolTurns(messages);
        return messages;
    }

    private static void CheckMessage(DataPlaneRequest request, JsonNode? node, int index, CatalogueModel model)
    {
        string path = $"messages[{index}]";
        if (node is not JsonObject message)
        {
            throw BodyErrors.Type(path, "an object", node);
        }

        string role = ChatText.Role(message) ?? throw BodyErrors.Missing(path + ".role");
        if (!Roles.Contains(role, StringComparer.Ordinal))
        {
            throw BodyErrors.Value(path + ".role", role, Roles);
        }

        CheckContent(message, role, path);
        if (message["content"] is JsonArray parts)
        {
            ContentParts.Check(request, parts, role, index, model);
        }

        if (role == "tool" && message["tool_call_id"] is null)
        {
            throw BodyErrors.Missing(path + ".tool_call_id");
        }

        if (role == "function" && message["name"] is null)
        {
            throw BodyErrors.Missing(path + ".name");
        }
    }

    private static void CheckContent(JsonObject message, string role, string path)
    {
        bool text = message["content"] is JsonArray || JsonRead.IsString(message["content"]);
        bool mayBeNull = role == "assistant" && (message["tool_calls"] ?? message["function_call"] ?? message["refusal"] ?? message["audio"]) is not null;
        if (!text && !(mayBeNull && message["content"] is null))
        {
            throw message["content"] is null
                ? DataPlaneErrors.Invalid("Invalid value for 'content': expected a string, got null.", path + ".content", null)
                : BodyErrors.Type(path + ".content", "one of a string or array of objects", message["content"]);
        }
    }

    /// <summary>Each tool call needs its result, and each result its call.</summary>
    private static void CheckToolTurns(JsonArray messages)
    {
        HashSet<string> open = [];
        for (int i = 0; i < messages.Count; i++)
        {
            JsonObject message = (JsonObject)messages[i]!;
            if (ChatText.Role(message) == "tool")
            {
                if (!open.Remove(JsonRead.Text(message["tool_call_id"]) ?? ""))
                {
                    throw DataPlaneErrors.Invalid(
                        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", $"messages.[{i}].role", null);
                }

                continue;
            }

            ThrowOpen(open, i);
            open = message["tool_calls"] is JsonArray calls
                ? [.. calls.Select((c, n) => JsonRead.Text((c as JsonObject)?["id"]) ?? throw BodyErrors.Missing($"messages[{i}].tool_calls[{n}].id"))]
                : [];
        }

        ThrowOpen(open, messages.Count);
    }

    private static void ThrowOpen(HashSet<string> open, int index)
    {
        if (open.Count > 0)
        {
            throw DataPlaneErrors.Invalid(
                "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have "
                + $"response messages: {string.Join(", ", open)}", $"messages.[{index}].role", null);
        }
    }
}
