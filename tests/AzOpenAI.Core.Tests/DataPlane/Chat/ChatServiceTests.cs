using System.Text.Json;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

public sealed class ChatServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_of_an_answer_is_lost()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(
            200, Samples.Completion, "application/json",
            "apim-request-id: 11111111-aaaa", "x-ms-region: Sweden Central", "x-ratelimit-limit-requests: 60", "x-ratelimit-remaining-requests: 59",
            "x-ratelimit-limit-tokens: 150000", "x-ratelimit-remaining-tokens: -1"));

        ChatCompletion answer = await Samples.Chat(server.Base).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal("Grüß Gott \"you\"", answer.Content);
        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal("gpt-4o-2024-08-06", answer.Model);
        Assert.Equal("gpt", answer.Deployment);
        Assert.Equal("fp_503a95a7d8", answer.SystemFingerprint);
        Assert.Equal(new DateTimeOffset(2024, 10, 4, 20, 23, 37, TimeSpan.Zero), answer.CreatedAt);
        Assert.Equal(new TokenUsage { PromptTokens = 20, CompletionTokens = 1843, TotalTokens = 1863, CachedTokens = 12, ReasoningTokens = 448 }, answer.Usage);
        Assert.Equal("11111111-aaaa", answer.RequestId);
        Assert.Equal("Sweden Central", answer.Region);
        Assert.Equal(new RateLimitState { LimitRequests = 60, RemainingRequests = 59, LimitTokens = 150000 }, answer.RateLimit);
        Assert.Equal(Samples.Completion, answer.Raw);
        Assert.True(answer.Duration > TimeSpan.Zero);
        Assert.Equal(
            [
                new ContentFilterResult { Category = "jailbreak", Side = "Prompt", Detected = true },
                new ContentFilterResult { Category = "hate", Side = "Completion", Severity = "low" },
                new ContentFilterResult { Category = "protected_material_code", Side = "Completion", Detected = false },
            ],
            answer.ContentFilter);
    }

    [Fact]
    public async Task Only_what_the_caller_set_is_sent_and_the_text_arrives_as_it_was()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));
        string text = "Umlaute äöü, quotes \"'`, \\, \u0001, emoji \U0001F600 and\r\nlines";

        await Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { Messages = [new("system", "Be brief"), new("user", text)] }, Cancellation);

        using JsonDocument body = JsonDocument.Parse(server.Request.Body);
        Assert.Equal(["model", "messages"], body.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("gpt", body.RootElement.GetProperty("model").GetString());
        Assert.Equal("system", body.RootElement.GetProperty("messages")[0].GetProperty("role").GetString());
        Assert.Equal(text, body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Every_option_reaches_the_wire_under_the_services_name()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(server.Base).CompleteAsync(
            Samples.Ask with { Temperature = 0.5, TopP = 1, MaxTokens = 7, StopSequences = ["a", "b"], Seed = 42, ReasoningEffort = "low", User = "u" }, Cancellation);

        Assert.Equal(
            """{"model":"gpt","messages":[{"role":"user","content":"Hello"}],"temperature":0.5,"top_p":1,"max_completion_tokens":7,"stop":["a","b"],"seed":42,"reasoning_effort":"low","user":"u"}""",
            server.Request.Body);
    }

    [Fact]
    public async Task All_choices_tool_calls_and_words_nobody_knows_are_kept()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, """
            {"id":"x","novelty":{"a":[1]},"choices":[
              {"index":1,"finish_reason":"meltdown","message":{"content":"second"}},
              {"index":0,"finish_reason":"tool_calls","logprobs":{"content":[]},"message":{"content":null,"refusal":"no",
                "tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\":1}"}},{"id":"c2","type":"custom","custom":{"name":"free","input":"text"}}]}}]}
            """));

        ChatCompletion answer = await Samples.Chat(server.Base).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal(["second", ""], answer.Choices.Select(static choice => choice.Content));
        Assert.Equal("meltdown", answer.FinishReason);
        Assert.Equal([new ToolCall("c1", "look", """{"q":1}"""), new ToolCall("c2", "free", "text")], answer.Choices[1].ToolCalls);
        Assert.Equal("no", answer.Choices[1].Refusal);
        Assert.Empty(answer.Choices[1].LogProbs);
        Assert.Contains("novelty", answer.Raw, StringComparison.Ordinal);
        Assert.Null(answer.Usage);
    }

    [Theory]
    [InlineData("<html><body>Sign in</body></html>", "text/html")]
    [InlineData("plainly wrong", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{\"hello\":1}", "application/json")]
    [InlineData("[1,2]", "application/json")]
    [InlineData("{\"error\":{\"message\":\"sorry\"}}", "application/json")]
    [InlineData("{\"choices\":[", "application/json")]
    public async Task A_success_that_is_no_completion_is_an_invalid_response(string body, string contentType)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, body, contentType));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.InvalidResponse), error.ErrorId);
        Assert.Equal(200, error.StatusCode);
    }

    [Theory]
    [InlineData("2024-06-01", "max_tokens")]
    [InlineData("2024-08-01-preview", "max_tokens")]
    [InlineData("2024-09-01-preview", "max_completion_tokens")]
    [InlineData("2024-10-21", "max_completion_tokens")]
    public async Task The_token_limit_goes_by_the_name_that_the_version_knows(string version, string name)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));
        Connection connection = Samples.Connection(server.Base, ConnectionKind.AzureDated) with { ApiVersion = version };

        await Samples.Chat(connection).CompleteAsync(Samples.Ask with { MaxTokens = 9 }, Cancellation);

        Assert.Contains($"\"{name}\":9", server.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_refuses_the_name_of_the_token_limit_is_asked_by_the_other_and_it_is_remembered()
    {
        await using LoopbackServer server = new(static exchange => exchange.Request.Body.Contains("max_completion_tokens", StringComparison.Ordinal)
            ? exchange.AnswerAsync(400, """{"error":{"message":"Unrecognized request argument supplied: max_completion_tokens","type":"invalid_request_error","param":null,"code":null}}""")
            : exchange.AnswerAsync(200, Samples.Completion));
        RecordingReporter reporter = new();
        ChatService chat = Samples.Chat(server.Base, new ServiceOptions { Reporter = reporter });
        ChatRequest request = Samples.Ask with { MaxTokens = 9 };

        await chat.CompleteAsync(request, Cancellation);
        await chat.CompleteAsync(request, Cancellation);

        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("max_tokens", Assert.Single(reporter.VerboseLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_another_parameter_is_not_taken_for_one_of_the_token_limit()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(
            400, """{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","param":"temperature","code":"unsupported_parameter"}}"""));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(
            () => Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { MaxTokens = 9, Temperature = 0.5 }, Cancellation));

        Assert.Equal(nameof(Messages.UnsupportedParameter), error.ErrorId);
        Assert.All(server.Requests, static request => Assert.Contains("max_completion_tokens", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calls_in_a_row_share_one_connection()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        for (int i = 0; i < 5; i++)
            await Samples.Chat(server.Base).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(1, server.Opened);
    }

    [Fact]
    public async Task Many_calls_at_once_each_get_their_own_answer()
    {
        await using LoopbackServer server = new(static exchange =>
        {
            string text = JsonDocument.Parse(exchange.Request.Body).RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!;
            return exchange.AnswerAsync(200, $$$"""{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"{{{text}}}"}}]}""");
        });
        ChatService chat = Samples.Chat(server.Base);

        string[] texts = [.. Enumerable.Range(0, 40).Select(static i => $"text {i}")];
        ChatCompletion[] answers = await Task.WhenAll(texts.Select(text => chat.CompleteAsync(Samples.Ask with { Messages = [new("user", text)] }, Cancellation)));

        Assert.Equal(texts, answers.Select(static answer => answer.Content));
    }

    [Fact]
    public async Task Cancelling_closes_the_connection_at_once()
    {
        TaskCompletionSource arrived = new();
        TaskCompletionSource<bool> left = new();
        await using LoopbackServer server = new(async exchange =>
        {
            arrived.SetResult();
            left.SetResult(await exchange.WaitForClientToLeaveAsync());
        });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        Task<ChatCompletion> asking = Samples.Chat(server.Base).CompleteAsync(Samples.Ask, stop.Token);
        await arrived.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(await left.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_call_without_a_deployment_never_leaves_the_machine(string deployment)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(
            () => Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { Deployment = deployment }, Cancellation));

        Assert.Equal(nameof(Messages.DeploymentMissing), error.ErrorId);
        Assert.Empty(server.Requests);
    }
}
