using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Faults;

/// <summary>Reads a fault from the body of POST /_emulator/faults.</summary>
internal static class FaultReader
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    public static Fault Read(Exchange exchange, EmulatorClock clock)
    {
        ControlBody body = new(exchange, "match", "kind", "status", "body", "headers", "count", "seconds", "afterChunks", "error");
        string kind = body.Required("kind");
        if (!FaultKind.All.Contains(kind, StringComparer.Ordinal))
        {
            throw ControlBody.Refuse($"Unknown fault '{kind}'. Known faults: {string.Join(", ", FaultKind.All)}.");
        }

        ControlBody match = new(body.Node("match") as JsonObject ?? [], "method", "path", "plane", "action");
        string? plane = match.Text("plane");
        if (plane is not (null or Exchange.Management or Exchange.Data))
        {
            throw ControlBody.Refuse($"Unknown plane '{plane}'. Known planes: {Exchange.Management}, {Exchange.Data}.");
        }

        int? count = body.Integer("count", 1);
        double? seconds = body.Number("seconds");
        return new Fault
        {
            Kind = kind,
            Method = match.Text("method"),
            Path = Pattern(match.Text("path")),
            Plane = plane,
            Action = Pattern(match.Text("action")),
            Status = Status(body),
            Error = Error(body, kind),
            Body = body.Node("body"),
            Headers = Headers(body),
            Remaining = count,
            Seconds = seconds,
            AfterChunks = body.Integer("afterChunks"),
            Clock = clock,
            EndsAt = kind == FaultKind.Throttle && count is null && seconds is { } length ? clock.Uptime + TimeSpan.FromSeconds(length) : null,
        };
    }

    private static int? Status(ControlBody body) => body.Integer("status", 200) switch
    {
        > 599 => throw ControlBody.Refuse("The property 'status' must be an HTTP status."),
        var status => status,
    };

    private static string? Error(ControlBody body, string kind)
    {
        string? name = kind == FaultKind.Error ? body.Required("error") : body.Text("error");
        return name is null || NamedErrors.Find(name) is not null
            ? name
            : throw ControlBody.Refuse($"Unknown error '{name}'. Known errors: {string.Join(", ", NamedErrors.Names)}.");
    }

    private static Dictionary<string, string> Headers(ControlBody body)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? value) in body.Node("headers") as JsonObject ?? [])
        {
            headers[name] = value is JsonValue text && text.TryGetValue(out string? sent) ? sent : value?.ToJsonString() ?? "";
        }

        return headers;
    }

    internal static Regex? Pattern(string? text)
    {
        try
        {
            return text is null ? null : new Regex(text, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (ArgumentException e)
        {
            throw ControlBody.Refuse($"'{text}' isn't a valid regular expression: {e.Message}");
        }
    }
}
