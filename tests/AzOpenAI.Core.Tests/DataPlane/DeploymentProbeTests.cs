using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

public sealed class DeploymentProbeTests
{
    private const string Unknown = """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}""";

    private readonly ManualClock _clock = new(jump: true);
    private readonly RecordingReporter _reporter = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_waits_until_the_deployment_is_known_and_asks_nothing_that_is_billed()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(404, Unknown),
            static exchange => exchange.AnswerAsync(404, Unknown),
            static exchange => exchange.AnswerAsync(400, """{"error":{"message":"[] is too short - 'messages'","type":"invalid_request_error","param":null,"code":null}}"""));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal(ProbeOutcome.Ready, probe.Outcome);
        Assert.Equal(400, probe.StatusCode);
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, static request => Assert.Equal("""{"model":"gpt","messages":[]}""", request.Body));
        Assert.Equal([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300)], _clock.Waits);
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Theory]
    [InlineData(200, "{}", ProbeOutcome.Ready)]
    [InlineData(429, "{}", ProbeOutcome.Ready)]
    [InlineData(500, "{}", ProbeOutcome.Ready)]
    [InlineData(404, """{"error":{"code":"404","message": "Resource not found"}}""", ProbeOutcome.Ready)]
    [InlineData(401, """{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}""", ProbeOutcome.Unverified)]
    [InlineData(403, """{"error":{"code":"403","message": "Access denied due to Virtual Network/Firewall rules."}}""", ProbeOutcome.Unverified)]
    public async Task Anything_else_ends_it_with_the_first_answer(int status, string body, ProbeOutcome outcome)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, body));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal(outcome, probe.Outcome);
        Assert.Single(server.Requests);
        Assert.Single(_reporter.VerboseLines);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_counts_as_done()
    {
        await using LoopbackServer server = new(static exchange =>
        {
            exchange.Drop();
            return Task.CompletedTask;
        });

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal(ProbeOutcome.Unverified, probe.Outcome);
        Assert.Contains("not verified", Assert.Single(_reporter.VerboseLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_gives_up_when_the_time_is_over()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(404, Unknown));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal(ProbeOutcome.NotReady, probe.Outcome);
        Assert.InRange(probe.Waited, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(2), _clock.Waits[^1]);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(404, Unknown));
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        DeploymentProbe probe = new DataPlaneClient(Samples.Connection(server.Base), null, null, new ServiceOptions()).Probe;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.WaitAsync("gpt", stop.Token).WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    private Task<ProbeResult> WaitAsync(LoopbackServer server)
    {
        ServiceOptions options = new() { Clock = _clock, Reporter = _reporter, MaxWait = TimeSpan.FromSeconds(30) };
        return new DataPlaneClient(Samples.Connection(server.Base), null, null, options).Probe.WaitAsync("gpt", Cancellation);
    }
}
