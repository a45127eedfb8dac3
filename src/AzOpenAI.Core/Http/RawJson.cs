using System.Text.Json;

namespace AzOpenAI.Core.Http;

/// <summary>Reads a raw response that must be JSON.</summary>
internal static class RawJson
{
    /// <exception cref="AzOpenAIException">InvalidResponse.</exception>
    public static JsonDocument Parse(RawResponse response, ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            throw response.Invalid("a body that isn't JSON", null, exception);
        }
    }
}
