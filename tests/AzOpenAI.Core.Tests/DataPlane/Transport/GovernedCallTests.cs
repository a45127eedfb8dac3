using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Transport;

public sealed class GovernedCallTests
{
    private const string Throttled = """{"error":{"code":"429","message":"Your requests have exceeded the call rate limit."}}""";

    private readonly ManualClock _clock = new(jump: true);
    private readonly RecordingReporter _reporter = new();
    private readonly RequestGovernors _governors;

    public GovernedCallTests() => _governors = new RequestGovernors(_clock);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ServiceOptions Options => new() { Clock = _clock, Reporter = _reporter };

    [Fact]
    public async Task No_item_is_lost_to_refusals_however_many_there_are()
    {
        int refusals = 40;
        await using LoopbackServer server = new(exchange => Interlocked.Decrement(ref refusals) >= 0
            ? exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 20")
            : exchange.AnswerAsync(200, Samples.Completion));
        ChatService chat = Samples.Chat(server.Base, Options with { MaxWait = TimeSpan.FromSeconds(3000) }, governors: _governors);

        ChatCompletion[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => chat.CompleteAsync(Samples.Ask, Cancellation)));

        Assert.All(answers, static answer => Assert.Equal("stop", answer.FinishReason));
        Assert.Equal(50, server.Requests.Count);
    }

    [Fact]
    public async Task A_pause_that_is_too_long_ends_the_call_and_those_after_it_without_asking_again()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 86400"));
        ChatService chat = Samples.Chat(server.Base, Options, governors: _governors);

        AzOpenAIException first = await Assert.ThrowsAsync<AzOpenAIException>(() => chat.CompleteAsync(Samples.Ask, Cancellation));
        AzOpenAIException second = await Assert.ThrowsAsync<AzOpenAIException>(() => chat.CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.WaitTooLong), first.ErrorId);
        Assert.Equal(nameof(Messages.WaitTooLong), second.ErrorId);
        Assert.Contains("24 h", second.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_deployment_that_takes_nothing_for_too_long_is_a_rate_limit()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 30"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation));

        Assert.Equal(nameof(Messages.RateLimited), error.ErrorId);
        Assert.InRange(server.Requests.Count, 8, 11);
    }

    [Fact]
    public async Task Waiting_for_the_limit_takes_nothing_from_the_time_for_failures()
    {
        await using LoopbackServer server = new(
            static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 200"),
            static exchange => exchange.AnswerAsync(429, Throttled, "application/json", "Retry-After: 90"),
            static exchange => exchange.AnswerAsync(503, "", "text/plain", "Retry-After: 50"),
            static exchange => exchange.AnswerAsync(200, Samples.Completion));

        ChatCompletion answer = await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation);

        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_is_stopped_while_it_waits_ends_at_once_and_the_others_go_on()
    {
        RequestGovernors governors = new();
        int refusals = 1;
        await using LoopbackServer server = new(exchange => Interlocked.Decrement(ref refusals) >= 0
            ? exchange.AnswerAsync(429, Throttled, "application/json", "retry-after-ms: 1500")
            : exchange.AnswerAsync(200, Samples.Completion));
        ChatService chat = Samples.Chat(server.Base, governors: governors);
        using CancellationTokenSource stop = new();

        Task<ChatCompletion> stopped = chat.CompleteAsync(Samples.Ask, stop.Token);
        while (server.Requests.IsEmpty || governors.Waiting(server.Base, "gpt") == TimeSpan.Zero)
            await Task.Delay(5, Cancellation);
        Task<ChatCompletion> other = chat.CompleteAsync(Samples.Ask, Cancellation);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.WaitAsync(TimeSpan.FromSeconds(1), Cancellation));
        Assert.Equal("stop", (await other.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).FinishReason);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_later_command_begins_with_what_an_earlier_one_learned()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(
            200, Samples.Completion, "application/json", "x-ratelimit-limit-requests: 2", "x-ratelimit-remaining-requests: 0"));

        await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation);
        await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation);
        DateTimeOffset before = _clock.GetUtcNow();
        await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation);

        Assert.InRange(_clock.GetUtcNow() - before, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(65));
    }

    [Fact]
    public async Task Another_deployment_has_limits_of_its_own()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(
            200, Samples.Completion, "application/json", "x-ratelimit-limit-requests: 1", "x-ratelimit-remaining-requests: 0"));
        await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask, Cancellation);

        await Samples.Chat(server.Base, Options, governors: _governors).CompleteAsync(Samples.Ask with { Deployment = "other" }, Cancellation);

        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Calls_are_let_go_in_the_order_in_which_they_came()
    {
        DeploymentGovernor governor = new(_clock);
        Grant first = await governor.EnterAsync(1, TimeSpan.FromSeconds(60), Cancellation);
        governor.Taken(first, static name => name == "x-ratelimit-limit-requests" ? "1" : null);

        Task<Grant>[] waiting = [.. Enumerable.Range(0, 6).Select(_ => governor.EnterAsync(1, TimeSpan.FromSeconds(60), Cancellation).AsTask())];
        Grant[] grants = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        TimeSpan[] times = [.. grants.Select(static grant => grant.At)];
        Assert.Equal(times.Order(), times);
        Assert.All(times.Zip(times.Skip(1)), static pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(59)));
    }
}
