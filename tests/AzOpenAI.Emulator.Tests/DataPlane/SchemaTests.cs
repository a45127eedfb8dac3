using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Schemas;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class SchemaTests : DataPlaneFixture
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"text\"")]
    [InlineData("""{"type":"string","minLength":6}""", "\"text..\"")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"te\"")]
    [InlineData("""{"type":"string","pattern":"^[A-Z]{2}-\\d{3,5}$"}""", "\"AA-111\"")]
    [InlineData("""{"type":"string","pattern":"^(?:foo|bar)+\\.(json)?$"}""", "\"foo.\"")]
    [InlineData("""{"type":"string","pattern":"^[^a-z]$"}""", "\"A\"")]
    [InlineData("""{"type":"string","pattern":"t"}""", "\"text\"")]
    [InlineData("""{"type":"string","format":"uuid"}""", "\"00000000-0000-4000-8000-000000000000\"")]
    [InlineData("""{"type":"integer"}""", "1")]
    [InlineData("""{"type":"integer","minimum":3}""", "3")]
    [InlineData("""{"type":"integer","exclusiveMinimum":3,"multipleOf":5}""", "5")]
    [InlineData("""{"type":"integer","maximum":-2.5}""", "-3")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}""", "0.5")]
    [InlineData("""{"type":"number","minimum":10,"multipleOf":4}""", "12")]
    [InlineData("""{"type":["null","boolean"]}""", "true")]
    [InlineData("""{"enum":["b","a"]}""", "\"b\"")]
    [InlineData("""{"const":{"x":1}}""", """{"x":1}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[1,1]")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"maxItems":0}""", "[]")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"boolean"}]}""", "true")]
    [InlineData("""{"allOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"properties":{"b":{"const":2}}}]}""", """{"a":1,"b":2}""")]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#/$defs/y"}},"$defs":{"y":{"type":"boolean"}}}""", """{"x":true}""")]
    public void A_sample_is_an_instance(string schema, string expected) =>
        Assert.Equal(expected, SchemaSample.For(JsonNode.Parse(schema)!.AsObject(), "text").ToJsonString());

    [Fact]
    public void A_schema_that_refers_to_itself_ends_and_one_without_end_too()
    {
        JsonObject list = JsonNode.Parse("""
            {"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]},"all":{"type":"array","items":{"$ref":"#"}}},"required":["next","all"]}
            """)!.AsObject();
        JsonNode sample = SchemaSample.For(list, "x");
        Assert.NotNull(sample["next"]);
        Assert.NotEmpty(sample["all"]!.AsArray());
        JsonObject endless = JsonNode.Parse("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""")!.AsObject();
        Assert.NotNull(SchemaSample.For(endless, "x")["a"]);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { """{"type":"object","properties":{}}""", "In context=(), 'additionalProperties' is required to be supplied and to be false." },
        { """{"type":"object","properties":{"a":{"type":"object","properties":{}}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), 'additionalProperties' is required to be supplied and to be false." },
        { """{"type":"object","properties":{"o":{"type":"array","items":{"type":"object","properties":{"roles":{"type":"string"}},"additionalProperties":false}}},"required":["o"],"additionalProperties":false}""", "In context=('properties', 'o', 'items'), 'required' is required to be supplied and to be an array including every key in properties. Missing 'roles'." },
        { """{"type":"array","items":{"type":"string"}}""", "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"array\"'." },
        { """{"type":"objekt"}""", "'objekt' is not valid under any of the given schemas." },
        { """{"type":"object","properties":{"a":{"allOf":[]}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), 'allOf' is not permitted." },
        { """{"type":"object","properties":{"a":{"type":"array"}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), array schema missing items." },
        { """{"type":"object","properties":{"a":{"$ref":"#/$defs/no"}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), reference to component '#/$defs/no' which was not found in the schema." },
        { """{"type":"object","properties":{"a":{}},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), schema must have a 'type' key." },
        { """{"type":"object","properties":{"a":5},"required":["a"],"additionalProperties":false}""", "In context=('properties', 'a'), 5 is not of type 'object', 'boolean'." },
        { """{"type":"object","properties":{},"additionalProperties":false,"$defs":{"x":{"type":"text"}}}""", "In context=('$defs', 'x'), 'text' is not valid under any of the given schemas." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_schema_is_refused_as_an_answer_and_as_a_function(string schema, string problem)
    {
        await DeployAsync();
        JsonObject format = Ask("x", $$$$"""{"response_format":{"type":"json_schema","json_schema":{"name":"shape","strict":true,"schema":{{{{schema}}}}}}}""");
        await RefusedAsync(format, "Invalid schema for response_format 'shape': " + problem, "response_format", null);
        JsonObject tools = Ask("x", $$$$"""{"tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{{{{schema}}}}}}]}""");
        await RefusedAsync(tools, "Invalid schema for function 'f': " + problem, "tools[0].function.parameters", "invalid_function_parameters");
    }

    [Fact]
    public async Task Without_strict_a_loose_schema_passes_but_not_a_wrong_type()
    {
        await DeployAsync();
        const string loose = """{"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object","properties":{"a":{"oneOf":[{"type":"integer"}]}}}}}}""";
        Assert.Equal("""{"a":1}""", (string?)(await ChoiceAsync(Ask("x", loose)))["message"]!["content"]);
        const string wrong = """{"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object","properties":{"a":{"type":"int"}}}}}}""";
        await RefusedAsync(
            Ask("x", wrong), "Invalid schema for response_format 's': In context=('properties', 'a'), 'int' is not valid under any of the given schemas.", "response_format", null);
    }
}
