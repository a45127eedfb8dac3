using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Faults;

/// <summary>The JSON object sent to a control endpoint. Unknown members are rejected, so that typos are found.</summary>
internal sealed class ControlBody
{
    private readonly JsonObject _json;

    public ControlBody(Exchange exchange, params IReadOnlyList<string> known)
        : this(exchange.ReadObject(out string? problem) ?? throw Refuse(problem ?? "A JSON object is required."), known)
    {
    }

    public ControlBody(JsonObject json, params IReadOnlyList<string> known)
    {
        _json = json;
        foreach ((string name, _) in json)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw Refuse($"Unknown property '{name}'. Known properties: {string.Join(", ", known)}.");
            }
        }
    }

    public bool Has(string name) => _json.ContainsKey(name);

    public JsonNode? Node(string name) => _json[name]?.DeepClone();

    public string? Text(string name) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Refuse($"The property '{name}' must be a string."),
    };

    public string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw Refuse($"The property '{name}' is missing.");

    public double? Number(string name, double minimum = 0) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && number >= minimum => number,
        _ => throw Refuse($"The property '{name}' must be a number of at least {minimum}."),
    };

    public int? Integer(string name, int minimum = 0) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= minimum => number,
        _ => throw Refuse($"The property '{name}' must be an integer of at least {minimum}."),
    };

    public bool? Flag(string name) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw Refuse($"The property '{name}' must be true or false."),
    };

    public static ReplyException Refuse(string message) => new(Errors.Simple(400, "InvalidControlRequest", message));
}
