using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class LegacyCompletionTests : DataPlaneFixture
{
    private const string Completions = "contoso/openai/v1/completions";

    /// <summary>The last model for legacy completions retired on 2025-11-11.</summary>
    protected override EmulatorOptions Options => new() { Now = new DateTimeOffset(2025, 9, 1, 9, 0, 0, TimeSpan.Zero) };

    private static JsonObject Instruct => DeploymentBody("gpt-35-turbo-instruct", "0914", "Standard", 100);

    [Fact]
    public async Task An_answer_has_the_shape_of_the_service()
    {
        await DeployAsync(Instruct);
        JsonNode json = await OkAsync(Prompt("\"Hello\""), "contoso/openai/deployments/chat/completions?api-version=2024-10-21");
        Assert.Equal("text_completion", (string?)json["object"]);
        Assert.StartsWith("cmpl-", (string?)json["id"], StringComparison.Ordinal);
        Assert.Equal("You said: Hello", (string?)json["choices"]![0]!["text"]);
        Assert.Equal("safe", (string?)json["choices"]![0]!["content_filter_results"]!["hate"]!["severity"]);
        Assert.Equal(0, (int)json["prompt_filter_results"]![0]!["prompt_index"]!);
    }

    [Fact]
    public async Task Sixteen_tokens_are_the_limit_unless_another_is_given()
    {
        await DeployAsync(Instruct);
        JsonNode json = await OkAsync(Prompt("\"[[tokens:50]]\""), Completions);
        Assert.Equal("length", (string?)json["choices"]![0]!["finish_reason"]);
        Assert.Equal(16, (int)json["usage"]!["completion_tokens"]!);
        Assert.Equal(50, (int)(await OkAsync(Prompt("\"[[tokens:50]]\"", "\"max_tokens\":60"), Completions))["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task One_filtered_prompt_refuses_all_and_a_filtered_answer_only_itself()
    {
        await DeployAsync(Instruct);
        await RefusedAsync(
            Prompt("[\"a\",\"[[filter:hate]]\"]"),
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more about our content "
            + "filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766", "prompt", "content_filter", Completions);
        JsonArray choices = (await OkAsync(Prompt("[\"a\",\"[[filter-completion:hate]]\"]"), Completions))["choices"]!.AsArray();
        Assert.Equal(["stop", "content_filter"], choices.Select(c => (string?)c!["finish_reason"]));
    }

    [Fact]
    public async Task Suffix_stop_and_scripts_work()
    {
        await DeployAsync(Instruct);
        Assert.Equal("You said: ab", (string?)(await OkAsync(Prompt("\"a\"", "\"suffix\":\"b\""), Completions))["choices"]![0]!["text"]);
        Assert.Equal("You ", (string?)(await OkAsync(Prompt("\"a\"", "\"stop\":\"said\""), Completions))["choices"]![0]!["text"]);
        await ControlAsync("POST", "answers", JsonNode.Parse("""{"choices":["one","two"]}"""));
        JsonArray choices = (await OkAsync(Prompt("\"a\"", "\"n\":2"), Completions))["choices"]!.AsArray();
        Assert.Equal(["one", "two"], choices.Select(c => (string?)c!["text"]));
    }

    [Fact]
    public async Task A_stream_ends_with_usage_where_asked()
    {
        await DeployAsync(Instruct);
        List<JsonNode> events = await EventsAsync(Prompt("\"a b c\"", "\"stream_options\":{\"include_usage\":true},\"logprobs\":1").AsObject(), Completions);
        Assert.NotNull(events[0]["prompt_filter_results"]);
        JsonNode[] choices = [.. events.SelectMany(e => e["choices"]!.AsArray()).OfType<JsonNode>()];
        Assert.Equal("You said: a b c", string.Concat(choices.Select(c => (string?)c["text"])));
        Assert.All(choices[..^1], c => Assert.Equal((string?)c["text"], string.Concat(c["logprobs"]!["tokens"]!.AsArray().Select(t => (string?)t))));
        Assert.Equal("stop", (string?)choices[^1]["finish_reason"]);
        Assert.True((int)events[^1]["usage"]!["total_tokens"]! > 0);
    }

    [Theory]
    [InlineData("{}", "Missing required parameter: 'prompt'.", "prompt", "missing_required_parameter")]
    [InlineData("""{"prompt":"x","n":2,"best_of":1}""", "You requested that the server return more choices than it will generate (HINT: best_of must be at least n).", "best_of", null)]
    [InlineData("""{"prompt":"x","logprobs":6}""", "Invalid 'logprobs': integer above maximum value. Expected a value <= 5, but got 6 instead.", "logprobs", "integer_above_max_value")]
    [InlineData("""{"prompt":"x","messages":[]}""", "Unknown parameter: 'messages'.", "messages", "unknown_parameter")]
    [InlineData("""{"prompt":"x","max_tokens":5000}""", "This model's maximum context length is 4097 tokens, however you requested 5001 tokens (1 in your prompt; 5000 for the completion). Please reduce your prompt; or completion length.", null, null)]
    public async Task A_wrong_body_is_named(string body, string message, string? param, string? code)
    {
        await DeployAsync(Instruct);
        JsonObject json = JsonNode.Parse(body)!.AsObject();
        json["model"] = "chat";
        await RefusedAsync(json, message, param, code, Completions);
    }

    [Fact]
    public async Task A_chat_model_does_not_complete()
    {
        await DeployAsync(Gpt4o);
        AssertError(
            await PostAsync(Prompt("\"x\""), Completions), 400, "OperationNotSupported",
            "The completion operation does not work with the specified model, gpt-4o. Please choose different model and try again. You can learn more about which models can be used "
            + "with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.");
    }

    private static JsonNode Prompt(string prompt, string more = "") => JsonNode.Parse($$"""{"model":"chat","prompt":{{prompt}}{{(more.Length > 0 ? "," + more : "")}}}""")!;
}
