using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

/// <summary>The data plane against the emulator, which shares no code with it.</summary>
public sealed class EmulatorChatTests : IAsyncLifetime
{
    private EmulatorHost _host = null!;
    private HttpClient _arm = null!;
    private string _key = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Account => $"subscriptions/{_host.SubscriptionId}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso";

    private Uri Endpoint => new(_host.BaseUri, "contoso/");

    public async ValueTask InitializeAsync()
    {
        _host = await EmulatorHost.StartAsync(new EmulatorOptions { LongRunningDuration = TimeSpan.Zero }, Cancellation);
        _arm = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _host.BaseUri };
        _arm.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", EmulatorHost.DummyToken);
        await SendAsync(HttpMethod.Put, $"subscriptions/{_host.SubscriptionId}/resourceGroups/rg?api-version=2022-09-01", """{"location":"swedencentral"}""");
        await SendAsync(
            HttpMethod.Put, Account + "?api-version=2025-06-01",
            """{"location":"swedencentral","kind":"OpenAI","sku":{"name":"S0"},"properties":{"customSubDomainName":"contoso"}}""");
        _key = (await SendAsync(HttpMethod.Post, Account + "/listKeys?api-version=2025-06-01", null)).GetProperty("key1").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _arm.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(ConnectionKind.AzureV1)]
    [InlineData(ConnectionKind.AzureDated)]
    public async Task A_deployment_answers_on_both_routes_in_one_piece_and_as_a_stream(ConnectionKind kind)
    {
        await DeployAsync();
        ChatService chat = Samples.Chat(Connection(kind));

        ChatCompletion whole = await chat.CompleteAsync(Samples.Ask, Cancellation);
        List<ChatStreamEvent> events = await Samples.ReadAsync(chat);

        ChatCompletion streamed = Assert.IsType<ChatCompletion>(events[^1].Completion);
        Assert.Equal("You said: Hello", whole.Content);
        Assert.Equal(whole.Content, streamed.Content);
        Assert.Equal(whole.Content, string.Concat(events.Select(static item => item.Text)));
        Assert.Equal("stop", streamed.FinishReason);
        Assert.Equal(whole.Model, streamed.Model);
        Assert.Equal(whole.Usage, streamed.Usage);
        Assert.NotNull(whole.RequestId);
        Assert.NotNull(whole.RateLimit?.RemainingTokens);
        Assert.Contains(whole.ContentFilter, static finding => finding is { Side: "Prompt", Category: "jailbreak" });
        Assert.Contains(streamed.ContentFilter, static finding => finding is { Side: "Completion", Category: "hate", Severity: "safe" });
    }

    [Fact]
    public async Task The_endpoint_that_the_management_plane_names_is_understood()
    {
        await DeployAsync();
        string endpoint = (await SendAsync(HttpMethod.Get, Account + "?api-version=2025-06-01", null)).GetProperty("properties").GetProperty("endpoint").GetString()!;

        Connection connection = EndpointParser.Parse(endpoint) with { Key = Samples.Secret(_key) };

        Assert.Equal("You said: Hello", (await Samples.Chat(connection).CompleteAsync(Samples.Ask, Cancellation)).Content);
    }

    [Fact]
    public async Task A_token_of_the_emulator_is_good_for_it()
    {
        await DeployAsync();
        Connection connection = Connection() with { Authentication = AuthenticationKind.EntraId, Key = null };

        ChatCompletion answer = await Samples.Chat(connection, tokens: new FixedTokenSource(token: EmulatorHost.DummyToken)).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal("You said: Hello", answer.Content);
    }

    [Fact]
    public async Task What_goes_wrong_is_told_apart()
    {
        await DeployAsync();
        await DeployAsync("embed", "text-embedding-3-small", "1");

        Assert.Equal(nameof(Messages.DeploymentNotFound), await FailAsync(Connection(), Samples.Ask with { Deployment = "gpt-5-mini" }));
        Assert.Equal(nameof(Messages.DeploymentNotFound), await FailAsync(Connection(ConnectionKind.AzureDated), Samples.Ask with { Deployment = "none" }));
        Assert.Equal(nameof(Messages.OperationNotSupported), await FailAsync(Connection(), Samples.Ask with { Deployment = "embed" }));
        Assert.Equal(nameof(Messages.InvalidKey), await FailAsync(Connection() with { Key = Samples.Secret(Samples.Canary) }, Samples.Ask));
        Assert.Equal(nameof(Messages.PathNotFound), await FailAsync(Connection() with { Endpoint = new Uri(_host.BaseUri, "nobody/") }, Samples.Ask));
        Assert.Equal(nameof(Messages.ContentFiltered), await FailAsync(Connection(), Samples.Ask with { Messages = [new("user", "[[filter:hate]]")] }));
        Assert.Equal(nameof(Messages.UnsupportedParameter), await FailAsync(Connection(), Samples.Ask with { LogProbs = true }));
    }

    [Fact]
    public async Task A_token_limit_under_the_name_that_the_model_refuses_is_sent_under_the_other()
    {
        await DeployAsync();
        ChatService chat = Samples.Chat(Connection(ConnectionKind.AzureDated) with { ApiVersion = "2024-06-01" });

        ChatCompletion answer = await chat.CompleteAsync(Samples.Ask with { MaxTokens = 2, Messages = [new("user", "one two three four five six")] }, Cancellation);

        Assert.Equal("length", answer.FinishReason);
    }

    [Fact]
    public async Task A_new_deployment_is_found_by_the_probe_and_nothing_is_billed()
    {
        await DeployAsync();
        DataPlaneClient client = new(Connection(), null, null, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(20) });

        ProbeResult known = await client.Probe.WaitAsync("gpt", Cancellation);

        Assert.Equal(ProbeOutcome.Ready, known.Outcome);
        Assert.Equal(400, known.StatusCode);
        DataPlaneClient impatient = new(Connection(), null, null, new ServiceOptions { MaxWait = TimeSpan.Zero });
        Assert.Equal(ProbeOutcome.NotReady, (await impatient.Probe.WaitAsync("none", Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_limit_of_requests_is_told_with_the_time_that_the_service_asks_for()
    {
        await DeployAsync(capacity: 1);
        ChatService chat = Samples.Chat(Connection(), new ServiceOptions { MaxWait = TimeSpan.Zero });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            for (int i = 0; i < 500; i++)
                await chat.CompleteAsync(Samples.Ask, Cancellation);
        });

        Assert.Equal(nameof(Messages.WaitTooLong), error.ErrorId);
        Assert.Equal(429, error.StatusCode);
        Assert.True(error.RetryAfter > TimeSpan.Zero);
    }

    private static async Task<string> FailAsync(Connection connection, ChatRequest request)
    {
        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(connection).CompleteAsync(request, Cancellation));
        Assert.NotNull(error.RequestId);
        return error.ErrorId;
    }

    private Connection Connection(ConnectionKind kind = ConnectionKind.AzureV1) => Samples.Connection(Endpoint, kind) with { Key = Samples.Secret(_key) };

    private Task<JsonElement> DeployAsync(string name = "gpt", string model = "gpt-5-mini", string version = "2025-08-07", int capacity = 10) =>
        SendAsync(
            HttpMethod.Put, $"{Account}/deployments/{name}?api-version=2025-06-01",
            $$$"""{"properties":{"model":{"format":"OpenAI","name":"{{{model}}}","version":"{{{version}}}"}},"sku":{"name":"GlobalStandard","capacity":{{{capacity}}} } }""");

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string? body)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _arm.SendAsync(request, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }
}
