using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class ChatTests : EmulatorFixture
{
    private const string V1 = "contoso/openai/v1/chat/completions";
    private const string Dated = "contoso/openai/deployments/chat/chat/completions?api-version=2024-10-21";

    [Fact]
    public async Task An_answer_has_the_shape_of_the_service()
    {
        string key = await CreateChatAsync();
        JsonNode json = (await DataAsync(Dated, Chat("Hello"), key)).Json;
        Assert.Equal("chat.completion", (string?)json["object"]);
        Assert.StartsWith("chatcmpl-", (string?)json["id"], StringComparison.Ordinal);
        JsonNode choice = json["choices"]![0]!;
        Assert.Equal("stop", (string?)choice["finish_reason"]);
        Assert.Equal("assistant", (string?)choice["message"]!["role"]);
        Assert.Equal("safe", (string?)choice["content_filter_results"]!["hate"]!["severity"]);
        Assert.False((bool)json["prompt_filter_results"]![0]!["content_filter_results"]!["jailbreak"]!["filtered"]!);
        Assert.Equal((int)json["usage"]!["total_tokens"]!, (int)json["usage"]!["prompt_tokens"]! + (int)json["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task The_same_request_costs_and_says_the_same()
    {
        string key = await CreateChatAsync();
        JsonNode first = (await DataAsync(V1, Chat("Hello there", "chat"), key)).Json;
        JsonNode second = (await DataAsync(V1, Chat("Hello there", "chat"), key)).Json;
        Assert.Equal(first["usage"]!.ToJsonString(), second["usage"]!.ToJsonString());
        Assert.Equal(first["choices"]!.ToJsonString(), second["choices"]!.ToJsonString());
    }

    [Fact]
    public async Task Headers_name_the_request_and_the_region()
    {
        string key = await CreateChatAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, V1);
        request.Headers.Add("api-key", key);
        request.Headers.Add("x-ms-client-request-id", "mine-1");
        Answer answer = await SendAsync(request, Chat("Hello", "chat"));
        Assert.Equal("mine-1", answer.Header("x-ms-client-request-id"));
        Assert.True(Guid.TryParse(answer.Header("apim-request-id"), out _));
        Assert.Equal("Sweden Central", answer.Header("x-ms-region"));
        Assert.Equal("10", answer.Header("x-ratelimit-limit-requests"));
        Assert.Equal("9", answer.Header("x-ratelimit-remaining-requests"));
        Assert.Equal("10000", answer.Header("x-ratelimit-limit-tokens"));
        Assert.Equal("9984", answer.Header("x-ratelimit-remaining-tokens"));
    }

    [Fact]
    public async Task A_deployment_that_is_not_there_or_not_yet_is_not_found()
    {
        string key = await CreateChatAsync();
        const string message = "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.";
        AssertError(await DataAsync(V1, Chat("Hi", "other"), key), 404, "DeploymentNotFound", message);
        await ControlAsync("PATCH", "settings", new JsonObject { ["deploymentNotFoundSeconds"] = 60 });
        await CreateDeploymentAsync("fresh");
        AssertError(await DataAsync(V1, Chat("Hi", "fresh"), key), 404, "DeploymentNotFound", message);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 61 });
        Assert.Equal(200, (await DataAsync(V1, Chat("Hi", "fresh"), key)).Status);
    }

    [Theory]
    [InlineData("contoso/openai/deployments/chat/chat/completions", 404, "404", "Resource not found")]
    [InlineData("contoso/openai/deployments/chat/chat/completions?api-version=2030-01-01", 404, "404", "Resource not found")]
    [InlineData("contoso/openai/deployments/chat/chat/completions?api-version=2023-07-01-preview", 404, "404", "Resource not found")]
    [InlineData("contoso//openai/v1/chat/completions", 404, "404", "Resource not found")]
    [InlineData("contoso/openai/v1/nonsense", 404, "404", "Resource not found")]
    [InlineData("contoso/openai/v1/chat/completions?api-version=2024-10-21", 400, "BadRequest", "API version not supported")]
    public async Task A_wrong_path_or_version_is_refused(string path, int status, string code, string message)
    {
        string key = await CreateChatAsync();
        AssertError(await DataAsync(path, Chat("Hi", "chat"), key), status, code, message);
    }

    [Fact]
    public async Task A_model_without_chat_says_so()
    {
        string key = await CreateChatAsync(DeploymentBody("text-embedding-3-small", "1", capacity: 1));
        Answer answer = await DataAsync(V1, Chat("Hi", "chat"), key);
        AssertError(
            answer, 400, "OperationNotSupported",
            "The chatCompletion operation does not work with the specified model, text-embedding-3-small. Please choose different model and try again. You can learn "
            + "more about which models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.");
    }

    public static TheoryData<string, string, string?, string?> BadBodies => new()
    {
        { """{"model":"chat"}""", "Missing required parameter: 'messages'.", "messages", "missing_required_parameter" },
        { """{"model":"chat","messages":[]}""", "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"nonsense":1}""", "Unknown parameter: 'nonsense'.", "nonsense", "unknown_parameter" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"max_tokens":5}""", "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "max_tokens", "unsupported_parameter" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"temperature":0.5}""", "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"logprobs":true}""", "Unsupported parameter: 'logprobs' is not supported with this model.", "logprobs", "unsupported_parameter" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"reasoning_effort":"max"}""", "Unsupported value: 'reasoning_effort' does not support 'max' with this model. Supported values are: 'minimal', 'low', 'medium', 'high'.", "reasoning_effort", "unsupported_value" },
        { """{"model":"chat","messages":[{"role":"king","content":"x"}]}""", "Invalid value: 'king'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", "messages[0].role", "invalid_value" },
        { """{"model":"chat","messages":[{"role":"user","content":"x"}],"n":0}""", "Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.", "n", "integer_below_min_value" },
        { """{"model":"chat","messages":"x"}""", "Invalid type for 'messages': expected an array of objects, but got a string instead.", "messages", "invalid_type" },
        { """{"messages":[]}""", "you must provide a model parameter", null, null },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_body_is_named(string body, string message, string? param, string? code)
    {
        string key = await CreateChatAsync();
        Answer answer = await DataAsync(V1, JsonNode.Parse(body), key);
        Assert.Equal(400, answer.Status);
        JsonNode error = answer.Json["error"]!;
        Assert.Equal(message, (string?)error["message"]);
        Assert.Equal("invalid_request_error", (string?)error["type"]);
        Assert.Equal(param, (string?)error["param"]);
        Assert.Equal(code, (string?)error["code"]);
    }

    [Fact]
    public async Task Messages_that_are_null_end_in_a_server_error()
    {
        string key = await CreateChatAsync();
        Answer answer = await DataAsync(V1, JsonNode.Parse("""{"model":"chat","messages":null}"""), key);
        Assert.Equal(500, answer.Status);
        Assert.Equal("server_error", (string?)answer.Json["error"]!["type"]);
    }

    [Fact]
    public async Task A_chat_model_of_the_old_kind_takes_max_tokens_and_temperature()
    {
        string key = await CreateChatAsync(DeploymentBody("gpt-4o", "2024-11-20"));
        JsonObject body = Chat("Hello, a long text to be cut", "chat");
        body["max_tokens"] = 2;
        body["temperature"] = 0.5;
        JsonNode json = (await DataAsync(V1, body, key)).Json;
        Assert.Equal("length", (string?)json["choices"]![0]!["finish_reason"]);
        Assert.Equal(2, (int)json["usage"]!["completion_tokens"]!);
        body["reasoning_effort"] = "low";
        Assert.Equal("unsupported_parameter", (string?)(await DataAsync(V1, body, key)).Json["error"]!["code"]);
    }

    [Fact]
    public async Task A_conversation_longer_than_the_context_is_refused()
    {
        string key = await CreateChatAsync();
        Answer answer = await DataAsync(V1, Chat(new string('x', 1_700_000), "chat"), key);
        Assert.Equal("context_length_exceeded", (string?)answer.Json["error"]!["code"]);
        Assert.StartsWith("This model's maximum context length is 400000 tokens. However, your messages resulted in 425", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marked_prompt_is_filtered()
    {
        string key = await CreateChatAsync();
        Answer answer = await DataAsync(V1, Chat("Say [[filter:hate]]", "chat"), key);
        Assert.Equal(400, answer.Status);
        JsonNode error = answer.Json["error"]!;
        Assert.Equal("content_filter", (string?)error["code"]);
        Assert.Null(error["type"]);
        Assert.Equal("ResponsibleAIPolicyViolation", (string?)error["innererror"]!["code"]);
        Assert.True((bool)error["innererror"]!["content_filter_result"]!["hate"]!["filtered"]!);
        Assert.False((bool)error["innererror"]!["content_filter_result"]!["violence"]!["filtered"]!);
    }

    [Fact]
    public async Task A_marked_answer_is_filtered()
    {
        string key = await CreateChatAsync();
        JsonNode choice = (await DataAsync(V1, Chat("Say [[filter-completion:violence]]", "chat"), key)).Json["choices"]![0]!;
        Assert.Equal("content_filter", (string?)choice["finish_reason"]);
        Assert.Equal("", (string?)choice["message"]!["content"]);
        Assert.True((bool)choice["content_filter_results"]!["violence"]!["filtered"]!);
    }

    [Fact]
    public async Task Answers_can_be_scripted()
    {
        string key = await CreateChatAsync();
        await ControlAsync("POST", "answers", new JsonObject { ["text"] = "One", ["deployment"] = "chat" });
        await ControlAsync("POST", "answers", new JsonObject { ["json"] = new JsonObject { ["whole"] = "body" } });
        Assert.Equal("One", (string?)(await DataAsync(V1, Chat("Hi", "chat"), key)).Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal("""{"whole":"body"}""", (await DataAsync(V1, Chat("Hi", "chat"), key)).Text);
        Assert.Equal("You said: Hi", (string?)(await DataAsync(V1, Chat("Hi", "chat"), key)).Json["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task Several_choices_and_text_parts_work()
    {
        string key = await CreateChatAsync();
        JsonNode body = JsonNode.Parse("""{"model":"chat","n":2,"messages":[{"role":"user","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]}""")!;
        JsonArray choices = (await DataAsync(V1, body, key)).Json["choices"]!.AsArray();
        Assert.Equal(2, choices.Count);
        Assert.Equal(1, (int)choices[1]!["index"]!);
        Assert.Equal("You said: AB", (string?)choices[1]!["message"]!["content"]);
    }

    [Fact]
    public async Task A_required_tool_is_called_with_arguments_of_its_schema()
    {
        string key = await CreateChatAsync();
        JsonNode body = JsonNode.Parse("""
            {"model":"chat","tool_choice":"required","messages":[{"role":"user","content":"Paris"}],
             "tools":[{"type":"function","function":{"name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}}}}}]}
            """)!;
        JsonNode choice = (await DataAsync(V1, body, key)).Json["choices"]![0]!;
        Assert.Equal("tool_calls", (string?)choice["finish_reason"]);
        JsonNode call = choice["message"]!["tool_calls"]![0]!;
        Assert.Equal("weather", (string?)call["function"]!["name"]);
        Assert.Equal("""{"city":"Paris","days":1}""", (string?)call["function"]!["arguments"]);
    }

    [Fact]
    public async Task An_answer_by_schema_fits_the_schema()
    {
        string key = await CreateChatAsync();
        JsonNode body = JsonNode.Parse("""
            {"model":"chat","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":
            {"type":"object","properties":{"name":{"type":"string"},"tags":{"type":"array","items":{"enum":["a","b"]}},"ok":{"type":"boolean"}}}}}}
            """)!;
        string text = (string)(await DataAsync(V1, body, key)).Json["choices"]![0]!["message"]!["content"]!;
        Assert.Equal("""{"name":"You said: x","tags":["a"],"ok":true}""", text);
    }

    [Fact]
    public async Task Models_are_listed_on_both_routes()
    {
        string key = await CreateChatAsync();
        JsonNode v1 = (await DataAsync("contoso/openai/v1/models", null, key, method: "GET")).Json;
        Assert.Contains(v1["data"]!.AsArray(), m => (string?)m!["id"] == "gpt-5-mini-2025-08-07" && (string?)m["object"] == "model");
        JsonNode dated = (await DataAsync("contoso/openai/models?api-version=2024-10-21", null, key, method: "GET")).Json;
        Assert.Contains(dated["data"]!.AsArray(), m => (bool)m!["capabilities"]!["embeddings"]!);
        Assert.Equal(200, (await DataAsync("contoso/openai/v1/models/gpt-5-mini-2025-08-07", null, key, method: "GET")).Status);
        Assert.Equal(404, (await DataAsync("contoso/openai/v1/models/none", null, key, method: "GET")).Status);
    }
}
