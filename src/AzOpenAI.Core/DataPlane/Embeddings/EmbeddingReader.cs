using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>Reads vectors directly from the bytes of a response into arrays: base64 of little-endian floats, or numbers if a relay sends those.</summary>
internal static class EmbeddingReader
{
    /// <summary>Returns the vectors in the order of the texts; null for a missing vector.</summary>
    /// <param name="body">The response's body.</param>
    /// <param name="count">Number of texts that were sent.</param>
    /// <returns>Null if the body isn't a list of embeddings.</returns>
    public static (float[]?[] Vectors, string? Model, int? PromptTokens)? Read(ReadOnlySpan<byte> body, int count)
    {
        float[]?[] vectors = new float[]?[count];
        string? model = null;
        int? tokens = null;
        bool found = false;
        try
        {
            Utf8JsonReader json = new(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("data"u8) && json.Read() && json.TokenType == JsonTokenType.StartArray)
                {
                    found = true;
                    ReadItems(ref json, vectors);
                }
                else if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("model"u8))
                {
                    json.Read();
                    model = json.TokenType == JsonTokenType.String ? json.GetString() : Skipped(ref json);
                }
                else if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("usage"u8))
                {
                    json.Read();
                    using JsonDocument usage = JsonDocument.ParseValue(ref json);
                    tokens = (int?)usage.RootElement.Number("prompt_tokens"u8);
                }
                else
                {
                    json.Skip();
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return found ? (vectors, model, tokens) : null;
    }

    private static void ReadItems(ref Utf8JsonReader json, float[]?[] vectors)
    {
        for (int position = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; position++)
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            int index = position;
            float[]? vector = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("embedding"u8))
                {
                    json.Read();
                    vector = ReadVector(ref json);
                }
                else if (json.ValueTextEquals("index"u8))
                {
                    json.Read();
                    if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number))
                        index = number;
                    else
                        json.Skip();
                }
                else
                {
                    json.Skip();
                }
            }

            if ((uint)index < (uint)vectors.Length)
                vectors[index] = vector;
        }
    }

    private static float[]? ReadVector(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                return FromBase64(ref json);
            case JsonTokenType.StartArray:
                List<float> numbers = new(1536);
                while (json.Read() && json.TokenType == JsonTokenType.Number)
                    numbers.Add(json.GetSingle());
                return json.TokenType == JsonTokenType.EndArray && numbers.Count > 0 ? [.. numbers] : throw new JsonException();
            default:
                json.Skip();
                return null;
        }
    }

    private static float[]? FromBase64(ref Utf8JsonReader json)
    {
        // Escaped slashes are valid; the reader's own decoder handles them, at the cost of a copy.
        if (json.ValueIsEscaped || !BitConverter.IsLittleEndian)
            return json.TryGetBytesFromBase64(out byte[]? bytes) ? FromBytes(bytes) : null;

        ReadOnlySpan<byte> text = json.ValueSpan;
        int length = text.Length / 4 * 3;
        if (text.Length == 0 || text.Length % 4 != 0)
            return null;
        length -= text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        if (length % sizeof(float) != 0)
            return null;
        float[] vector = new float[length / sizeof(float)];
        OperationStatus status = Base64.DecodeFromUtf8(text, MemoryMarshal.AsBytes(vector.AsSpan()), out _, out int written);
        return status == OperationStatus.Done && written == length ? vector : null;
    }

    private static float[]? FromBytes(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes.Length % sizeof(float) != 0)
            return null;
        float[] vector = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
            vector[i] = System.Buffers.Binary.BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return vector;
    }

    private static string? Skipped(ref Utf8JsonReader json)
    {
        json.Skip();
        return null;
    }
}
