using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AzOpenAI.Core.DataPlane.Completions;

/// <summary>Writes the JSON of a legacy completion. Only what the caller set is written, so that the service's defaults apply.</summary>
internal static class CompletionRequestWriter
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="withModel">True to write the deployment to the body.</param>
    /// <param name="stream">True for a streamed response.</param>
    /// <param name="withUsage">True to request the usage of a stream.</param>
    public static ReadOnlyMemory<byte> Write(CompletionRequest request, bool withModel, bool stream, bool withUsage)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using Utf8JsonWriter json = new(buffer, WriterOptions);
        json.WriteStartObject();
        if (withModel)
            json.WriteString("model"u8, request.Deployment);
        json.WritePropertyName("prompt"u8);
        if (request.Prompts.Count == 1)
            json.WriteStringValue(request.Prompts[0]);
        else
            WriteTexts(json, request.Prompts);
        WriteSampling(json, request);
        if (request.Suffix is { } suffix)
            json.WriteString("suffix"u8, suffix);
        if (request.Echo)
            json.WriteBoolean("echo"u8, true);
        if (request.LogProbs is { } logProbs)
            json.WriteNumber("logprobs"u8, logProbs);
        if (request.User is { } user)
            json.WriteString("user"u8, user);
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
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteSampling(Utf8JsonWriter json, CompletionRequest request)
    {
        if (request.MaxTokens is { } maxTokens)
            json.WriteNumber("max_tokens"u8, maxTokens);
        if (request.Temperature is { } temperature)
            json.WriteNumber("temperature"u8, temperature);
        if (request.TopP is { } topP)
            json.WriteNumber("top_p"u8, topP);
        if (request.ChoiceCount is { } count)
            json.WriteNumber("n"u8, count);
        if (request.BestOf is { } bestOf)
            json.WriteNumber("best_of"u8, bestOf);
        if (request.StopSequences.Count > 0)
        {
            json.WritePropertyName("stop"u8);
            WriteTexts(json, request.StopSequences);
        }

        if (request.Seed is { } seed)
            json.WriteNumber("seed"u8, seed);
        if (request.FrequencyPenalty is { } frequency)
            json.WriteNumber("frequency_penalty"u8, frequency);
        if (request.PresencePenalty is { } presence)
            json.WriteNumber("presence_penalty"u8, presence);
    }

    private static void WriteTexts(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
