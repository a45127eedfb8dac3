using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>What a chat model of the older kind takes and what it refuses.</summary>
public sealed class ChatBodyTests : DataPlaneFixture
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Tool = """{"type":"function","function":{"name":"f"}}""";

    public static TheoryData<string, string, string?, string?> Refused => new()
    {
        { """{"temperature":3}""", "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.", "temperature", "decimal_above_max_value" },
        { """{"temperature":"hot"}""", "Invalid type for 'temperature': expected a decimal, but got a string instead.", "temperature", "invalid_type" },
        { """{"stop":["a","b","c","d","e"]}""", "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 instead.", "stop", "array_above_max_length" },
        { """{"seed":1.5}""", "Invalid type for 'seed': expected an integer, but got a number instead.", "seed", "invalid_type" },
        { """{"logit_bias":{"50256":101}}""", "Invalid 'logit_bias.50256': decimal above maximum value. Expected a value <= 100, but got 101 instead.", "logit_bias.50256", "decimal_above_max_value" },
        { """{"top_logprobs":2}""", "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", "top_logprobs", null },
        { """{"reasoning_effort":"low"}""", "Unsupported parameter: 'reasoning_effort' is not supported with this model.", "reasoning_effort", "unsupported_parameter" },
        { """{"response_format":{"type":"xml"}}""", "Invalid value: 'xml'. Supported values are: 'json_object', 'json_schema', and 'text'.", "response_format.type", "invalid_value" },
        { """{"response_format":{"type":"json_object"}}""", "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.", "messages", null },
        { """{"response_format":{"type":"json_schema","json_schema":{"schema":{}}}}""", "Missing required parameter: 'response_format.json_schema.name'.", "response_format.json_schema.name", "missing_required_parameter" },
        { """{"tools":[{"type":"function","function":{"name":"a b"}}]}""", "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", "tools[0].function.name", "invalid_value" },
        { """{"tools":[]}""", "Invalid 'tools': empty array. Expected an array with minimum length 1, but got an empty array instead.", "tools", "empty_array" },
        { """{"tools":[{"type":"gadget"}]}""", "Invalid value: 'gadget'. Supported values are: 'function' and 'custom'.", "tools[0].type", "invalid_value" },
        { $$"""{"tools":[{{Tool}}],"tool_choice":"maybe"}""", "Invalid value: 'maybe'. Supported values are: 'none', 'auto', and 'required'.", "tool_choice", "invalid_value" },
        { """{"tool_choice":"required"}""", "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.", "tool_choice", null },
        { """{"messages":[{"role":"tool","content":"x","tool_call_id":"a"}]}""", "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.", "messages.[0].role", null },
        { """{"messages":[{"role":"assistant","tool_calls":[{"id":"call_9","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""", "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_9", "messages.[1].role", null },
        { """{"messages":[{"role":"user","content":[{"type":"video"}]}]}""", "Invalid Value: 'video'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', 'audio', and 'file'.", "messages[0].content[0].type", "invalid_value" },
        { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":"x"}]}]}""", "Invalid type for 'messages[0].content[0].image_url': expected an object, but got a string instead.", "messages[0].content[0].image_url", "invalid_type" },
        { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"cat.png"}}]}]}""", "Invalid image URL: 'messages[0].content[0].image_url.url'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got a value without the 'data:' prefix.", "messages[0].content[0].image_url.url", "invalid_value" },
        { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,"}}]}]}""", "Invalid image URL: 'messages[0].content[0].image_url.url'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got empty base64-encoded bytes.", "messages[0].content[0].image_url.url", "invalid_value" },
        { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,%%%"}}]}]}""", "Invalid base64 image_url.", null, null },
        { """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,Z2FyYmFnZQ=="}}]}]}""", "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following formats: ['png', 'jpeg', 'gif', 'webp'].", null, null },
        { """{"messages":[{"role":"user","content":[{"type":"file","file":{"filename":"a.pdf"}}]}]}""", "Missing required parameter: 'messages[0].content[0].file.file_data'.", "messages[0].content[0].file.file_data", "missing_required_parameter" },
        { """{"stream_options":{"include_usage":true}}""", "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", null },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_wrong_member_is_named(string more, string message, string? param, string? code)
    {
        await DeployAsync();
        await RefusedAsync(Ask("x", more), message, param, code);
    }

    [Theory]
    [InlineData("image/png", Png)]
    [InlineData("image/jpeg", "/9j/4AAQSkZJRg==")]
    [InlineData("image/gif", "R0lGODlhAQABAAAAACw=")]
    [InlineData("image/webp", "UklGRhoAAABXRUJQVlA4TA==")]
    public async Task Images_of_each_kind_are_taken_and_cost_tokens(string type, string data)
    {
        await DeployAsync();
        JsonNode body = JsonNode.Parse($$$"""
            {"model":"chat","messages":[{"role":"user","content":[{"type":"text","text":"What?"},{"type":"image_url","image_url":{"url":"data:{{{type}}};base64,{{{data}}}","detail":"low"}}]}]}
            """)!;
        JsonNode json = await OkAsync(body);
        Assert.Equal("You said: What?", (string?)json["choices"]![0]!["message"]!["content"]);
        Assert.True((int)json["usage"]!["prompt_tokens"]! > (int)(await OkAsync(Ask("What?")))["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public async Task A_file_is_taken_on_v1_and_refused_on_the_dated_route()
    {
        await DeployAsync();
        JsonNode body = JsonNode.Parse("""{"model":"chat","messages":[{"role":"user","content":[{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}]}""")!;
        await OkAsync(body);
        await RefusedAsync(
            body, "Invalid Value: 'file'. Supported values are: 'text', 'image_url', 'input_audio', 'refusal', and 'audio'.", "messages[0].content[0].type", "invalid_value",
            "contoso/openai/deployments/chat/chat/completions?api-version=2025-03-01-preview");
    }

    [Fact]
    public async Task Stop_sequences_end_the_text()
    {
        await DeployAsync();
        JsonNode choice = await ChoiceAsync(Ask("one, two, three", """{"stop":["three",", two"]}"""));
        Assert.Equal("You said: one", (string?)choice["message"]!["content"]);
        Assert.Equal("stop", (string?)choice["finish_reason"]);
    }

    [Fact]
    public async Task Tools_are_called_by_mark_and_never_where_forbidden()
    {
        await DeployAsync();
        const string tools = "{\"tools\":[" + Tool + """,{"type":"function","function":{"name":"g","parameters":{"type":"object","properties":{"n":{"type":"integer"}}}}}]}""";
        JsonObject body = Ask("[[tool:g]] [[tool:f {\"a\":1}]]", tools);
        JsonArray calls = (await ChoiceAsync(body))["message"]!["tool_calls"]!.AsArray();
        Assert.Equal([("g", """{"n":1}"""), ("f", """{"a":1}""")], calls.Select(c => ((string)c!["function"]!["name"]!, (string)c["function"]!["arguments"]!)));
        body["tool_choice"] = "none";
        Assert.Equal("stop", (string?)(await ChoiceAsync(body))["finish_reason"]);
        body["tool_choice"] = JsonNode.Parse("""{"type":"function","function":{"name":"f"}}""");
        Assert.Equal("f", (string?)(await ChoiceAsync(body))["message"]!["tool_calls"]!.AsArray().Single()!["function"]!["name"]);
        Assert.Equal("stop", (string?)(await ChoiceAsync(Ask("no mark", tools)))["finish_reason"]);
    }

    [Fact]
    public async Task The_older_functions_still_work()
    {
        await DeployAsync();
        JsonObject body = Ask("Oslo", """{"functions":[{"name":"f","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}],"function_call":{"name":"f"}}""");
        JsonNode choice = await ChoiceAsync(body);
        Assert.Equal("function_call", (string?)choice["finish_reason"]);
        Assert.Equal("""{"arguments":"{\"city\":\"Oslo\"}","name":"f"}""", choice["message"]!["function_call"]!.ToJsonString().Replace("\\u0022", "\\\"", StringComparison.Ordinal));
        string arguments = string.Concat((await EventsAsync(body)).SelectMany(e => e["choices"]!.AsArray()).Select(c => (string?)c!["delta"]!["function_call"]?["arguments"]));
        Assert.Equal("""{"city":"Oslo"}""", arguments);
    }
}
