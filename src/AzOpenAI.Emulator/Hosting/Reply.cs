using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>A complete response that hasn't been sent yet.</summary>
internal sealed record Reply
{
    public const string Json = "application/json; charset=utf-8";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status { get; init; } = 200;

    public JsonNode? Body { get; init; }

    /// <summary>Bytes to send instead of <see cref="Body"/>.</summary>
    public byte[]? Raw { get; init; }

    public string ContentType { get; init; } = Json;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Reply Ok(JsonNode body) => new() { Body = body };

    public static Reply List(IEnumerable<JsonNode> items) => Ok(new JsonObject { ["value"] = new JsonArray([.. items]) });

    public Reply With(string name, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [name] = value } };

    public byte[] ToBytes() => Raw ?? (Body is null ? [] : ToBytes(Body));

    public static byte[] ToBytes(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString(Relaxed));
}
