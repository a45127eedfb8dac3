using System.IO.Compression;
using System.Text;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>Answers that do not end, and answers that grow when they are decompressed.</summary>
public sealed class ResponseSizeTests
{
    private const int Limit = 64 * 1024;
    private static readonly string Block = new('x', 16 * 1024);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ServiceOptions Options => new() { MaxResponseBytes = Limit };

    public static TheoryData<string> Calls => ["chat", "completion", "embedding", "request", "chat that streams and gets JSON"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_answer_that_does_not_end_is_one_clear_error_and_is_not_asked_for_again(string call)
    {
        await using LoopbackServer server = new(static exchange => EndlessAsync(exchange, 200, "{\"x\":\""));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync(call, server.Base, Options));

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
        Assert.Contains("0.063 MB", error.Message, StringComparison.Ordinal);
        Assert.Contains("-MaxResponseBytes", error.Suggestion, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_length_beyond_the_limit_is_refused_before_the_body_has_come()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Limit + 1}\r\n\r\n{{");
            await exchange.WaitForClientToLeaveAsync();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, Options));

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_limit_is_exact(int beyond, bool taken)
    {
        string answer = Samples.Completion + new string(' ', Limit + beyond - Encoding.UTF8.GetByteCount(Samples.Completion));
        await using LoopbackServer server = new(exchange => ChunkedAsync(exchange, answer));

        if (taken)
            await RunAsync("chat", server.Base, Options);
        else
            Assert.Equal(nameof(Messages.ResponseTooLarge), (await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, Options))).ErrorId);
    }

    [Fact]
    public async Task A_stream_beyond_the_limit_keeps_what_came()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            while (true)
                await exchange.EventAsync("""{"choices":[{"index":0,"delta":{"content":"and so on "}}]}""");
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.ReadAsync(Samples.Chat(server.Base, Options)));

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
        Assert.StartsWith("and so on and so on", Assert.IsType<ChatCompletion>(error.Partial).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("request")]
    public async Task An_event_without_an_end_is_one_clear_error(string call)
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync("""{"choices":[{"index":0,"delta":{"content":"begun"}}]}""");
            await exchange.ChunkAsync("data: ");
            while (true)
                await exchange.ChunkAsync(Block);
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            if (call == "chat")
            {
                await Samples.ReadAsync(Samples.Chat(server.Base));
                return;
            }

            using RawResponse response = await Client(server.Base, new ServiceOptions()).Requests.SendAsync(new RawRequest { Method = "GET", Path = "models" }, Cancellation);
            await foreach (string _ in response.ReadEventsAsync(Cancellation))
            {
            }
        });

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
        Assert.Contains("A stream event", error.Message, StringComparison.Ordinal);
        Assert.Contains("16 MB", error.Message, StringComparison.Ordinal);
        if (call == "chat")
            Assert.Equal("begun", Assert.IsType<ChatCompletion>(error.Partial).Content);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Of_an_error_without_an_end_the_beginning_is_taken(string call)
    {
        await using LoopbackServer server = new(static exchange => EndlessAsync(exchange, 400, "Wrong in every way. "));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync(call, server.Base, new ServiceOptions()));

        Assert.Equal(400, error.StatusCode);
        Assert.Equal(nameof(Messages.RequestRejected), error.ErrorId);
        Assert.Equal(64 * 1024, error.ResponseBody!.Length);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_long_error_is_read_to_where_it_says_what_is_wrong()
    {
        string body = $$$"""{"error":{"details":"{{{new string('d', 200_000)}}}","code":"DeploymentNotFound","message":"none"}}""";
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(404, body));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, new ServiceOptions()));

        Assert.Equal(nameof(Messages.DeploymentNotFound), error.ErrorId);
    }

    [Fact]
    public async Task A_message_without_measure_does_not_fill_the_screen()
    {
        string body = $$$"""{"error":{"code":"odd","message":"{{{new string('m', 500_000)}}}"}}""";
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(400, body));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, new ServiceOptions()));

        Assert.InRange(error.Message.Length, 100, 9000);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_answer_is_read(string encoding)
    {
        await using LoopbackServer server = new(exchange => CompressedAsync(exchange, encoding, Encoding.UTF8.GetBytes(Samples.Completion)));

        ChatCompletion answer = await Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation);
        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base, Options));

        Assert.Equal("Grüß Gott \"you\"", answer.Content);
        Assert.Equal("Grüß Gott \"you\"", events[^1].Completion!.Content);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task The_limit_counts_what_an_answer_grows_to(string encoding)
    {
        await using LoopbackServer server = new(exchange => CompressedAsync(exchange, encoding, new byte[50 * 1024 * 1024]));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, Options));

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200, "gzip", nameof(Messages.InvalidResponse))]
    [InlineData(200, "br", nameof(Messages.InvalidResponse))]
    [InlineData(200, "deflate", nameof(Messages.InvalidResponse))]
    [InlineData(400, "gzip", nameof(Messages.RequestRejected))]
    [InlineData(400, "br", nameof(Messages.RequestRejected))]
    public async Task A_body_whose_compression_is_broken_is_a_bad_answer(int status, string encoding, string errorId)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, "certainly not compressed", "application/json", "Content-Encoding: " + encoding));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync("chat", server.Base, Options));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_download_to_a_file_has_no_limit()
    {
        byte[] file = new byte[Limit * 4];
        Random.Shared.NextBytes(file);
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: {file.Length}\r\n\r\n");
            await exchange.SendAsync(file);
        });

        using RawResponse response = await Client(server.Base, Options).Requests.SendAsync(new RawRequest { Method = "GET", Path = "files/f/content" }, Cancellation);
        using MemoryStream target = new();
        await response.CopyToAsync(target, Cancellation);

        Assert.Equal(file, target.ToArray());
    }

    private static DataPlaneClient Client(Uri endpoint, ServiceOptions options) => new(Samples.Connection(endpoint), null, null, options);

    private static async Task RunAsync(string call, Uri endpoint, ServiceOptions options)
    {
        DataPlaneClient client = Client(endpoint, options);
        switch (call)
        {
            case "chat":
                await client.Chat.CompleteAsync(Samples.Ask, Cancellation);
                break;
            case "completion":
                await client.Completions.CompleteAsync(new CompletionRequest { Deployment = "gpt", Prompts = ["Hello"] }, Cancellation);
                break;
            case "embedding":
                await client.Embeddings.EmbedAsync(new EmbeddingRequest { Deployment = "gpt", Texts = ["Hello"] }, Cancellation);
                break;
            case "request":
                using (RawResponse response = await client.Requests.SendAsync(new RawRequest { Method = "GET", Path = "models" }, Cancellation))
                    await response.ReadAsync(Cancellation);
                break;
            default:
                await Samples.ReadAsync(client.Chat);
                break;
        }
    }

    private static async Task EndlessAsync(Exchange exchange, int status, string beginning)
    {
        await exchange.SendAsync($"HTTP/1.1 {status} Reason\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await exchange.ChunkAsync(beginning);
        while (true)
            await exchange.ChunkAsync(Block);
    }

    private static async Task ChunkedAsync(Exchange exchange, string body)
    {
        await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await exchange.ChunkAsync(body);
        await exchange.EndChunksAsync();
    }

    private static async Task CompressedAsync(Exchange exchange, string encoding, byte[] body)
    {
        using MemoryStream compressed = new();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        await exchange.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {encoding}\r\nContent-Length: {compressed.Length}\r\n\r\n");
        await exchange.SendAsync(compressed.ToArray());
    }
}
