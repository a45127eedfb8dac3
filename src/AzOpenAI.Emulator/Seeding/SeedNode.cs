using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Seeding;

/// <summary>An object of the seed with its path, so that each error includes the line and the member.</summary>
internal sealed class SeedNode
{
    private readonly JsonObject _json;
    private readonly string _path;
    private readonly Dictionary<string, int> _lines;

    public SeedNode(JsonNode? json, string path, Dictionary<string, int> lines)
    {
        _path = path;
        _lines = lines;
        _json = json as JsonObject ?? throw new EmulatorSeedException(lines.GetValueOrDefault(path, 1), path, "An object is required.");
    }

    /// <summary>Rejects unknown members, so that typos are found.</summary>
    public SeedNode Knows(params IEnumerable<string> names)
    {
        string[] known = [.. names];
        foreach ((string name, _) in _json)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw Fail(name, $"Unknown property. Known properties: {string.Join(", ", known)}.");
            }
        }

        return this;
    }

    public bool Has(string name) => _json[name] is not null;

    /// <summary>All its members, unchanged.</summary>
    public JsonObject Copy() => (JsonObject)_json.DeepClone();

    public string? Text(string name) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) && text.Length > 0 => text,
        _ => throw Fail(name, "A non-empty string is required."),
    };

    public string Required(string name) => Text(name) ?? throw Fail("", $"The property '{name}' is missing.");

    public int? Integer(string name, int minimum) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= minimum => number,
        _ => throw Fail(name, $"An integer of at least {minimum} is required."),
    };

    public double? Number(string name, double minimum, double maximum) => _json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out double number) && number >= minimum && number <= maximum => number,
        _ => throw Fail(name, maximum == double.MaxValue ? $"A number of at least {minimum} is required." : $"A number from {minimum} to {maximum} is required."),
    };

    /// <summary>A member that is an object; null if it is absent.</summary>
    public SeedNode? Object(string name) => _json[name] is { } node ? new SeedNode(node, PathOf(name), _lines) : null;

    /// <summary>The objects of an array; empty if it is absent.</summary>
    public IEnumerable<SeedNode> List(string name)
    {
        if (_json[name] is not { } node)
        {
            return [];
        }

        JsonArray items = node as JsonArray ?? throw Fail(name, "A list is required.");
        return items.Select((item, index) => new SeedNode(item, $"{PathOf(name)}[{index}]", _lines));
    }

    /// <summary>An object whose values are strings, such as tags; null if it is absent.</summary>
    public JsonObject? Strings(string name)
    {
        if (Object(name) is not { } node)
        {
            return null;
        }

        foreach ((string key, JsonNode? value) in node._json)
        {
            if (value is not JsonValue scalar || !scalar.TryGetValue(out string? _))
            {
                throw node.Fail(key, "A string is required.");
            }
        }

        return node.Copy();
    }

    /// <param name="name">The invalid member; empty for the object itself.</param>
    /// <param name="problem">The problem as a sentence.</param>
    public EmulatorSeedException Fail(string name, string problem)
    {
        string path = name.Length == 0 ? _path : PathOf(name);
        return new EmulatorSeedException(_lines.TryGetValue(path, out int line) ? line : _lines.GetValueOrDefault(_path, 1), path, problem);
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
