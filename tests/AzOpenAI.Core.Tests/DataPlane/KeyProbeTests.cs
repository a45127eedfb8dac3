using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

public sealed class KeyProbeTests
{
    private const string Refused = """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint."}}""";

    private readonly ManualClock _clock = new(jump: true);
    private readonly RecordingReporter _reporter = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_waits_until_the_key_is_taken_and_asks_nothing_that_is_billed()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(401, Refused),
            static exchange => exchange.AnswerAsync(401, Refused),
            static exchange => exchange.AnswerAsync(200, """{"object":"list","data":[]}"""));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal(ProbeOutcome.Ready, probe.Outcome);
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, static request =>
        {
            Assert.Equal("GET", request.Method);
            Assert.EndsWith("/openai/v1/models", request.Target, StringComparison.Ordinal);
            Assert.Equal("", request.Body);
            Assert.Equal(Samples.Canary, request.Headers["api-key"]);
        });
        Assert.Equal([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300)], _clock.Waits);
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Fact]
    public async Task A_key_that_is_refused_to_the_end_is_not_ready()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(401, Refused));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal((ProbeOutcome.NotReady, 401), (probe.Outcome, probe.StatusCode));
        Assert.InRange(probe.Waited, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(_reporter.VerboseLines, line => line.Contains(Samples.Canary, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, """{"error":{"code":"403","message": "Access denied due to Virtual Network/Firewall rules."}}""")]
    [InlineData(403, """{"error":{"code":"AuthenticationTypeDisabled","message": "Key based authentication is disabled for this resource."}}""")]
    [InlineData(404, """{"error":{"code":"404","message": "Resource not found"}}""")]
    public async Task What_no_waiting_mends_ends_it_at_once_and_proves_nothing(int status, string body)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, body));

        ProbeResult probe = await WaitAsync(server);

        Assert.Equal((ProbeOutcome.Unverified, status), (probe.Outcome, probe.StatusCode));
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Failures_that_pass_are_waited_out(int status)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, "{}"), static exchange => exchange.AnswerAsync(200, "{}"));

        Assert.Equal(ProbeOutcome.Ready, (await WaitAsync(server)).Outcome);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        await using LoopbackServer server = new(
            static exchange =>
            {
                exchange.Drop();
                return Task.CompletedTask;
            },
            static exchange => exchange.AnswerAsync(200, "{}"));

        Assert.Equal(ProbeOutcome.Ready, (await WaitAsync(server)).Outcome);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(401, Refused));
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(100));
        KeyProbe probe = Create(server, new ServiceOptions());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.WaitAsync(TimeSpan.FromMinutes(5), stop.Token).WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    private static KeyProbe Create(LoopbackServer server, ServiceOptions options) =>
        new(new DataPlaneSession(Samples.Connection(server.Base), null, null, options), "Key2 of 'contoso'");

    private Task<ProbeResult> WaitAsync(LoopbackServer server) =>
        Create(server, new ServiceOptions { Clock = _clock, Reporter = _reporter }).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
}
