using System.Text;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Requests;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Requests;

public sealed class RequestServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionKind.AzureV1, "models", "/openai/v1/models")]
    [InlineData(ConnectionKind.AzureV1, "/models?limit=2", "/openai/v1/models?limit=2")]
    [InlineData(ConnectionKind.AzureV1, "v1/models", "/openai/v1/models")]
    [InlineData(ConnectionKind.AzureV1, "/openai/v1/responses/r_1", "/openai/v1/responses/r_1")]
    [InlineData(ConnectionKind.AzureV1, "openai/deployments/x/chat/completions?api-version=2024-10-21", "/openai/deployments/x/chat/completions?api-version=2024-10-21")]
    [InlineData(ConnectionKind.AzureDated, "models", "/openai/models?api-version=2024-10-21")]
    [InlineData(ConnectionKind.AzureDated, "chat/completions", "/openai/deployments/my%20dep/chat/completions?api-version=2024-10-21")]
    [InlineData(ConnectionKind.AzureDated, "audio/speech?api-version=2025-04-01-preview", "/openai/deployments/my%20dep/audio/speech?api-version=2025-04-01-preview")]
    [InlineData(ConnectionKind.ApiManagement, "embeddings", "/deployments/my%20dep/embeddings?api-version=2024-10-21")]
    [InlineData(ConnectionKind.ApiManagement, "files", "/files?api-version=2024-10-21")]
    [InlineData(ConnectionKind.OpenAI, "models", "/models")]
    public async Task A_path_gets_the_route_of_the_dialect(ConnectionKind kind, string path, string expected)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "{}"));

        using RawResponse response = await Service(server, kind).SendAsync(Get(path) with { Deployment = "my dep" }, Cancellation);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(expected, server.Request.Target);
        Assert.Equal(Samples.Canary, kind == ConnectionKind.OpenAI ? server.Request.Headers["Authorization"]["Bearer ".Length..] : server.Request.Headers["api-key"]);
    }

    [Fact]
    public async Task What_is_in_the_query_is_escaped_and_an_address_below_the_endpoint_is_taken()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "{}"));
        RequestService service = Service(server);

        using RawResponse first = await service.SendAsync(Get("files") with { Query = new Dictionary<string, string> { ["purpose"] = "fine tune&x=1" } }, Cancellation);
        using RawResponse second = await service.SendAsync(Get(server.Base + "openai/v1/files/a%20b"), Cancellation);

        Assert.Equal(["/openai/v1/files?purpose=fine%20tune%26x%3D1", "/openai/v1/files/a%20b"], server.Requests.Select(static request => request.Target));
    }

    [Fact]
    public async Task A_list_that_turns_in_a_circle_ends()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, """{"data":[{"id":"a"}],"has_more":true,"last_id":"a"}"""));
        List<string> items = [];

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            await foreach (string item in Service(server).ListAsync(Get("files"), Cancellation))
                items.Add(item);
        });

        Assert.Equal(nameof(Messages.EndlessList), error.ErrorId);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("//user:password0of0mine@evil.example/models", nameof(Messages.RequestPathInvalid))]
    [InlineData("https:/user:password0of0mine@evil.example/models", nameof(Messages.RequestPathInvalid))]
    [InlineData("https://evil.example/models", nameof(Messages.RequestHostForeign))]
    [InlineData("http://127.0.0.1:1/base/models", nameof(Messages.RequestHostForeign))]
    [InlineData("{base}other/models", nameof(Messages.RequestHostForeign))]
    [InlineData("http://user@{host}/base/openai/v1/models", nameof(Messages.RequestHostForeign))]
    [InlineData("../../../other", nameof(Messages.RequestHostForeign))]
    [InlineData("openai/../../other", nameof(Messages.RequestHostForeign))]
    [InlineData("file:///etc/passwd", nameof(Messages.RequestHostForeign))]
    [InlineData("models#part", nameof(Messages.RequestPathInvalid))]
    [InlineData("models\r\nX: y", nameof(Messages.RequestPathInvalid))]
    [InlineData("/", nameof(Messages.RequestPathInvalid))]
    public async Task The_credential_goes_nowhere_else(string path, string errorId)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "{}"));
        path = path.Replace("{base}", server.Base.AbsoluteUri, StringComparison.Ordinal).Replace("{host}", server.Base.Authority, StringComparison.Ordinal);
        Connection connection = Samples.Connection(new Uri(server.Base, "base/"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => new DataPlaneClient(connection, null, null, new ServiceOptions()).Requests.SendAsync(Get(path), Cancellation));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("//evil.example/models")]
    [InlineData("/\\evil.example/models")]
    [InlineData("https:evil.example/models")]
    [InlineData("mailto:x")]
    public async Task What_looks_like_another_host_stays_a_path(string path)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "{}"));

        using RawResponse response = await Service(server, ConnectionKind.OpenAI).SendAsync(Get(path), Cancellation);

        Assert.Equal(server.Base.Authority, response.Address.Authority);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_post_that_starts_something_is_not_repeated_after_a_failure_and_one_that_asks_a_model_is()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(503, "{}"));
        RequestService service = Service(server);

        await Assert.ThrowsAsync<AzOpenAIException>(() => service.SendAsync(Post("fine_tuning/jobs", "{}"), Cancellation));
        Assert.Single(server.Requests);
        await using LoopbackServer second = new(static exchange => exchange.AnswerAsync(503, "{}", "application/json", "retry-after-ms: 1"), static exchange => exchange.AnswerAsync(200, "{}"));
        using RawResponse answer = await Service(second).SendAsync(Post("chat/completions", """{"a":1}"""), Cancellation);

        Assert.Equal(200, answer.StatusCode);
        Assert.Equal(["""{"a":1}""", """{"a":1}"""], second.Requests.Select(static request => request.Body));
    }

    [Fact]
    public async Task A_post_that_starts_something_is_repeated_when_it_was_throttled()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, "{}", "application/json", "retry-after-ms: 1"), static exchange => exchange.AnswerAsync(200, "{}"));

        using RawResponse answer = await Service(server).SendAsync(Post("batches", "{}"), Cancellation);

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_form_has_its_parts()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "{}"));
        RawBody body = new() { Form = [new RawFormField("purpose", "batch"u8.ToArray()), new RawFormField("file", "line\n"u8.ToArray(), "in put.jsonl")] };

        using RawResponse answer = await Service(server).SendAsync(Post("files", "") with { Body = body }, Cancellation);

        string boundary = server.Request.Headers["Content-Type"].Split("boundary=")[1].Trim('"');
        Assert.StartsWith("multipart/form-data", server.Request.Headers["Content-Type"], StringComparison.Ordinal);
        string[] parts = server.Request.Body.Split("--" + boundary);
        Assert.Equal(4, parts.Length);
        Assert.Contains("name=purpose", parts[1], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nbatch\r\n", parts[1], StringComparison.Ordinal);
        Assert.Contains("in put.jsonl", parts[2], StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nline\n\r\n", parts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_come_one_by_one_and_an_error_among_them_is_one()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync(": ping\n\nevent: response.created\ndata: {\"type\":\"response.created\",\"error\":null}\n\n");
            await exchange.EventAsync("""{"error":{"message":"overload","code":"server_error"}}""");
            await exchange.EndChunksAsync();
        });
        using RawResponse response = await Service(server).SendAsync(Post("responses", "{}"), Cancellation);

        List<string> events = [];
        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            await foreach (string data in response.ReadEventsAsync(Cancellation))
                events.Add(data);
        });

        Assert.Equal(["""{"type":"response.created","error":null}"""], events);
        Assert.Equal(nameof(Messages.ChatStreamFailed), error.ErrorId);
    }

    [Fact]
    public async Task A_list_is_followed_to_its_last_page()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(200, """{"data":[{"id":"a"},{"id":"b"}],"has_more":true,"last_id":"b"}"""),
            static exchange => exchange.AnswerAsync(200, """{"data":[{"id":"c"}],"has_more":false}"""));

        List<string> items = [];
        await foreach (string item in Service(server).ListAsync(Get("files?limit=2"), Cancellation))
            items.Add(item);

        Assert.Equal(["""{"id":"a"}""", """{"id":"b"}""", """{"id":"c"}"""], items);
        Assert.Equal(["/openai/v1/files?limit=2", "/openai/v1/files?limit=2&after=b"], server.Requests.Select(static request => request.Target));
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_an_error()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nhalf");
            exchange.Drop();
        });
        using MemoryStream target = new();

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            using RawResponse response = await Service(server).SendAsync(Get("files/f/content"), Cancellation);
            await response.CopyToAsync(target, Cancellation);
        });

        Assert.Equal(nameof(Messages.ServiceUnreachable), error.ErrorId);
    }

    private static RawRequest Get(string path) => new() { Method = "GET", Path = path };

    private static RawRequest Post(string path, string body) => new() { Method = "POST", Path = path, Body = new RawBody { Bytes = Encoding.UTF8.GetBytes(body) } };

    private static RequestService Service(LoopbackServer server, ConnectionKind kind = ConnectionKind.AzureV1) =>
        new DataPlaneClient(Samples.Connection(server.Base, kind), null, null, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(5) }).Requests;
}
