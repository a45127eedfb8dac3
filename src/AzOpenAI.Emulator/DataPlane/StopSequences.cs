using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Stop sequences of chat and legacy completions.</summary>
internal static class StopSequences
{
    private const int Most = 4;

    public static IReadOnlyList<string> Read(JsonObject body) => body["stop"] switch
    {
        null => [],
        JsonValue value when value.TryGetValue(out string? stop) => [stop],
        JsonArray { Count: > Most } stops => throw BodyErrors.ArrayTooLong("stop", Most, stops.Count),
        JsonArray stops => [.. stops.Select((s, i) => JsonRead.Text(s) ?? throw BodyErrors.Type($"stop[{i}]", "a string", s))],
        var other => throw BodyErrors.Type("stop", "one of a string or array of strings", other),
    };

    /// <summary>The text up to the first stop sequence, which is excluded.</summary>
    public static string Cut(string text, IReadOnlyList<string> stops)
    {
        int[] found = [.. stops.Where(s => s.Length > 0).Select(s => text.IndexOf(s, StringComparison.Ordinal)).Where(i => i >= 0)];
        return found.Length == 0 ? text : text[..found.Min()];
    }
}
