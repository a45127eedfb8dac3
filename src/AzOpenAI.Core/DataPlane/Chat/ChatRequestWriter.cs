using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Writes the JSON of a chat request. Only what the caller set is written, so that the service's defaults apply.</summary>
internal static class ChatRequestWriter
{
    // The body is JSON for a service, never part of a web page: text outside ASCII isn't escaped.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body of a chat request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="withModel">True to write the deployment to the body.</param>
    /// <param name="tokenLimitName">Name of the token limit: <c>max_completion_tokens</c> or <c>max_tokens</c>.</param>
    /// <param name="stream">True for a streamed response.</param>
    /// <param name="withUsage">True to request the usage of a stream.</param>
    public static ReadOnlyMemory<byte> Write(ChatRequest request, bool withModel, string tokenLimitName, bool stream, bool withUsage)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            if (withModel)
                json.WriteString("model"u8, request.Deployment);
            ChatMessageWriter.Write(json, request.Messages);
            WriteSampling(json, request, tokenLimitName);
            WriteForm(json, request);
            if (request.Tools.Count > 0)
                ChatToolWriter.Write(json, request);
            if (stream)
            {
                json.WriteBoolean("stream"u8, true);
                if (withUsage)
                {
                    json.WriteStartObject("stream_options"u8);
                    json.WriteBoolean("include_usage"u8, true);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
        }

        return request.ExtraBody is { } extra ? Merge(buffer.WrittenMemory, extra) : buffer.WrittenMemory;
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatRequest request, string tokenLimitName)
    {
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature"u8, temperature);
        if (request.TopP is { } topP)
            json.WriteNumber("top_p"u8, topP);
        if (request.MaxTokens is { } maxTokens)
            json.WriteNumber(tokenLimitName, maxTokens);
        if (request.StopSequences.Count > 0)
        {
            json.WriteStartArray("stop"u8);
            foreach (string stop in request.StopSequences)
                json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        if (request.Seed is { } seed)
            json.WriteNumber("seed"u8, seed);
        if (request.ChoiceCount is { } count)
            json.WriteNumber("n"u8, count);
        if (request.FrequencyPenalty is { } frequency)
            json.WriteNumber("frequency_penalty"u8, frequency);
        if (request.PresencePenalty is { } presence)
            json.WriteNumber("presence_penalty"u8, presence);
        if (request.TopLogProbs is not null || request.LogProbs is not null)
            json.WriteBoolean("logprobs"u8, request.TopLogProbs is not null || request.LogProbs == true);
        if (request.TopLogProbs is { } top)
            json.WriteNumber("top_logprobs"u8, top);
    }

    private static void WriteForm(Utf8JsonWriter json, ChatRequest request)
    {
        if (request.ReasoningEffort is { } effort)
            json.WriteString("reasoning_effort"u8, effort);
        if (request.Verbosity is { } verbosity)
            json.WriteString("verbosity"u8, verbosity);
        if (request.User is { } user)
            json.WriteString("user"u8, user);
        if (request.Metadata is { } metadata)
        {
            json.WriteStartObject("metadata"u8);
            foreach ((string name, string value) in metadata)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        if (request.ResponseSchema is { } schema)
            WriteSchema(json, schema);
        else if (request.JsonObject)
        {
            json.WriteStartObject("response_format"u8);
            json.WriteString("type"u8, "json_object"u8);
            json.WriteEndObject();
        }
    }

    private static void WriteSchema(Utf8JsonWriter json, ChatResponseSchema schema)
    {
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("json_schema"u8);
        json.WriteString("name"u8, schema.Name);
        if (schema.Description is { } description)
            json.WriteString("description"u8, description);
        if (schema.Strict is { } strict)
            json.WriteBoolean("strict"u8, strict);
        json.WritePropertyName("schema"u8);
        json.WriteRawValue(schema.Schema);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The body with the caller's own members, which replace those with the same name.</summary>
    private static ReadOnlyMemory<byte> Merge(ReadOnlyMemory<byte> body, string extra)
    {
        using JsonDocument ours = JsonDocument.Parse(body);
        using JsonDocument theirs = JsonDocument.Parse(extra);
        ArrayBufferWriter<byte> buffer = new(body.Length + extra.Length);
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            foreach (JsonProperty member in ours.RootElement.EnumerateObject())
            {
                if (!theirs.RootElement.TryGetProperty(member.Name, out _))
                    member.WriteTo(json);
            }

            foreach (JsonProperty member in theirs.RootElement.EnumerateObject())
                member.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
