using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>Addresses beside the two main ones, and what older api-versions do not know.</summary>
public sealed class RouteTests : DataPlaneFixture
{
    [Fact]
    public async Task The_OpenAI_compatible_base_speaks_as_OpenAI_does()
    {
        await DeployAsync();
        JsonNode json = (await DataAsync("contoso/v1/chat/completions", Ask("Hello"), bearer: Key)).Json;
        Assert.Equal("You said: Hello", (string?)json["choices"]![0]!["message"]!["content"]);
        Assert.Null(json["prompt_filter_results"]);
        Assert.Null(json["choices"]![0]!["content_filter_results"]);
        JsonObject stream = Ask("Hello", """{"stream":true}""");
        Assert.DoesNotContain("filter", (await DataAsync("contoso/v1/chat/completions", stream, bearer: Key)).Text, StringComparison.Ordinal);
        Answer key = await DataAsync("contoso/v1/chat/completions", Ask("Hello"), bearer: "sk-1234567890");
        Assert.Equal(401, key.Status);
        Assert.Equal("invalid_api_key", (string?)key.Json["error"]!["code"]);
        Assert.DoesNotContain("sk-1234567890", key.Text, StringComparison.Ordinal);
        Answer model = await DataAsync("contoso/v1/chat/completions", Chat("Hello", "fake_id"), bearer: Key);
        AssertError(model, 404, "model_not_found", "The model 'fake_id' does not exist");
        Assert.Equal(404, (await DataAsync("contoso/v1/nonsense", Ask("Hello"), bearer: Key)).Status);
        Assert.Equal(200, (await DataAsync("contoso/v1/models", null, bearer: Key, method: "GET")).Status);
    }

    [Theory]
    [InlineData("contoso.apim/openai/v1/chat/completions")]
    [InlineData("contoso.apim/team/ai/openai/v1/chat/completions")]
    [InlineData("contoso.apim/team/openai/deployments/chat/chat/completions?api-version=2024-10-21")]
    public async Task An_API_Management_front_takes_a_subscription_key(string path)
    {
        await DeployAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Headers.Add("Ocp-Apim-Subscription-Key", Key);
        Assert.Equal(200, (await SendAsync(request, Ask("Hello"))).Status);
        string query = path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "subscription-key=" + Key;
        Assert.Equal(200, (await DataAsync(query, Ask("Hello"))).Status);
        Answer none = await DataAsync(path, Ask("Hello"));
        Assert.Equal(401, none.Status);
        Assert.Equal("Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.", (string?)none.Json["message"]);
        Assert.Equal(401, (await DataAsync(path, Ask("Hello"), "wrong")).Status);
    }

    [Theory]
    [InlineData("2024-02-01", """{"response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object"}}}}""", "BadRequest", "response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later")]
    [InlineData("2024-10-21", """{"prediction":{"type":"content","content":"x"}}""", "BadRequest", "Prediction is enabled only for api versions 2025-01-01-preview and later")]
    [InlineData("2024-10-21", """{"reasoning_effort":"low"}""", "unknown_parameter", "Unknown parameter: 'reasoning_effort'.")]
    public async Task A_dated_version_does_not_know_what_came_later(string version, string more, string code, string message)
    {
        await DeployAsync();
        AssertError(await PostAsync(Ask("x", more), "contoso/openai/deployments/chat/chat/completions?api-version=" + version), 400, code, message);
        Assert.NotEqual(message, (string?)(await PostAsync(Ask("x", more))).Json["error"]?["message"]);
    }

    [Fact]
    public async Task A_preview_of_2023_calls_the_results_of_the_prompt_annotations()
    {
        await DeployAsync();
        JsonNode json = await OkAsync(Ask("x"), "contoso/openai/deployments/chat/chat/completions?api-version=2023-06-01-preview");
        Assert.NotNull(json["prompt_annotations"]);
        Assert.Null(json["prompt_filter_results"]);
    }

    [Fact]
    public async Task A_model_router_names_the_model_that_answered()
    {
        await DeployAsync(DeploymentBody("model-router", "2025-11-18", capacity: 100));
        Assert.Equal("gpt-5-mini-2025-08-07", (string?)(await OkAsync(Ask("short")))["model"]);
        Assert.Equal("gpt-5-2025-08-07", (string?)(await OkAsync(Ask(new string('x', 5000))))["model"]);
    }

    [Fact]
    public async Task Models_of_the_newest_generation_take_tools_without_reasoning_only()
    {
        await DeployAsync(DeploymentBody("gpt-5.6-terra", "2026-07-09", capacity: 100));
        const string tool = """{"tools":[{"type":"function","function":{"name":"f"}}]}""";
        await RefusedAsync(
            Ask("x", tool),
            "Function tools with reasoning_effort are not supported for gpt-5.6-terra in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to "
            + "'none'.", "reasoning_effort", null);
        JsonObject body = Ask("x", tool);
        body["reasoning_effort"] = "none";
        Assert.Equal(0, (int)(await OkAsync(body))["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!);
    }

    [Fact]
    public async Task Reasoning_takes_its_part_of_the_limit()
    {
        await DeployAsync(DeploymentBody(capacity: 100));
        Assert.Equal(64, await ReasoningAsync("{}"));
        Assert.Equal(16, await ReasoningAsync("""{"reasoning_effort":"low"}"""));
        Assert.Equal(5, await ReasoningAsync("""{"max_completion_tokens":10}"""));
        JsonNode spent = await OkAsync(Ask("[[reasoning:500]]", """{"max_completion_tokens":100}"""));
        Assert.Equal(100, (int)spent["usage"]!["completion_tokens"]!);
        Assert.Equal("length", (string?)spent["choices"]![0]!["finish_reason"]);
        Assert.Equal("", (string?)spent["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task A_long_prompt_that_comes_again_is_cached_in_steps()
    {
        await DeployAsync();
        string start = string.Concat(Enumerable.Repeat("the same start of a long prompt ", 200));
        Assert.Equal(0, await CachedAsync(start + "one"));
        int cached = await CachedAsync(start + "two");
        Assert.InRange(cached, 1024, start.Length / 4 + 10);
        Assert.Equal(0, cached % 128);
        Assert.Equal(0, await CachedAsync("short"));
        Assert.Equal(0, await CachedAsync("short"));
    }

    [Fact]
    public async Task A_marked_delay_and_length_are_kept()
    {
        await DeployAsync();
        Task<JsonNode> slow = OkAsync(Ask("[[delay:1500]] slow"));
        await OkAsync(Ask("fast"));
        Assert.False(slow.IsCompleted);
        await slow;
        Assert.Equal(300, (int)(await OkAsync(Ask("[[tokens:300]]")))["usage"]!["completion_tokens"]!);
        await ControlAsync("PATCH", "settings", new JsonObject { ["tokensPerSecond"] = 100 });
        Task<JsonNode> whole = OkAsync(Ask("[[tokens:150]]"));
        await OkAsync(Ask("x"));
        Assert.False(whole.IsCompleted);
        await whole;
    }

    private async Task<int> ReasoningAsync(string more) => (int)(await OkAsync(Ask("Hello", more)))["usage"]!["completion_tokens_details"]!["reasoning_tokens"]!;

    private async Task<int> CachedAsync(string text) => (int)(await OkAsync(Ask(text)))["usage"]!["prompt_tokens_details"]!["cached_tokens"]!;
}
