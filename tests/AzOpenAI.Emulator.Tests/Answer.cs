using System.Net;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests;

/// <summary>An HTTP answer, read to its end.</summary>
public sealed class Answer(HttpResponseMessage response, string text)
{
    private readonly Dictionary<string, string> _headers = response.Headers.Concat(response.Content.Headers)
        .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);

    public int Status { get; } = (int)response.StatusCode;

    public HttpStatusCode Code => (HttpStatusCode)Status;

    public string Text { get; } = text;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Header(string name) => _headers.GetValueOrDefault(name);
}
