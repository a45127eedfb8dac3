using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class ScriptedAnswerTests : DataPlaneFixture
{
    private const string Weather = """{"tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}""";

    [Fact]
    public async Task Tool_calls_are_made_as_the_script_says()
    {
        await DeployAsync();
        JsonNode script = JsonNode.Parse("""{"toolCalls":[{"name":"weather","arguments":{"city":"Oslo"},"id":"call_1"},{"name":"weather","arguments":"{not json"}],"count":2}""")!;
        await ControlAsync("POST", "answers", script);
        JsonNode choice = await ChoiceAsync(Ask("x", Weather));
        Assert.Equal("tool_calls", (string?)choice["finish_reason"]);
        Assert.Null(choice["message"]!["content"]);
        JsonArray calls = choice["message"]!["tool_calls"]!.AsArray();
        Assert.Equal("call_1", (string?)calls[0]!["id"]);
        Assert.Equal("""{"city":"Oslo"}""", (string?)calls[0]!["function"]!["arguments"]);
        Assert.Equal("{not json", (string?)calls[1]!["function"]!["arguments"]);
        Assert.NotEqual((string?)calls[0]!["id"], (string?)calls[1]!["id"]);
        JsonObject alone = Ask("x", Weather);
        alone["parallel_tool_calls"] = false;
        Assert.Single((await ChoiceAsync(alone))["message"]!["tool_calls"]!.AsArray());
    }

    [Fact]
    public async Task Refusal_reason_and_usage_can_be_given()
    {
        await DeployAsync(DeploymentBody(capacity: 100));
        await ControlAsync("POST", "answers", JsonNode.Parse("""{"refusal":"No.","finishReason":"length","reasoningTokens":7,"cachedTokens":3}"""));
        JsonNode json = await OkAsync(Ask("Hello"));
        Assert.Equal("No.", (string?)json["choices"]![0]!["message"]!["refusal"]);
        Assert.Null(json["choices"]![0]!["message"]!["content"]);
        Assert.Equal("length", (string?)json["choices"]![0]!["finish_reason"]);
        Assert.Equal(7, (int)json["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!);
        Assert.Equal(8, (int)json["usage"]!["completion_tokens"]!);
        Assert.Equal(3, (int)json["usage"]!["prompt_tokens_details"]!["cached_tokens"]!);
    }

    [Fact]
    public async Task An_answer_waits_for_the_prompt_that_it_matches()
    {
        await DeployAsync();
        await ControlAsync("POST", "answers", JsonNode.Parse("""{"text":"for two","match":"^two$","count":null}"""));
        Assert.Equal("You said: one", (string?)(await ChoiceAsync(Ask("one")))["message"]!["content"]);
        Assert.Equal("for two", (string?)(await ChoiceAsync(Ask("two")))["message"]!["content"]);
        Assert.Equal("for two", (string?)(await ChoiceAsync(Ask("two")))["message"]!["content"]);
    }

    [Theory]
    [InlineData("{}", "exactly one of")]
    [InlineData("""{"text":"a","json":{}}""", "exactly one of")]
    [InlineData("""{"text":"a","refusal":"b"}""", "exactly one of")]
    [InlineData("""{"text":"a","finishReason":"bored"}""", "Unknown finishReason 'bored'")]
    [InlineData("""{"toolCalls":[{"arguments":"{}"}]}""", "'name' is missing")]
    [InlineData("""{"toolCalls":[{"name":"a","args":"{}"}]}""", "Unknown property 'args'")]
    [InlineData("""{"text":"a","match":"("}""", "isn't a valid regular expression")]
    [InlineData("""{"choices":"a"}""", "must be an array")]
    public async Task A_script_that_makes_no_sense_is_refused(string script, string message)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "_emulator/answers");
        Answer answer = await SendAsync(request, JsonNode.Parse(script));
        Assert.Equal(400, answer.Status);
        Assert.Contains(message, (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }
}
