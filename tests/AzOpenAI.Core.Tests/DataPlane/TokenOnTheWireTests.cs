using System.ClientModel.Primitives;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Tests.Http;
using AzOpenAI.Core.Tests.Management;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>Which requests carry a token of Entra ID: looked at where they leave, and with connections that nobody checked before.</summary>
public sealed class TokenOnTheWireTests
{
    private static readonly Uri Azure = new("https://contoso.openai.azure.com/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://contoso.openai.azure.com.evil.example/openai/v1/models")]
    [InlineData("https://10.0.0.1/openai/v1/models")]
    [InlineData("https://contoso.openai.azure.com:8443/openai/v1/models")]
    [InlineData("https://contoso.openai.azure.com./openai/v1/models")]
    [InlineData("https://contoso.openai.azure.us/openai/v1/models")]
    [InlineData("https://api.openai.com/v1/models")]
    public async Task The_policy_puts_no_token_on_a_request_to_a_foreign_host(string target)
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        // The session's own check saw a host of Azure: the request goes elsewhere all the same.
        DataPlaneSession session = new(Entra(Azure), tokens, CloudEnvironment.AzureCloud, new ServiceOptions());

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => SendAsync(session, new Uri(target), handler));

        Assert.StartsWith("EntraToken", error.ErrorId, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
        Assert.Empty(tokens.Scopes);
    }

    [Fact]
    public async Task A_host_of_the_cloud_and_an_allowed_one_get_the_token()
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        Connection gateway = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "https://gateway.contoso.com/openai/v1", UseEntraId = true });

        await SendAsync(new DataPlaneSession(Entra(Azure), tokens, null, new ServiceOptions()), new Uri(Azure, "openai/v1/models"), handler);
        await SendAsync(new DataPlaneSession(gateway, tokens, null, new ServiceOptions()), new Uri(gateway.Endpoint, "openai/v1/models"), handler);

        Assert.Equal(["contoso.openai.azure.com", "gateway.contoso.com"], handler.Requests.Select(static request => request.Uri.Host));
        Assert.All(handler.Requests, static request => Assert.Equal("Bearer token-of-the-test", request.Authorization));
    }

    [Fact]
    public async Task A_token_with_a_line_end_is_not_sent_and_not_shown()
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        FixedTokenSource tokens = new(CredentialSource.AzureCli, "canary\r\nX-Injected: 1");
        DataPlaneSession session = new(Entra(Azure), tokens, null, new ServiceOptions());

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => SendAsync(session, Azure, handler));

        Assert.Equal(nameof(Messages.HeaderInvalid), error.ErrorId);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("https://contoso.openai.azure.com.evil.example/")]
    [InlineData("https://contoso.azure-api.net/")]
    [InlineData("https://10.0.0.1/")]
    public void A_connection_to_a_foreign_host_is_refused_before_anything_else(string endpoint)
    {
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        Connection made = Entra(new Uri(endpoint));
        // Permission for another host, as "with" leaves it behind.
        Connection moved = Entra(Azure) with { TrustedHost = "gateway.contoso.com", Endpoint = new Uri(endpoint) };

        Assert.All([made, moved], connection => Assert.Equal(
            nameof(Messages.EntraTokenHostForeign), Assert.Throws<AzOpenAIException>(() => Samples.Chat(connection, tokens: tokens)).ErrorId));
        Assert.Empty(tokens.Scopes);
    }

    [Fact]
    public void A_token_of_the_emulator_is_for_the_emulator() => Assert.Equal(
        nameof(Messages.EntraTokenHostForeign),
        Assert.Throws<AzOpenAIException>(() => new DataPlaneClient(Entra(Azure), TokenSources.Emulator, EmulatorEnvironment.Create(new Uri("http://127.0.0.1:9/")), new ServiceOptions())).ErrorId);

    [Fact]
    public async Task A_deployment_at_an_endpoint_that_Azure_Resource_Manager_got_wrong_is_not_asked()
    {
        RecordingReporter reporter = new();
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        Context context = new() { SubscriptionId = ScriptedArm.SubscriptionId, Environment = CloudEnvironment.AzureCloud, TokenSource = tokens };

        ProbeResult result = await DeploymentProbe.WaitAsync(
            Deployment("https://contoso.openai.azure.com.evil.example/"), context, new ServiceOptions { Reporter = reporter }, Cancellation);

        Assert.Equal(ProbeOutcome.Unverified, result.Outcome);
        Assert.Contains("evil.example", Assert.Single(reporter.VerboseLines), StringComparison.Ordinal);
        Assert.Empty(tokens.Scopes);
        Assert.Equal(
            nameof(Messages.EntraTokenHostForeign),
            Assert.Throws<AzOpenAIException>(() => new DataPlaneClient(
                ((IConnectionSource)Deployment("https://evil.example/")).Connection, tokens, context.Environment, new ServiceOptions())).ErrorId);
    }

    [Fact]
    public async Task The_first_token_for_a_host_is_told_with_its_audience()
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        RecordingReporter reporter = new();
        ServiceOptions options = new() { Reporter = reporter };
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        Connection gateway = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "https://gateway.contoso.com:8443/openai/v1", UseEntraId = true });

        foreach (Connection connection in (Connection[])[Entra(Azure), Entra(Azure), gateway, gateway])
            await SendAsync(new DataPlaneSession(connection, tokens, null, options), new Uri(connection.Endpoint, "openai/v1/models"), handler);

        Assert.Equal(
            ["Sending an Entra ID token for https://ai.azure.com to contoso.openai.azure.com.", "Sending an Entra ID token for https://ai.azure.com to gateway.contoso.com:8443."],
            reporter.VerboseLines);
    }

    [Fact]
    public async Task The_token_of_Azure_Resource_Manager_stays_there_and_is_told_as_well()
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        RecordingReporter reporter = new();
        FixedTokenSource tokens = new(CredentialSource.AzureCli);
        Context context = new() { SubscriptionId = ScriptedArm.SubscriptionId, Environment = CloudEnvironment.AzureCloud, TokenSource = tokens };
        ArmClient client = new(context, new ServiceOptions { Reporter = reporter }, new HttpClient(handler));

        foreach (string path in (string[])["//evil.example/subscriptions", "https://evil.example/subscriptions"])
            Assert.Equal(nameof(Messages.ForeignLink), (await ScriptedArm.FailsAsync(() => client.SendAsync(ArmRequest.Get(path), ScriptedArm.Token))).ErrorId);
        Assert.Empty(handler.Requests);
        Assert.Empty(tokens.Scopes);

        await client.SendAsync(ArmRequest.Get("subscriptions"), ScriptedArm.Token);
        Assert.Equal("Bearer token-of-the-test", Assert.Single(handler.Requests).Authorization);
        Assert.Contains("Sending an Entra ID token for https://management.azure.com to management.azure.com.", reporter.VerboseLines);
    }

    private static Connection Entra(Uri endpoint) => new() { Endpoint = endpoint, Authentication = AuthenticationKind.EntraId };

    private static Deployment Deployment(string endpoint) => new()
    {
        Id = ScriptedArm.Account + "/deployments/chat",
        Name = "chat",
        ResourceName = "contoso",
        ResourceGroupName = "rg",
        SubscriptionId = ScriptedArm.SubscriptionId,
        ResourceId = ScriptedArm.Account,
        Model = "gpt-5-mini",
        Endpoint = new Uri(endpoint),
    };

    private static async Task SendAsync(DataPlaneSession session, Uri target, ScriptedHandler handler)
    {
        using HttpClient client = new(handler);
        ClientPipelineOptions options = new() { Transport = new HttpClientPipelineTransport(client), RetryPolicy = new ClientRetryPolicy(0) };
        ClientPipeline pipeline = ClientPipeline.Create(options, [], [new CredentialPolicy()], []);
        using PipelineMessage message = pipeline.CreateMessage();
        message.Request.Method = "GET";
        message.Request.Uri = target;
        new DataPlaneCall(session, target, "chat", retry: false).Mark(message);
        await pipeline.SendAsync(message);
    }
}
