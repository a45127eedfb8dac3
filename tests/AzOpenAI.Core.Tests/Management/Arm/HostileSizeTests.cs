using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ResourceGroups;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.DataPlane;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.Management.Arm;

/// <summary>Answers of the management plane without an end, and an endpoint that sends credentials back.</summary>
public sealed class HostileSizeTests
{
    [Fact]
    public async Task An_answer_that_does_not_end_is_one_clear_error_and_is_not_asked_for_again()
    {
        await using LoopbackServer server = new(static exchange => EndlessAsync(exchange, 200, "{\"x\":\""));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => Client(server, 64 * 1024).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(nameof(Messages.ResponseTooLarge), error.ErrorId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Of_an_error_without_an_end_the_beginning_is_taken()
    {
        await using LoopbackServer server = new(static exchange => EndlessAsync(exchange, 403, "Wrong in every way. "));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => Client(server, ResponseLimits.Default).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(403, error.StatusCode);
        Assert.InRange(error.ResponseBody!.Length, 1, 64 * 1024);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_token_that_comes_back_is_not_shown()
    {
        const string Token = "eyJ0eXAi/token+of=entra0123456789";
        using ScriptedHandler handler = new(static _ => ScriptedHandler.Text(
            System.Text.Json.JsonSerializer.Serialize(new { error = new { code = "Odd", message = new string('m', 8180) + Token } }), "application/json", 400, ("x-ms-request-id", "Bearer " + Token)));
        Context context = new()
        {
            SubscriptionId = ScriptedArm.SubscriptionId,
            Environment = CloudEnvironment.AzureCloud,
            TokenSource = new FixedTokenSource(CredentialSource.AccessToken, Token),
        };
        ManagementClient client = new(context, new ArmClient(context, ScriptedArm.Options(), new HttpClient(handler)));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => client.Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        string told = string.Join('\n', error.ToString(), error.ServiceMessage, error.RequestId, error.ResponseBody, error.Suggestion);
        Assert.Equal("Bearer " + Token, Assert.Single(handler.Requests).Authorization);
        Assert.DoesNotContain(Token[..12], told, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ0eXAi\\u", told, StringComparison.Ordinal);
        Assert.Equal("Bearer ***", error.RequestId);
    }

    [Theory]
    [InlineData("Retry-After", "0")]
    [InlineData("retry-after-ms", "0")]
    [InlineData("Retry-After", "Sun, 01 Mar 2020 12:00:00 GMT")]
    public async Task A_service_that_says_now_every_time_is_not_asked_in_a_tight_loop(string header, string value)
    {
        using ScriptedHandler handler = new(_ => ScriptedHandler.Text("{}", "application/json", 429, (header, value)));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, clock: new ManualClock(jump: true), maxWait: TimeSpan.FromSeconds(5)).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(ErrorKind.LimitReached, error.Kind);
        Assert.InRange(handler.Requests.Count, 5, 40);
    }

    [Fact]
    public async Task Neither_is_a_long_running_operation()
    {
        using ScriptedHandler handler = new(static request => request.Method == "DELETE"
            ? ScriptedHandler.Empty(202, ("Location", "http://127.0.0.1:9/subscriptions/x/op"), ("Retry-After", "0"))
            : ScriptedHandler.Empty(202, ("Location", "http://127.0.0.1:9/subscriptions/x/op"), ("Retry-After", "0")));

        AzOpenAIException error = await ScriptedArm.FailsAsync(
            () => ScriptedArm.Client(handler, clock: new ManualClock(jump: true), maxWait: TimeSpan.FromSeconds(30)).ResourceGroups.DeleteAsync("rg", ScriptedArm.Token));

        Assert.Equal(nameof(Messages.OperationUnfinished), error.ErrorId);
        Assert.InRange(handler.Requests.Count, 10, 60);
    }

    private static ManagementClient Client(LoopbackServer server, long limit)
    {
        Context context = ScriptedArm.Context with { Environment = EmulatorEnvironment.Create(server.Base) };
        return new ManagementClient(context, new ServiceOptions { MaxResponseBytes = limit });
    }

    private static async Task EndlessAsync(Exchange exchange, int status, string beginning)
    {
        await exchange.SendAsync($"HTTP/1.1 {status} Reason\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await exchange.ChunkAsync(beginning);
        string block = new('x', 16 * 1024);
        while (true)
            await exchange.ChunkAsync(block);
    }
}
