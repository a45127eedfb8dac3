using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>The position of an event in a stream.</summary>
internal enum StreamEventKind
{
    Opening,
    Content,
    Closing,
}

/// <summary>One event: its data and its tokens.</summary>
internal sealed record StreamEvent(StreamEventKind Kind, string Data, int Tokens = 0)
{
    public static readonly StreamEvent Done = new(StreamEventKind.Closing, "[DONE]");

    public static StreamEvent Of(StreamEventKind kind, JsonObject data, int tokens = 0) => new(kind, WireJson.Text(data), tokens);

    /// <summary>Events of a script, followed by [DONE].</summary>
    public static IEnumerable<StreamEvent> Scripted(JsonArray events) =>
        [.. events.Select(e => new StreamEvent(StreamEventKind.Content, e is null ? "null" : WireJson.Text(e), 1)), Done];
}
