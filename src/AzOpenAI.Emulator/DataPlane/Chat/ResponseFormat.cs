using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.DataPlane.Schemas;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>The validated response_format.</summary>
internal sealed partial record ResponseFormat
{
    private const int LongestName = 64;

    public static readonly ResponseFormat Text = new();

    public bool IsJson { get; private init; }

    public JsonObject? Schema { get; private init; }

    public static ResponseFormat Read(JsonObject body, JsonArray messages)
    {
        if (body["response_format"] is not { } node)
        {
            return Text;
        }

        JsonObject format = node as JsonObject ?? throw BodyErrors.Type("response_format", "an object", node);
        switch (JsonRead.Text(format["type"]) ?? throw BodyErrors.Missing("response_format.type"))
        {
            case "text":
                return Text;
            case "json_object":
                return ChatText.All(messages).Contains("json", StringComparison.OrdinalIgnoreCase)
                    ? new ResponseFormat { IsJson = true }
                    : throw DataPlaneErrors.Invalid(
                        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages", null);
            case "json_schema":
                return new ResponseFormat { IsJson = true, Schema = ReadSchema(format) };
            case var other:
                throw BodyErrors.Value("response_format.type", other, "json_object", "json_schema", "text");
        }
    }

    /// <summary>The response as JSON: an object, or an instance of the schema.</summary>
    public string Write(string text) => WireJson.Text(Schema is null ? new JsonObject { ["answer"] = text } : SchemaSample.For(Schema, text));

    private static JsonObject ReadSchema(JsonObject format)
    {
        const string path = "response_format.json_schema";
        JsonObject definition = format["json_schema"] switch
        {
            null => throw BodyErrors.Missing(path),
            JsonObject json => json,
            var other => throw BodyErrors.Type(path, "an object", other),
        };
        string name = JsonRead.Text(definition["name"]) ?? throw BodyErrors.Missing(path + ".name");
        if (!Name().IsMatch(name))
        {
            throw BodyErrors.Pattern(path + ".name");
        }

        if (name.Length > LongestName)
        {
            throw BodyErrors.TextTooLong(path + ".name", LongestName, name.Length);
        }

        JsonObject schema = definition["schema"] switch
        {
            null => throw BodyErrors.Missing(path + ".schema"),
            JsonObject json => json,
            var other => throw BodyErrors.Type(path + ".schema", "an object", other),
        };
        return SchemaCheck.Problem(schema, JsonRead.Flag(definition["strict"]) == true) is { } problem
            ? throw DataPlaneErrors.Invalid($"Invalid schema for response_format '{name}': {problem}", "response_format", null)
            : schema;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]+$")]
    private static partial Regex Name();
}
