using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Embeddings;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Embeddings;

public sealed class EmbeddingServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static EmbeddingRequest Ask { get; } = new() { Deployment = "embed", Texts = ["a", "b"] };

    [Fact]
    public async Task Vectors_come_back_in_the_order_of_the_texts_whatever_order_the_service_has()
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(
            200, $$$"""{"object":"list","data":[{"index":1,"embedding":"{{{Base64(3, 4)}}}"},{"embedding":"{{{Base64(1, -0.5f)}}}","index":0}],"model":"m","usage":{"prompt_tokens":7,"total_tokens":7}}""",
            "application/json", "apim-request-id: r-1", "x-ratelimit-limit-tokens: 5000"));

        EmbeddingAnswer answer = await Service(server).EmbedAsync(Ask with { Dimensions = 2, User = "u", InputType = "query" }, Cancellation);

        Assert.Equal([1, -0.5f], answer.Vectors[0]);
        Assert.Equal([3, 4], answer.Vectors[1]);
        Assert.Equal("m", answer.Model);
        Assert.Equal(7, answer.PromptTokens);
        Assert.Equal("r-1", answer.RequestId);
        Assert.Equal(5000, answer.RateLimit?.LimitTokens);
        Assert.Equal("""{"model":"embed","input":["a","b"],"encoding_format":"base64","dimensions":2,"input_type":"query","user":"u"}""", server.Request.Body);
        Assert.Equal("/openai/v1/embeddings", server.Request.Target);
    }

    [Fact]
    public async Task On_a_dated_route_the_deployment_is_in_the_path_only()
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, Two()));

        await Service(server, ConnectionKind.AzureDated).EmbedAsync(Ask, Cancellation);

        Assert.Equal("/openai/deployments/embed/embeddings?api-version=2024-10-21", server.Request.Target);
        Assert.Equal("""{"input":["a","b"],"encoding_format":"base64"}""", server.Request.Body);
    }

    [Fact]
    public async Task Numbers_and_escaped_base64_are_read_too()
    {
        string escaped = Base64(float.MaxValue, -1).Replace("/", "\\/", StringComparison.Ordinal);
        Assert.Contains("\\/", escaped, StringComparison.Ordinal);
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(
            200, $$"""{"data":[{"object":"embedding","index":0,"more":{"x":[1,{}]},"embedding":[0.25,-1e-3]},{"index":1,"embedding":"{{escaped}}"}]}"""));

        EmbeddingAnswer answer = await Service(server).EmbedAsync(Ask, Cancellation);

        Assert.Equal([0.25f, -0.001f], answer.Vectors[0]);
        Assert.Equal([float.MaxValue, -1], answer.Vectors[1]);
        Assert.Null(answer.PromptTokens);
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":"AAAAAA=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"AAAA"},{"index":1,"embedding":"AAAAAA=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"?!"},{"index":1,"embedding":"AAAAAA=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[]},{"index":1,"embedding":"AAAAAA=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":null},{"index":9,"embedding":"AAAAAA=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":["a"]}]}""")]
    [InlineData("""{"data":"none"}""")]
    [InlineData("""{"data":[""")]
    [InlineData("""[]""")]
    [InlineData("<html></html>")]
    [InlineData("")]
    public async Task An_answer_that_lacks_a_vector_is_an_error_and_never_a_wrong_vector(string body)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, body));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Service(server).EmbedAsync(Ask, Cancellation));

        Assert.Equal(nameof(Messages.InvalidResponse), error.ErrorId);
    }

    [Fact]
    public async Task A_service_that_does_not_know_base64_is_asked_for_numbers()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(400, """{"error":{"message":"Unrecognized request argument supplied: encoding_format","type":"invalid_request_error","param":null,"code":null}}"""),
            static exchange => exchange.AnswerAsync(200, """{"data":[{"embedding":[1]},{"embedding":[2]}]}"""));

        EmbeddingAnswer answer = await Service(server).EmbedAsync(Ask, Cancellation);

        Assert.Equal([2], answer.Vectors[1]);
        Assert.DoesNotContain("encoding_format", server.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_refused_text_costs_none_of_the_others()
    {
        await using LoopbackServer server = new(static exchange => AnswerUnlessAsync(exchange, "bad"));
        EmbeddingRequest request = Ask with { Texts = ["one", "two", "bad", "four", "five"] };

        List<EmbeddingOutcome> outcomes = await EachAsync(Service(server), request);

        Assert.Equal([0, 1, 2, 3, 4], outcomes.Select(static outcome => outcome.Position));
        Assert.Equal([2], outcomes.Where(static outcome => outcome.Failure is not null).Select(static outcome => outcome.Position));
        Assert.Equal(nameof(Messages.ContextLengthExceeded), outcomes[2].Failure!.ErrorId);
        Assert.Equal([3f, 3f, 4f, 4f], outcomes.Where(static outcome => outcome.Vector is not null).Select(static outcome => outcome.Vector![0]));
        Assert.True(server.Requests.Count <= 7);
    }

    [Fact]
    public async Task A_request_that_is_refused_whatever_its_texts_are_is_not_sent_for_each_of_them()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(
            400, """{"error":{"message":"Invalid value for 'dimensions' = 9999. Must be less than or equal to 1536.","type":"invalid_request_error","param":null,"code":null}}"""));
        EmbeddingRequest request = Ask with { Texts = [.. Enumerable.Range(0, 256).Select(static i => i.ToString(CultureInfo.InvariantCulture))] };

        List<EmbeddingOutcome> outcomes = [];
        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            await foreach (EmbeddingOutcome outcome in Service(server).EmbedEachAsync(request, Cancellation))
                outcomes.Add(outcome);
        });

        Assert.Equal(nameof(Messages.RequestRejected), error.ErrorId);
        Assert.True(server.Requests.Count < 20, $"{server.Requests.Count} requests");
        Assert.True(outcomes.Count < 4);
    }

    [Fact]
    public async Task Another_failure_is_not_blamed_on_a_text()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}"""));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => EachAsync(Service(server), Ask));

        Assert.Equal(nameof(Messages.InvalidKey), error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Stopping_closes_the_request()
    {
        TaskCompletionSource<bool> left = new();
        await using LoopbackServer server = new(async exchange => left.SetResult(await exchange.WaitForClientToLeaveAsync()));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<EmbeddingAnswer> asking = Service(server).EmbedAsync(Ask, stop.Token);
        while (server.Requests.IsEmpty)
            await Task.Delay(10, Cancellation);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.True(await left.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    [Theory]
    [InlineData(10, new[] { "aaaa", "bbbb", "cc" }, new[] { 4, 4, 2 })]
    [InlineData(7, new[] { "aa", "aa", "aa" }, new[] { 2, 2, 3 })]
    [InlineData(1, new[] { "a", "b" }, new[] { 0, 1 })]
    public void Shares_add_up_to_what_was_billed(int tokens, string[] texts, int[] expected)
    {
        TokenShare shares = new(texts, tokens);

        Assert.Equal(expected, texts.Select(text => shares.Next(text)!.Value));
    }

    [Fact]
    public void Similarity_is_one_for_the_same_direction_and_refuses_other_lengths()
    {
        TextEmbedding one = new() { Embedding = [1, 0, 0] };
        TextEmbedding same = new() { Embedding = [5, 0, 0] };

        Assert.Equal(1, one.CosineSimilarity(same), 12);
        Assert.Equal(-1, one.CosineSimilarity([-2, 0, 0]), 12);
        Assert.Equal(0, one.CosineSimilarity([0, 3, 0]), 12);
        Assert.Equal(0, one.CosineSimilarity(new float[3]));
        ArgumentException error = Assert.Throws<ArgumentException>(() => one.CosineSimilarity([1, 2]));
        Assert.Contains("3 and 2 dimensions", error.Message, StringComparison.Ordinal);
        Assert.Equal("[1.0000, 0.0000, 0.0000] (3)", one.ToString());
    }

    private static async Task AnswerUnlessAsync(Exchange exchange, string bad)
    {
        using JsonDocument body = JsonDocument.Parse(exchange.Request.Body);
        string[] texts = [.. body.RootElement.GetProperty("input").EnumerateArray().Select(static text => text.GetString()!)];
        if (texts.Contains(bad))
        {
            await exchange.AnswerAsync(
                400, """{"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 9000 tokens (9000 in your prompt; 0 for the completion). Please reduce your prompt; or completion length.","type":"invalid_request_error","param":null,"code":null}}""");
            return;
        }

        IEnumerable<string> data = texts.Select(static (text, index) => $$"""{"index":{{index}},"embedding":"{{Base64(text.Length)}}"}""");
        await exchange.AnswerAsync(200, $$$"""{"data":[{{{string.Join(',', data)}}}],"usage":{"prompt_tokens":{{{texts.Length}}}}}""");
    }

    private static async Task<List<EmbeddingOutcome>> EachAsync(EmbeddingService service, EmbeddingRequest request)
    {
        List<EmbeddingOutcome> outcomes = [];
        await foreach (EmbeddingOutcome outcome in service.EmbedEachAsync(request, Cancellation))
            outcomes.Add(outcome);
        return outcomes;
    }

    private static EmbeddingService Service(LoopbackServer server, ConnectionKind kind = ConnectionKind.AzureV1) =>
        new DataPlaneClient(Samples.Connection(server.Base, kind), null, null, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(5) }).Embeddings;

    private static string Two() => $$"""{"data":[{"index":0,"embedding":"{{Base64(1)}}"},{"index":1,"embedding":"{{Base64(2)}}"}]}""";

    private static string Base64(params float[] numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(float)];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), numbers[i]);
        return Convert.ToBase64String(bytes);
    }
}
