using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Schemas;

/// <summary>A string that a schema allows: the text, unless pattern, format or length require another.</summary>
internal static class StringSample
{
    public static string For(JsonObject schema, string text)
    {
        if (JsonRead.Text(schema["pattern"]) is { } pattern && PatternSample.For(pattern, text) is { } match)
        {
            return match;
        }

        if (JsonRead.Text(schema["format"]) is { } format && Formatted(format) is { } formatted)
        {
            return formatted;
        }

        if (JsonRead.Integer(schema["maxLength"]) is { } most && text.Length > most)
        {
            text = text[..TokenCounter.Boundary(text, Math.Max(0, most))];
        }

        return JsonRead.Integer(schema["minLength"]) is { } least && text.Length < least ? text.PadRight(least, '.') : text;
    }

    private static string? Formatted(string format) => format switch
    {
        "date-time" => "2026-01-01T00:00:00Z",
        "date" => "2026-01-01",
        "time" => "00:00:00Z",
        "duration" => "P1D",
        "email" => "user@example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "uri" => "https://example.com/",
        _ => null,
    };
}
