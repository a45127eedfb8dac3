using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;
using Microsoft.AspNetCore.Http;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>One request with its data for the planes.</summary>
internal sealed class Exchange(HttpContext http, Emulation emulation, string plane, byte[] body, RequestLogEntry entry)
{
    public const string Management = "management";
    public const string Data = "data";
    public const string Control = "control";

    private readonly long _started = Stopwatch.GetTimestamp();

    public HttpContext Http { get; } = http;

    public Emulation Emulation { get; } = emulation;

    public string Plane { get; } = plane;

    public byte[] Body { get; } = body;

    public RequestLogEntry Entry { get; } = entry;

    /// <summary>The exclusive fault that applies to this request.</summary>
    public Fault? Fault { get; set; }

    public bool AddUnknownFields { get; set; }

    public string RequestId { get; } = Guid.NewGuid().ToString();

    public CancellationToken Aborted => Http.RequestAborted;

    public string Method => Http.Request.Method;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    /// <summary>Path segments, decoded.</summary>
    public string[] Segments { get; } =
        [.. (http.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Scheme, host and port as sent by the client.</summary>
    public Uri BaseUri => new($"{Http.Request.Scheme}://{Http.Request.Host}/");

    public FaultTarget Target(string? action = null) =>
        new(Method, Http.Request.Path + Http.Request.QueryString, Plane, action);

    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) ? value.ToString() : null;

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value) ? value.ToString() : null;

    /// <summary>The body as a JSON object; null if it isn't one.</summary>
    public JsonObject? ReadObject(out string? problem)
    {
        problem = null;
        if (Body.Length == 0)
        {
            return null;
        }

        try
        {
            if (JsonNode.Parse(Body) is JsonObject json)
            {
                // Duplicate names are found here; the handlers' lookups would throw later.
                _ = json.Count;
                return json;
            }

            problem = "The body is not a JSON object.";
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            problem = e is JsonException ? e.Message : "The body contains a property twice.";
        }

        return null;
    }
}
