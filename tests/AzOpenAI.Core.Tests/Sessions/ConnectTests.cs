using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Core.Tests.Authentication;
using AzOpenAI.Core.Tests.Http;
using AzOpenAI.Core.Tests.Management;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Sessions;

public sealed class ConnectTests
{
    private const string Sub = "33333333-3333-3333-3333-333333333333";

    private readonly RecordingReporter _reporter = new();

    [Fact]
    public async Task The_context_has_subscription_account_and_tenant()
    {
        string jwt = FakeTokenSource.Jwt("""{"upn":"ann@contoso.com","tid":"tenant-1","exp":4102444800}""");
        var handler = new ScriptedHandler(_ => Json($$"""{"subscriptionId":"{{Sub}}","displayName":"Production","state":"Enabled","tenantId":"tenant-2"}"""));

        Context context = await ConnectAsync(new FakeTokenSource(_ => new(jwt)), handler, Sub);

        Assert.Equal((Sub, "Production", "ann@contoso.com", "tenant-1"), (context.SubscriptionId, context.SubscriptionName, context.Account, context.TenantId));
        Assert.Equal($"https://management.azure.com/subscriptions/{Sub}?api-version=2022-12-01", handler.Requests[0].Uri.AbsoluteUri);
        Assert.Equal("Bearer " + jwt, handler.Requests[0].Authorization);
    }

    [Fact]
    public async Task Without_a_subscription_the_environment_says_which()
    {
        var handler = new ScriptedHandler(_ => Json($$"""{"subscriptionId":"{{Sub}}","displayName":"Production"}"""));

        Context context = await ConnectAsync(new FakeTokenSource(_ => new("token")), handler, null, name => name == "AZURE_SUBSCRIPTION_ID" ? Sub : null);

        Assert.Equal(Sub, context.SubscriptionId);
        Assert.Null(context.Account);
    }

