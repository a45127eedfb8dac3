using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Writes the JSON of a chat request. Only what the caller set is written, so that the service's defaults hold.</summary>
internal static class ChatRequestWriter
{
    // The body is JSON for a service, never part of a page: text outside ASCII stays as it is.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body of a chat request.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="withModel">True where the deployment goes into the body.</param>
    /// <param name="tokenLimitName">Name of the token limit: <c>max_completion_tokens</c> or <c>max_tokens</c>.</param>
    /// <param name="stream">True for an answer in events.</param>
    /// <param name="withUsage">True to ask for the usage of a stream.</param>
    public static ReadOnlyMemory<byte> Write(ChatRequest request, bool withModel, string tokenLimitName, bool stream, bool withUsage)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            if (withModel)
                json.WriteString("model", request.Deployment);
            WriteMessages(json, request.Messages);
            WriteOptions(json, request, tokenLimitName);
            if (stream)
            {
                json.WriteBoolean("stream", true);
                if (withUsage)
                {
                    json.WriteStartObject("stream_options");
                    json.WriteBoolean("include_usage", true);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteMessages(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages)
    {
        json.WriteStartArray("messages");
        foreach (ChatMessage message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", message.Role);
            json.WriteString("content", message.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ChatRequest request, string tokenLimitName)
    {
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature", temperature);
        if (request.TopP is { } topP)
            json.WriteNumber("top_p", topP);
        if (request.MaxTokens is { } maxTokens)
            json.WriteNumber(tokenLimitName, maxTokens);
        if (request.StopSequences.Count > 0)
        {
            json.WriteStartArray("stop");
            foreach (string stop in request.StopSequences)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (request.Seed is { } seed)
            json.WriteNumber("seed", seed);
        if (request.ReasoningEffort is { } effort)
            json.WriteString("reasoning_effort", effort);
        if (request.User is { } user)
            json.WriteString("user", user);
    }
}
