using System.Text.Json;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>Gateways that send back the credentials they got.</summary>
public sealed class EchoTests
{
    // With the characters that JSON, URLs and HTML escape.
    private const string Key = "kEy/with+chars=&\"that<are>escaped\\0123";
    private const string Token = "eyJ0eXAi.token-of-entra.0123456789";

    private readonly RecordingReporter _reporter = new();

    public static TheoryData<string, string> Echoes
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string where in (string[])["body", "escaped body", "html", "reason", "request id", "success", "embedding", "stream", "raw stream", "content type", "location", "broken head", "message cut short", "long message of a success", "long message of a stream", "garbage event", "broken JSON"])
            {
                foreach (string credential in (string[])["key", "bearer key", "header", "text header", "token", "other scheme"])
                    rows.Add(where, credential);
            }

            return rows;
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task No_credential_comes_back_in_an_error(string where, string credential)
    {
        string secret = credential == "token" ? Token : Key;
        await using LoopbackServer server = new(exchange => EchoAsync(exchange, where, secret));
        DataPlaneClient client = Client(server.Base, credential);

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => CallAsync(client, where));

        string told = string.Join('\n', [.. _reporter.VerboseLines, error.ToString(), error.Message, error.ServiceMessage, error.ServiceCode, error.ResponseBody, error.RequestId, error.Suggestion, (error.Partial as ChatCompletion)?.Raw]);
        foreach (string form in Forms(secret))
            Assert.DoesNotContain(form, told, StringComparison.OrdinalIgnoreCase);
        if (where is not ("location" or "broken head"))
            Assert.Contains("***", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_the_query_and_a_name_of_a_header_do_not_come_back_either()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(400, "You asked for " + exchange.Request.Target, "text/plain"),
            static exchange => exchange.AnswerAsync(200, "{}", "application/json", $"x-{Samples.Canary}: v"));
        DataPlaneClient client = new(Samples.Connection(server.Base), null, null, new ServiceOptions());
        RawRequest get = new() { Method = "GET", Path = "models" };

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(
            async () => (await client.Requests.SendAsync(get with { Query = new Dictionary<string, string> { ["subscription-key"] = "from/the+search12" } }, Cancellation)).Dispose());
        using RawResponse named = await client.Requests.SendAsync(get, Cancellation);

        Assert.Contains("subscription-key=***", error.ResponseBody, StringComparison.Ordinal);
        Assert.DoesNotContain("search12", error.ToString() + error.ResponseBody, StringComparison.Ordinal);
        Assert.DoesNotContain(named.Headers.Keys, static name => name.Contains(Samples.Canary, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_good_answer_says_stays_as_it_is_but_its_headers_are_cleaned()
    {
        string body = $$$"""{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":{{{JsonSerializer.Serialize(Key)}}}}}]}""";
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, body, "application/json", $"apim-request-id: r-{Key}", $"x-ms-region: {Key}", $"x-echo: got {Key}"));
        DataPlaneClient client = Client(server.Base, "key");

        ChatCompletion answer = await client.Chat.CompleteAsync(Samples.Ask, Cancellation);
        using RawResponse raw = await client.Requests.SendAsync(new RawRequest { Method = "GET", Path = "models" }, Cancellation);

        Assert.Equal(Key, answer.Content);
        Assert.Equal(body, answer.Raw);
        Assert.Equal("r-***", answer.RequestId);
        Assert.Equal("***", answer.Region);
        Assert.Equal("got ***", raw.Headers["x-echo"]);
        Assert.Equal("r-***", raw.RequestId);
        Assert.Equal(body, System.Text.Encoding.UTF8.GetString((await raw.ReadAsync(Cancellation)).Span));
    }

    private DataPlaneClient Client(Uri endpoint, string credential)
    {
        ServiceOptions options = new() { Reporter = _reporter, MaxWait = TimeSpan.FromSeconds(2) };
        Connection connection = Samples.Connection(endpoint) with { Authentication = AuthenticationKind.Header, Key = null };
        connection = credential switch
        {
            "key" => connection with { Authentication = AuthenticationKind.ApiKey, Key = Samples.Secret(Key) },
            "bearer key" => connection with { Authentication = AuthenticationKind.ApiKey, Key = Samples.Secret(Key), Kind = ConnectionKind.OpenAI, Endpoint = new Uri(endpoint, "v1/") },
            "header" => connection with { Headers = new Dictionary<string, object> { ["Ocp-Apim-Subscription-Key"] = Samples.Secret(Key) } },
            "other scheme" => connection with { Headers = new Dictionary<string, object> { ["x-team-key"] = "SharedKey " + Key } },
            "text header" => connection with { Headers = new Dictionary<string, object> { ["x-team-key"] = Key } },
            _ => connection with { Authentication = AuthenticationKind.EntraId },
        };
        return new DataPlaneClient(connection, new FixedTokenSource(token: Token), null, options);
    }

    private static async Task CallAsync(DataPlaneClient client, string where)
    {
        switch (where)
        {
            case "stream" or "long message of a stream" or "garbage event":
                await Samples.ReadAsync(client.Chat);
                break;
            case "broken JSON":
                using (RawResponse response = await client.Requests.SendAsync(new RawRequest { Method = "GET", Path = "models" }, Cancellation))
                    throw response.Invalid("a web page", System.Text.Encoding.UTF8.GetString((await response.ReadAsync(Cancellation)).Span), new FormatException("not JSON"));
            case "raw stream":
                using (RawResponse response = await client.Requests.SendAsync(new RawRequest { Method = "GET", Path = "models" }, Cancellation))
                {
                    await foreach (string _ in response.ReadEventsAsync(Cancellation))
                    {
                    }
                }

                break;
            case "embedding":
                await client.Embeddings.EmbedAsync(new EmbeddingRequest { Deployment = "gpt", Texts = ["Hello"] }, Cancellation);
                break;
            case "content type":
                await Samples.ReadAsync(client.Chat);
                break;
            default:
                await client.Chat.CompleteAsync(Samples.Ask, Cancellation);
                break;
        }
    }

    private static Task EchoAsync(Exchange exchange, string where, string secret)
    {
        string error = JsonSerializer.Serialize(new { error = new { code = "c-" + secret, message = "You sent " + secret } });
        return where switch
        {
            "body" => exchange.AnswerAsync(400, "You sent " + secret, "text/plain"),
            "escaped body" => exchange.AnswerAsync(400, error.Replace("/", "\\/", StringComparison.Ordinal)),
            "html" => exchange.AnswerAsync(400, "<p>You sent " + System.Net.WebUtility.HtmlEncode(secret) + "</p>", "text/html"),
            "reason" => exchange.SendAsync($"HTTP/1.1 400 You sent {secret}\r\nContent-Length: 0\r\n\r\n"),
            "request id" => exchange.AnswerAsync(400, "{}", "application/json", "apim-request-id: " + secret),
            "success" or "embedding" => exchange.AnswerAsync(200, error),
            "content type" => exchange.AnswerAsync(200, "x", "text/" + secret, "apim-request-id: " + secret),
            "location" => exchange.AnswerAsync(307, "", "text/plain", $"Location: https://{Uri.EscapeDataString(secret)}.example/{Uri.EscapeDataString(secret)}"),
            "broken head" => BrokenAsync(exchange, secret),
            "broken JSON" => exchange.AnswerAsync(200, "<html>You sent " + secret, "text/html"),
            "long message of a success" => exchange.AnswerAsync(200, JsonSerializer.Serialize(new { error = new { message = new string('m', 8192 - secret.Length + 1) + secret + " tail ***" } })),
            "long message of a stream" => StreamAsync(exchange, JsonSerializer.Serialize(new { error = new { message = new string('m', 8192 - secret.Length + 1) + secret + " tail" } })),
            "garbage event" => StreamAsync(exchange, new string('g', 1024 - secret.Length + 1) + secret + " tail"),
            "message cut short" => exchange.AnswerAsync(400, JsonSerializer.Serialize(new { error = new { code = "x", message = new string('m', 8180) + secret + " ***" } })),
            _ => StreamAsync(exchange, error),
        };
    }

    private static async Task BrokenAsync(Exchange exchange, string secret)
    {
        await exchange.SendAsync($"HTTP/1.1 200 OK\r\n{secret}\r\n\r\n");
        exchange.Close();
    }

    private static async Task StreamAsync(Exchange exchange, string error)
    {
        await exchange.BeginEventsAsync();
        await exchange.EventAsync(error);
        await exchange.EndChunksAsync();
    }

    // Half of it would be as bad.
    private static IEnumerable<string> Forms(string secret) =>
        [secret, JsonSerializer.Serialize(secret)[1..^1], Uri.EscapeDataString(secret), System.Net.WebUtility.HtmlEncode(secret), secret[..12], secret[^12..]];
}