    [Fact]
    public async Task Several_subscriptions_of_one_name_are_listed_with_their_ids()
    {
        var handler = new ScriptedHandler(_ => Json("""{"value":[{"subscriptionId":"a-1","displayName":"Dev"},{"subscriptionId":"a-2","displayName":"dev"},{"subscriptionId":"a-3","displayName":"Prod"}]}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(new FakeTokenSource(_ => new("token")), handler, "DEV"));

        Assert.Equal("SubscriptionAmbiguous", e.ErrorId);
        Assert.Contains("a-1", e.Message, StringComparison.Ordinal);
        Assert.Contains("a-2", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_subscription_the_error_says_what_to_ask_for()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(new FakeTokenSource(_ => new("token")), new ScriptedHandler(_ => Json("""{"value":[]}""")), null));

        Assert.Equal("SubscriptionsMissing", e.ErrorId);
        Assert.Contains("-Tenant", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_choice_among_several_subscriptions_is_a_warning()
    {
        var handler = new ScriptedHandler(_ => Json("""{"value":[{"subscriptionId":"a-1","displayName":"One","state":"Enabled"},{"subscriptionId":"a-2","displayName":"Two","state":"Enabled"}]}"""));

        Assert.Equal("One", (await ConnectAsync(new FakeTokenSource(_ => new("token")), handler, null)).SubscriptionName);
        string warning = Assert.Single(_reporter.Warnings);
        Assert.Contains("'Two'", warning, StringComparison.Ordinal);
        Assert.Contains("-Subscription", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enabled_subscriptions_come_first()
    {
        var handler = new ScriptedHandler(_ => Json("""{"value":[{"subscriptionId":"a-1","displayName":"Old","state":"Disabled"},{"subscriptionId":"a-2","displayName":"New","state":"Enabled"}]}"""));

        Context context = await ConnectAsync(new FakeTokenSource(_ => new("token")), handler, null);

        Assert.Equal("New", context.SubscriptionName);
        Assert.Empty(_reporter.Warnings);
    }

    [Fact]
    public async Task A_credential_that_hangs_is_left_behind_when_the_time_is_up()
    {
        var never = new TaskCompletionSource<string>();
        var options = new ServiceOptions { Reporter = _reporter, Clock = new InstantClock { EndsLongWaits = true } };

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(new FakeTokenSource(_ => new(never.Task)), new ScriptedHandler(_ => Json("{}")), Sub, options: options)
            .WaitAsync(TimeSpan.FromSeconds(30), ScriptedArm.Token));

        Assert.Equal(("TokenTimeout", ErrorKind.Timeout), (e.ErrorId, e.Kind));
        Assert.Contains("AzureCli", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_that_blocks_its_thread_does_not_hold_up_a_stop()
    {
        using var stop = new CancellationTokenSource();
        using var release = new ManualResetEventSlim();
        var source = new FakeTokenSource(_ =>
        {
            stop.CancelAfter(50);
            release.Wait(TimeSpan.FromSeconds(60), CancellationToken.None);
            return new("token");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ContextFactory.ConnectAsync(
            Request(Sub), source, new ServiceOptions(), new HttpClient(new ScriptedHandler(_ => Json("{}"))), _ => null, stop.Token).WaitAsync(TimeSpan.FromSeconds(30), ScriptedArm.Token));
        release.Set();
    }

    [Fact]
    public async Task A_hanging_credential_of_a_later_request_obeys_the_stop()
    {
        using var stop = new CancellationTokenSource(50);
        var context = new Context
        {
            SubscriptionId = Sub,
            Environment = CloudEnvironment.AzureCloud,
            TokenSource = new FakeTokenSource(_ => new(new TaskCompletionSource<string>().Task)),
        };
        var client = new ManagementClient(context, new ArmClient(context, new ServiceOptions(), new HttpClient(new ScriptedHandler(_ => Json("{}")))));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Resources.GetAsync("rg", "x", stop.Token).WaitAsync(TimeSpan.FromSeconds(30), ScriptedArm.Token));
    }

    [Fact]
    public async Task A_token_is_asked_for_once_for_many_requests()
    {
        var source = new FakeTokenSource(_ => new("token"));
        var context = new Context { SubscriptionId = Sub, Environment = CloudEnvironment.AzureCloud, TokenSource = source };
        var client = new ManagementClient(context, new ArmClient(context, new ServiceOptions(), new HttpClient(new ScriptedHandler(_ => Json(ScriptedArm.AccountJson())))));

        await client.Resources.GetAsync("rg", "a", ScriptedArm.Token);
        await client.ForSubscription(ScriptedArm.SubscriptionId).Resources.GetAsync("rg", "b", ScriptedArm.Token);

        Assert.Equal(1, source.Calls);
    }

    [Theory]
    [InlineData("http://127.0.0.1:80/", "EntraTokenWithheld")]
    [InlineData("https://localhost/", "EntraTokenWithheld")]
    [InlineData("https://[::1]/", "EntraTokenWithheld")]
    [InlineData("http://management.azure.com/", "EndpointInsecure")]
    public void A_real_token_goes_neither_to_loopback_nor_over_plain_http(string endpoint, string errorId)
    {
        var context = new Context
        {
            SubscriptionId = Sub,
            Environment = CloudEnvironment.AzureCloud with { ManagementEndpoint = new Uri(endpoint) },
            TokenSource = new FakeTokenSource(_ => new("canary")),
        };

        Assert.Equal(errorId, Assert.Throws<AzOpenAIException>(() => new ManagementClient(context, new ServiceOptions())).ErrorId);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("https://management.azure.com/")]
    [InlineData("ftp://127.0.0.1/")]
    public void An_emulator_is_on_loopback_only(string address) =>
        Assert.Equal("EmulatorNotOnLoopback", Assert.Throws<AzOpenAIException>(() => EmulatorEnvironment.Create(new Uri(address))).ErrorId);

    [Fact]
    public void The_dummy_token_goes_nowhere_else()
    {
        Context context = ScriptedArm.Context with { Environment = CloudEnvironment.AzureCloud };

        Assert.Equal("EmulatorNotOnLoopback", Assert.Throws<AzOpenAIException>(() => new ManagementClient(context, new ServiceOptions())).ErrorId);
    }

    private Task<Context> ConnectAsync(
        TokenSource source, ScriptedHandler handler, string? subscription, Func<string, string?>? variable = null, ServiceOptions? options = null) =>
        ContextFactory.ConnectAsync(Request(subscription), source, options ?? new ServiceOptions { Reporter = _reporter }, new HttpClient(handler), variable ?? (_ => null), ScriptedArm.Token);

    private static ConnectRequest Request(string? subscription) => new()
    {
        Credential = new CredentialOptions(),
        Environment = CloudEnvironment.AzureCloud,
        Subscription = subscription,
    };
}
