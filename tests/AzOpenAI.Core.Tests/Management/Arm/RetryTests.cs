using System.Net.Sockets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Http;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

public sealed class RetryTests
{
    private readonly RecordingReporter _reporter = new();
    private readonly InstantClock _clock = new();

    [Fact]
    public async Task A_throttled_read_waits_as_long_as_told_and_says_so()
    {
        var handler = new ScriptedHandler(
            _ => Json("""{"error":{"code":"SubscriptionRequestsThrottled","message":"Number of 'read' requests exceeded."}}""", 429, ("Retry-After", "10")),
            _ => Json(ScriptedArm.AccountJson()));

        await ScriptedArm.Client(handler, _reporter, _clock).Resources.GetAsync("rg", "contoso", ScriptedArm.Token);

        Assert.Equal(TimeSpan.FromSeconds(10), TimeSpan.FromTicks(_clock.Waits.Sum(w => w.Ticks)));
        Assert.Contains("throttling requests (429)", Assert.Single(_reporter.VerboseLines), StringComparison.Ordinal);
        Assert.Contains(_reporter.ProgressRecords, p => p.Remaining is not null);
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Fact]
    public async Task A_wait_beyond_the_budget_fails_at_once_and_names_it()
    {
        var handler = new ScriptedHandler(_ => Json("""{"error":{"code":"TooManyRequests","message":"x"}}""", 429, ("Retry-After", "900")));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, _reporter, _clock).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(("WaitTooLong", ErrorKind.LimitReached, 429, "TooManyRequests"), (e.ErrorId, e.Kind, e.StatusCode, e.ServiceCode));
        Assert.Equal(TimeSpan.FromSeconds(900), e.RetryAfter);
        Assert.Contains("15 min", e.Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Retries_stop_within_the_budget()
    {
        var handler = new ScriptedHandler(_ => Json("""{"error":{"code":"TooManyRequests","message":"x"}}""", 429, ("Retry-After", "20")));

        await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, _reporter, _clock, TimeSpan.FromSeconds(50)).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task A_server_error_is_tried_again_and_reported_in_the_end()
    {
        var handler = new ScriptedHandler(_ => Error(503, "ServerBusy", "Busy."));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, _reporter, _clock).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(("ServiceError", ErrorKind.ServiceFailure, 503, "ServerBusy", "request-1"), (e.ErrorId, e.Kind, e.StatusCode, e.ServiceCode, e.RequestId));
        Assert.Equal(6, handler.Requests.Count);
    }

    [Fact]
    public async Task What_must_not_be_repeated_is_sent_once_after_a_server_error()
    {
        var handler = new ScriptedHandler(_ => Error(500, "InternalServerError", "x"));
        ManagementClient client = ScriptedArm.Client(handler, _reporter, _clock);

        await ScriptedArm.FailsAsync(() => client.Arm.SendAsync(ArmRequest.Post("x/regenerateKey") with { Replayable = false }, ScriptedArm.Token));

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task What_must_not_be_repeated_is_sent_again_after_throttling_and_a_refused_connection()
    {
        var handler = new ScriptedHandler(
            _ => Json("{}", 429, ("Retry-After", "1")),
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused)),
            _ => Json("{}"));
        ManagementClient client = ScriptedArm.Client(handler, _reporter, _clock);

        await client.Arm.SendAsync(ArmRequest.Post("x/regenerateKey") with { Replayable = false }, ScriptedArm.Token);

        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public async Task What_must_not_be_repeated_is_not_sent_again_after_a_broken_connection()
    {
        var handler = new ScriptedHandler(_ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "broke"));
        ManagementClient client = ScriptedArm.Client(handler, _reporter, _clock);

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => client.Arm.SendAsync(ArmRequest.Post("x/regenerateKey") with { Replayable = false }, ScriptedArm.Token));

        Assert.Equal("ServiceUnreachable", e.ErrorId);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_and_then_named()
    {
        var handler = new ScriptedHandler(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "x", new SocketException((int)SocketError.ConnectionRefused)));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, _reporter, _clock).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(("ServiceUnreachable", ErrorKind.Connection), (e.ErrorId, e.Kind));
        Assert.Contains("127.0.0.1:9", e.Message, StringComparison.Ordinal);
        Assert.Contains("refused", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        using var source = new CancellationTokenSource();
        var handler = new ScriptedHandler(_ =>
        {
            source.CancelAfter(50);
            return Json("{}", 429, ("Retry-After", "100"));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ScriptedArm.Client(handler, _reporter, TimeProvider.System).Resources.GetAsync("rg", "contoso", source.Token).WaitAsync(TimeSpan.FromSeconds(30), ScriptedArm.Token));
    }
}
