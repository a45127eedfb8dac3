using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Writes the tools of a request and the tool choice.</summary>
internal static class ChatToolWriter
{
    /// <summary>Writes <c>tools</c>, <c>tool_choice</c> and <c>parallel_tool_calls</c>.</summary>
    public static void Write(Utf8JsonWriter json, ChatRequest request)
    {
        json.WriteStartArray("tools"u8);
        foreach (ChatToolDefinition tool in request.Tools)
            WriteTool(json, tool);
        json.WriteEndArray();
        if (request.ToolChoice is { } choice)
            WriteChoice(json, choice);
        if (request.ParallelToolCalls is { } parallel)
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
    }

    private static void WriteTool(Utf8JsonWriter json, ChatToolDefinition tool)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, tool.Name);
        if (tool.Description is { } description)
            json.WriteString("description"u8, description);
        if (tool.Strict is { } strict)
            json.WriteBoolean("strict"u8, strict);
        if (tool.Schema is { } schema)
        {
            json.WritePropertyName("parameters"u8);
            json.WriteRawValue(schema);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, string choice)
    {
        if (choice is "auto" or "none" or "required")
        {
            json.WriteString("tool_choice"u8, choice);
            return;
        }

        json.WriteStartObject("tool_choice"u8);
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, choice);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
