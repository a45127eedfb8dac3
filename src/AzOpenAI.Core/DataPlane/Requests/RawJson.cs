using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Reads a raw answer that has to be JSON.</summary>
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
            AnswerFacts facts = new() { StatusCode = response.StatusCode, RequestId = response.RequestId, InnerException = exception };
            throw Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, response.Address.Authority, $"HTTP {response.StatusCode} with a body that is no JSON");
        }
    }
}
