using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>Routes, credentials and headers by the kind of the connection.</summary>
public sealed class ConnectionUseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ConnectionKind.AzureV1, "contoso/", "/contoso/openai/v1/chat/completions", true)]
    [InlineData(ConnectionKind.AzureDated, "contoso/", "/contoso/openai/deployments/my%20dep%2F1/chat/completions?api-version=2024-10-21", false)]
    [InlineData(ConnectionKind.ApiManagement, "", "/deployments/my%20dep%2F1/chat/completions?api-version=2024-10-21", false)]
    [InlineData(ConnectionKind.ApiManagement, "team/openai/", "/team/openai/deployments/my%20dep%2F1/chat/completions?api-version=2024-10-21", false)]
    [InlineData(ConnectionKind.OpenAI, "v1/", "/v1/chat/completions", true)]
    public async Task The_kind_decides_the_route(ConnectionKind kind, string path, string target, bool modelInBody)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(Samples.Connection(new Uri(server.Base, path), kind)).CompleteAsync(Samples.Ask with { Deployment = "my dep/1" }, Cancellation);

        Assert.Equal("POST", server.Request.Method);
        Assert.Equal(target, server.Request.Target);
        Assert.Equal(modelInBody, server.Request.Body.Contains("\"model\":\"my dep/1\"", StringComparison.Ordinal));
        Assert.Equal("application/json", server.Request.Headers["Content-Type"]);
        Assert.Contains("AzOpenAI/", server.Request.Headers["User-Agent"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectionKind.AzureV1, "api-key", Samples.Canary, "Authorization")]
    [InlineData(ConnectionKind.AzureDated, "api-key", Samples.Canary, "Authorization")]
    [InlineData(ConnectionKind.ApiManagement, "api-key", Samples.Canary, "Authorization")]
    [InlineData(ConnectionKind.OpenAI, "Authorization", "Bearer " + Samples.Canary, "api-key")]
    public async Task The_kind_decides_the_header_of_the_key(ConnectionKind kind, string header, string value, string absent)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(Samples.Connection(server.Base, kind)).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal(value, server.Request.Headers[header]);
        Assert.DoesNotContain(absent, server.Request.Headers.Keys);
    }

    [Fact]
    public async Task A_gateway_gets_its_own_headers_and_no_key_of_ours()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));
        Connection connection = Samples.Connection(server.Base, ConnectionKind.ApiManagement) with
        {
            Authentication = AuthenticationKind.Header,
            Key = null,
            Headers = new Dictionary<string, object> { ["Ocp-Apim-Subscription-Key"] = Samples.Secret("subscription-key"), ["x-team"] = "red" },
        };

        await Samples.Chat(connection).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal("subscription-key", server.Request.Headers["Ocp-Apim-Subscription-Key"]);
        Assert.Equal("red", server.Request.Headers["x-team"]);
        Assert.DoesNotContain("api-key", server.Request.Headers.Keys);
        Assert.DoesNotContain("Authorization", server.Request.Headers.Keys);
    }

    [Theory]
    [InlineData("Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"", 2)]
    [InlineData("Bearer claims=\"eyJhIjoxfQ\", error=\"insufficient_claims\"", 2)]
    [InlineData("Bearer error=\"invalid_token\"", 1)]
    [InlineData("Bearer claims=\"not-base64!\"", 1)]
    public async Task A_challenge_for_claims_is_met_once(string challenge, int requests)
    {
        int count = 0;
        await using LoopbackServer server = new(exchange => Interlocked.Increment(ref count) == 1
            ? exchange.AnswerAsync(401, """{"error":{"code":"401","message":"Unauthorized"}}""", headers: "WWW-Authenticate: " + challenge)
            : exchange.AnswerAsync(200, Samples.Completion));
        FixedTokenSource tokens = new();
        Task<ChatCompletion> call = Samples.Chat(Entra(server.Base, ConnectionKind.AzureV1), tokens: tokens).CompleteAsync(Samples.Ask, Cancellation);

        if (requests == 2)
            await call;
        else
            Assert.Equal(ErrorKind.Authentication, (await Assert.ThrowsAsync<AzOpenAIException>(() => call)).Kind);

        Assert.Equal(requests == 2 ? [null, """{"a":1}"""] : [null], tokens.Claims);
        Assert.Equal(requests, count);
    }

    [Theory]
    [InlineData(ConnectionKind.AzureV1, null, "https://ai.azure.com/.default")]
    [InlineData(ConnectionKind.AzureDated, null, "https://cognitiveservices.azure.com/.default")]
    [InlineData(ConnectionKind.ApiManagement, null, "https://cognitiveservices.azure.com/.default")]
    [InlineData(ConnectionKind.AzureV1, "api://mine/.default", "api://mine/.default")]
    public async Task A_token_is_taken_for_the_scope_of_the_api(ConnectionKind kind, string? own, string scope)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));
        FixedTokenSource tokens = new();

        await Samples.Chat(Entra(server.Base, kind) with { Scope = own }, tokens: tokens).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal([scope], tokens.Scopes);
        Assert.Equal("Bearer token-of-the-test", server.Request.Headers["Authorization"]);
        Assert.DoesNotContain("api-key", server.Request.Headers.Keys);
    }

    [Fact]
    public void A_real_token_never_goes_to_this_machine()
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(
            () => Samples.Chat(Entra(new Uri("http://127.0.0.1:9/"), ConnectionKind.AzureV1), tokens: new FixedTokenSource(CredentialSource.AzureCli)));

        Assert.Equal(nameof(Messages.EntraTokenWithheld), error.ErrorId);
    }

    [Fact]
    public void What_a_connection_lacks_is_said_before_anything_is_sent()
    {
        Connection connection = Samples.Connection(new Uri("https://contoso.openai.azure.com/"));
        Assert.Equal(nameof(Messages.KeyMissing), Refusal(connection with { Key = null }));
        Assert.Equal(nameof(Messages.ContextMissing), Refusal(connection with { Authentication = AuthenticationKind.EntraId }));
        Assert.Equal(nameof(Messages.ApiVersionMissing), Refusal(connection with { Kind = ConnectionKind.AzureDated }));
        Assert.Equal(nameof(Messages.ApiVersionInvalid), Refusal(connection with { Kind = ConnectionKind.AzureDated, ApiVersion = "2024-10-21&x=1" }));
        Assert.Equal(nameof(Messages.ApiVersionInvalid), Refusal(connection with { Kind = ConnectionKind.ApiManagement, ApiVersion = "v1" }));
        Assert.Equal(nameof(Messages.HeaderInvalid), Refusal(connection with { Headers = new Dictionary<string, object> { ["two words"] = "x" } }));
        Assert.Equal(nameof(Messages.HeaderInvalid), Refusal(connection with { Headers = new Dictionary<string, object> { ["x-team"] = "a\r\nX-Injected: 1" } }));
        Assert.Equal(nameof(Messages.EndpointInsecure), Refusal(connection with { Endpoint = new Uri("http://contoso.openai.azure.com/") }));
        Assert.Equal(nameof(Messages.EndpointInvalid), Refusal(connection with { Endpoint = new Uri("https://contoso.openai.azure.com/openai") }));
    }

    [Theory]
    [InlineData(" \r\n", false)]
    [InlineData("two words", false)]
    [InlineData("split\r\nX-Injected: 1", false)]
    [InlineData("schlüssel", false)]
    [InlineData("good\r\n", true)]
    public async Task A_key_that_no_header_can_carry_is_refused_without_showing_it(string key, bool good)
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));
        ChatService chat = Samples.Chat(Samples.Connection(server.Base) with { Key = Samples.Secret(key) });

        if (good)
        {
            await chat.CompleteAsync(Samples.Ask, Cancellation);
            Assert.Equal("good", server.Request.Headers["api-key"]);
            return;
        }

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => chat.CompleteAsync(Samples.Ask, Cancellation));
        Assert.Equal(nameof(Messages.KeyMalformed), error.ErrorId);
        Assert.Empty(server.Requests);
        if (key.Trim().Length > 0)
            Assert.DoesNotContain(key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example.com/openai/v1/chat/completions", "elsewhere.example.com")]
    [InlineData("/login", "127.0.0.1")]
    public async Task A_redirect_is_not_followed(string location, string target)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(307, "", "text/plain", "Location: " + location));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.RedirectRefused), error.ErrorId);
        Assert.Contains("redirects to " + target, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task No_secret_is_told_in_errors_or_reports_even_where_the_service_echoes_it()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(503, "busy " + Samples.Canary, "text/plain", "retry-after-ms: 1"),
            static exchange => exchange.AnswerAsync(400, $"{{\"error\":{{\"code\":\"x\",\"message\":\"bad key {Samples.Canary} and second0secret\"}}}}"));
        RecordingReporter reporter = new();
        Connection connection = Samples.Connection(server.Base) with { Headers = new Dictionary<string, object> { ["x-secret"] = Samples.Secret("second0secret") } };

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(
            () => Samples.Chat(connection, new ServiceOptions { Reporter = reporter }).CompleteAsync(Samples.Ask, Cancellation));

        string told = string.Join('\n', [.. reporter.VerboseLines, error.ToString(), error.ServiceMessage, error.ResponseBody, error.Suggestion, connection.ToString()]);
        Assert.Contains("bad key *** and ***", told, StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Canary, told, StringComparison.Ordinal);
        Assert.DoesNotContain("second0secret", told, StringComparison.Ordinal);
        Assert.NotEmpty(reporter.VerboseLines);
    }

    private static Connection Entra(Uri endpoint, ConnectionKind kind) =>
        Samples.Connection(endpoint, kind) with { Authentication = AuthenticationKind.EntraId, Key = null };

    private static string Refusal(Connection connection) => Assert.Throws<AzOpenAIException>(() => Samples.Chat(connection)).ErrorId;
}
