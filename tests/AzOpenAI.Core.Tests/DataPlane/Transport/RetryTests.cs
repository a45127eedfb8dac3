using System.Net;
using System.Net.Sockets;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Transport;

public sealed class RetryTests
{
    private const string Throttled = """{"error":{"code":"429","message":"Your requests have exceeded the token rate limit. To increase your quota, visit https://aka.ms/oai/quotaincrease."}}""";

    private readonly ManualClock _clock = new(jump: true);
    private readonly RecordingReporter _reporter = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ServiceOptions Options => new() { Clock = _clock, Reporter = _reporter };

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_passes_is_waited_out(int status)
    {
        await using LoopbackServer server = new(
            exchange => exchange.AnswerAsync(status, Throttled, "application/json", "Retry-After: 3"),
            exchange => exchange.AnswerAsync(status, Throttled, "application/json", "retry-after-ms: 40"),
            static exchange => exchange.AnswerAsync(200, Samples.Completion));

        ChatCompletion answer = await Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(3.04), _clock.Waits.Aggregate(TimeSpan.Zero, static (sum, wait) => sum + wait));
        Assert.Equal(2, _reporter.VerboseLines.Count(line => line.Contains($"{status}", StringComparison.Ordinal)));
        Assert.Contains(_reporter.ProgressRecords, static record => record.Remaining > TimeSpan.Zero);
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Fact]
    public async Task Each_try_carries_the_whole_request()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(503, "", "text/plain", "retry-after-ms: 1"), static exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation);

        ReceivedRequest[] requests = [.. server.Requests];
        Assert.Equal(requests[0].Body, requests[1].Body);
        Assert.Equal(Samples.Canary, requests[1].Headers["api-key"]);
        Assert.Equal(requests[0].Headers["x-ms-client-request-id"], requests[1].Headers["x-ms-client-request-id"]);
    }

    [Fact]
    public async Task A_stream_that_is_throttled_before_it_begins_is_waited_out_too()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 2"), static exchange => exchange.AnswerAsync(200, Samples.Completion));

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base, Options));

        Assert.NotNull(events[^1].Completion);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_wait_beyond_the_budget_fails_at_once_and_says_how_long_the_service_asked_for()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 86400", "apim-request-id: r-9"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.WaitTooLong), error.ErrorId);
        Assert.Equal(ErrorKind.LimitReached, error.Kind);
        Assert.Equal(TimeSpan.FromDays(1), error.RetryAfter);
        Assert.Contains("24 h", error.Message, StringComparison.Ordinal);
        Assert.Equal("r-9", error.RequestId);
        Assert.Equal(429, error.StatusCode);
        Assert.Empty(_clock.Waits);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_limit_that_outlasts_the_budget_is_a_rate_limit_and_never_a_spent_quota()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, Throttled));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.RateLimited), error.ErrorId);
        Assert.Equal("429", error.ServiceCode);
        Assert.True(server.Requests.Count > 5);
    }

    [Fact]
    public async Task A_service_that_keeps_failing_is_given_up()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(500, """{ "statusCode": 500, "message": "Internal server error", "activityId": "1" }"""));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.ServiceError), error.ErrorId);
        Assert.Equal(ErrorKind.ServiceFailure, error.Kind);
        Assert.Equal("Internal server error", error.ServiceMessage);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task What_another_try_cannot_better_is_asked_once(int status)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, "{}", "application/json", "Retry-After: 1"));

        await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("head")]
    [InlineData("body")]
    [InlineData("noise")]
    public async Task A_connection_that_breaks_is_tried_again_and_then_given_up(string where)
    {
        await using LoopbackServer server = new(async exchange =>
        {
            if (where == "head")
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Le");
            else if (where == "body")
                await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"cho");
            else if (where == "noise")
                await exchange.SendAsync("\u0001\u0002 this is not HTTP\r\n\r\n");
            exchange.Close();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.ServiceUnreachable), error.ErrorId);
        Assert.Equal(ErrorKind.Connection, error.Kind);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_service_that_is_down_is_named()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Uri endpoint = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        listener.Stop();

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(endpoint, Options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.ServiceUnreachable), error.ErrorId);
        Assert.Contains(endpoint.Authority, error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, _reporter.VerboseLines.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Silence_ends_with_the_network_timeout(bool stream)
    {
        await using LoopbackServer server = new(static exchange => exchange.WaitForClientToLeaveAsync());
        ServiceOptions options = Options with { NetworkTimeout = TimeSpan.FromMilliseconds(100) };

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => stream
            ? Samples.ReadAsync(Samples.Chat(server.Base, options))
            : Samples.Chat(server.Base, options).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.NetworkTimeout), error.ErrorId);
        Assert.Equal(ErrorKind.Timeout, error.Kind);
        Assert.Contains("100 ms", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_at_once()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 250"));
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        RecordingReporter reporter = new();

        Task<ChatCompletion> asking = Samples.Chat(server.Base, new ServiceOptions { Reporter = reporter }).CompleteAsync(Samples.Ask, stop.Token);
        while (reporter.ProgressRecords.IsEmpty)
            await Task.Delay(10, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
        Assert.True(reporter.ProgressRecords.Last().Completed);
    }
}
