using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Completions;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Completions;

public sealed class CompletionServiceTests
{
    private const string Whole = """
        {"id":"cmpl-1","object":"text_completion","created":1728073417,"model":"gpt-35-turbo-instruct",
         "choices":[
          {"text":" blue","index":3,"finish_reason":"length","logprobs":null,"content_filter_results":{"hate":{"filtered":false,"severity":"low"}}},
          {"text":" red","index":0,"finish_reason":"stop","logprobs":{"tokens":[" red"],"token_logprobs":[-0.5],"top_logprobs":[{" red":-0.5," pink":-2}],"text_offset":[10]},"content_filter_results":{}},
          {"text":" rot","index":1,"finish_reason":"stop","logprobs":{"tokens":["Roses"," rot"],"token_logprobs":[null,-1],"top_logprobs":null}},
          {"text":" Blau","index":2,"finish_reason":"stop"}],
         "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"violence":{"filtered":false,"severity":"safe"}}},{"prompt_index":1,"content_filter_results":{"violence":{"filtered":false,"severity":"medium"}}}],
         "usage":{"prompt_tokens":8,"completion_tokens":4,"total_tokens":12}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static CompletionRequest Ask { get; } = new() { Deployment = "old", Prompts = ["Roses are"] };

    [Fact]
    public async Task Each_choice_finds_its_prompt_and_its_findings()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Whole, "application/json", "apim-request-id: r-1"));

        IReadOnlyList<TextCompletion> all = await Service(server).CompleteAsync(Ask with { Prompts = ["Roses are", "Violets are"], ChoiceCount = 2 }, Cancellation);

        Assert.Equal([" red", " rot", " Blau", " blue"], all.Select(static completion => completion.Text));
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1)], all.Select(static completion => (completion.PromptIndex, completion.Index)));
        Assert.Equal("Violets are", all[3].Prompt);
        Assert.Equal("length", all[3].FinishReason);
        Assert.Equal(["safe"], all[0].ContentFilter.Select(static finding => finding.Severity));
        Assert.Equal(["medium", "low"], all[3].ContentFilter.Select(static finding => finding.Severity));
        Assert.Equal(12, all[2].Usage?.TotalTokens);
        Assert.Equal("r-1", all[0].RequestId);
        Assert.Equal(Whole, all[0].Raw);
        TokenLogProb red = Assert.Single(all[0].LogProbs);
        Assert.Equal((" red", -0.5), (red.Token, red.LogProb));
        Assert.Equal([" red", " pink"], red.Top.Select(static top => top.Token));
        Assert.True(double.IsNaN(all[1].LogProbs[0].LogProb));
        Assert.Empty(all[2].LogProbs);
    }

    [Fact]
    public async Task Every_option_reaches_the_wire_under_the_services_name()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, """{"choices":[]}"""));

        await Service(server).CompleteAsync(
            Ask with
            {
                Suffix = "end",
                MaxTokens = 0,
                Temperature = 0.5,
                TopP = 1,
                ChoiceCount = 2,
                BestOf = 3,
                Echo = true,
                LogProbs = 5,
                StopSequences = ["a"],
                Seed = 4,
                FrequencyPenalty = -1,
                PresencePenalty = 2,
                User = "u",
            },
            Cancellation);

        Assert.Equal(
            """{"model":"old","prompt":"Roses are","max_tokens":0,"temperature":0.5,"top_p":1,"n":2,"best_of":3,"stop":["a"],"seed":4,"frequency_penalty":-1,"presence_penalty":2,"suffix":"end","echo":true,"logprobs":5,"user":"u"}""",
            server.Request.Body);
    }

    [Fact]
    public async Task A_stream_becomes_pieces_and_whole_completions()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync("apim-request-id: r-2");
            await exchange.EventAsync("""{"choices":[],"created":0,"id":"","model":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""");
            await exchange.EventAsync(Piece(0, " red"));
            await exchange.EventAsync(Piece(1, " rot"));
            await exchange.EventAsync(Piece(0, " and green", "stop"));
            await exchange.EventAsync(Piece(1, "", "length"));
            await exchange.EventAsync("""{"id":"c","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}""");
            await exchange.EventAsync("[DONE]");
            await exchange.EndChunksAsync();
        });

        List<CompletionStreamEvent> events = await ReadAsync(Service(server), Ask with { ChoiceCount = 2 });

        Assert.Equal([(0, " red"), (1, " rot"), (0, " and green")], events.SkipLast(1).Select(static item => (item.Position, item.Text)));
        IReadOnlyList<TextCompletion> all = events[^1].Completions!;
        Assert.Equal([" red and green", " rot"], all.Select(static completion => completion.Text));
        Assert.Equal(["stop", "length"], all.Select(static completion => completion.FinishReason));
        Assert.Equal(3, all[1].Usage?.TotalTokens);
        Assert.Equal("r-2", all[1].RequestId);
        Assert.EndsWith(""","stream":true,"stream_options":{"include_usage":true}}""", server.Request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The server had an error","type":"server_error"}}""", nameof(Messages.ChatStreamFailed))]
    [InlineData("no json", nameof(Messages.ChatStreamFailed))]
    [InlineData(null, nameof(Messages.ChatStreamTruncated))]
    public async Task A_stream_that_breaks_off_keeps_what_came(string? last, string errorId)
    {
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Piece(0, " red"));
            if (last is not null)
                await exchange.EventAsync(last);
            await exchange.EndChunksAsync();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => ReadAsync(Service(server), Ask));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(" red", Assert.Single(Assert.IsAssignableFrom<IReadOnlyList<TextCompletion>>(error.Partial)).Text);
    }

    [Fact]
    public async Task A_relay_that_does_not_stream_is_as_good()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, """{"choices":[{"text":"x","index":0,"finish_reason":"stop"}]}"""));

        List<CompletionStreamEvent> events = await ReadAsync(Service(server), Ask);

        Assert.Equal(["x", ""], events.Select(static item => item.Text));
        Assert.Equal("x", Assert.Single(events[^1].Completions!).Text);
    }

    [Theory]
    [InlineData("""{"object":"list"}""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"choices":[""")]
    public async Task What_is_no_completion_is_an_error(string body)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, body));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Service(server).CompleteAsync(Ask, Cancellation));

        Assert.Equal(nameof(Messages.InvalidResponse), error.ErrorId);
    }

    private static string Piece(int index, string text, string? reason = null) =>
        $$"""{"id":"c","created":1728073417,"model":"m","choices":[{"text":"{{text}}","index":{{index}},"finish_reason":{{(reason is null ? "null" : $"\"{reason}\"")}},"logprobs":null}]}""";

    private static async Task<List<CompletionStreamEvent>> ReadAsync(CompletionService service, CompletionRequest request)
    {
        List<CompletionStreamEvent> events = [];
        await foreach (CompletionStreamEvent item in service.StreamAsync(request, Cancellation))
            events.Add(item);
        return events;
    }

    private static CompletionService Service(LoopbackServer server) =>
        new DataPlaneClient(Samples.Connection(server.Base), null, null, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(5) }).Completions;
}
