using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.Http;

public sealed class RetryScheduleTests
{
    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData("retry-after-ms", "1500", 1500)]
    [InlineData("x-ms-retry-after-ms", "250", 250)]
    [InlineData("Retry-After", "7", 7000)]
    [InlineData("Retry-After", "1.5", 1500)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:20 GMT", 20000)]
    public void The_services_word_decides_the_wait(string header, string value, double milliseconds)
    {
        RetryDecision decision = Schedule().AfterAnswer(429, Headers((header, value)));

        Assert.True(decision.Again);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), decision.Delay);
        Assert.Equal(decision.Delay, decision.Asked);
    }

    [Theory]
    [InlineData("Retry-After", "0")]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT")]
    [InlineData("retry-after-ms", "0")]
    [InlineData("x-ms-retry-after-ms", "0.001")]
    public void A_service_that_says_now_every_time_is_given_longer_and_longer_pauses(string header, string value)
    {
        RetrySchedule schedule = Schedule(TimeSpan.FromHours(1), jitter: 0);
        double[] waits = [.. Enumerable.Range(0, 10).Select(_ => schedule.AfterAnswer(429, Headers((header, value))).Delay.TotalMilliseconds)];

        Assert.Equal([10, 20, 40, 80, 160, 320, 640, 1000, 1000, 1000], waits);
        Assert.Equal(5, Schedule(jitter: 1).AfterAnswer(429, Headers((header, value))).Delay.TotalMilliseconds);
    }

    [Fact]
    public void Milliseconds_win_over_seconds_and_the_first_header_over_the_second()
    {
        RetryDecision decision = Schedule().AfterAnswer(429, Headers(("Retry-After", "9"), ("x-ms-retry-after-ms", "800"), ("retry-after-ms", "300")));

        Assert.Equal(TimeSpan.FromMilliseconds(300), decision.Delay);
    }

    [Fact]
    public void A_date_is_measured_by_the_services_own_clock()
    {
        RetryDecision decision = Schedule().AfterAnswer(
            503, Headers(("Retry-After", "Sun, 01 Mar 2026 15:00:05 GMT"), ("Date", "Sun, 01 Mar 2026 15:00:00 GMT")));

        Assert.Equal(TimeSpan.FromSeconds(5), decision.Delay);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1e30")]
    [InlineData("")]
    public void A_header_without_sense_leaves_the_back_off(string value)
    {
        RetryDecision decision = Schedule(jitter: 1).AfterAnswer(429, Headers(("Retry-After", value), ("retry-after-ms", value)));

        Assert.True(decision.Again);
        Assert.Null(decision.Asked);
        Assert.Equal(TimeSpan.FromMilliseconds(800), decision.Delay);
    }

    [Fact]
    public void Without_a_word_of_the_service_the_wait_doubles_up_to_a_ceiling()
    {
        RetrySchedule schedule = Schedule(TimeSpan.FromHours(1), jitter: 1);

        double[] waits = [.. Enumerable.Range(0, 8).Select(_ => schedule.AfterAnswer(429, Headers()).Delay.TotalSeconds)];

        Assert.Equal([0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30], waits);
    }

    [Fact]
    public void The_jitter_is_full()
    {
        Assert.Equal(TimeSpan.Zero, Schedule(jitter: 0).AfterAnswer(429, Headers()).Delay);
        Assert.Equal(TimeSpan.FromMilliseconds(400), Schedule(jitter: 0.5).AfterAnswer(429, Headers()).Delay);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(501)]
    public void What_a_later_try_cannot_better_is_not_repeated(int status)
    {
        RetryDecision decision = Schedule().AfterAnswer(status, Headers(("Retry-After", "1")));

        Assert.False(decision.Again);
        Assert.False(decision.BudgetExceeded);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public void A_service_that_fails_is_given_five_more_tries(int status)
    {
        RetrySchedule schedule = Schedule(TimeSpan.FromHours(1));

        int again = Enumerable.Range(0, 20).Count(_ => schedule.AfterAnswer(status, Headers()).Again);

        Assert.Equal(5, again);
    }

    [Fact]
    public void A_throttled_request_is_repeated_as_long_as_the_budget_lasts()
    {
        RetrySchedule schedule = Schedule(TimeSpan.FromSeconds(60));
        int again = 0;
        RetryDecision decision;
        while ((decision = schedule.AfterAnswer(429, Headers(("Retry-After", "5")))).Again)
        {
            again++;
            _clock.Advance(decision.Delay);
        }

        Assert.Equal(12, again);
        Assert.True(decision.BudgetExceeded);
    }

    [Fact]
    public void A_wait_beyond_the_budget_is_refused_at_once_and_tells_what_was_asked()
    {
        RetryDecision decision = Schedule(TimeSpan.FromSeconds(300)).AfterAnswer(429, Headers(("Retry-After", "86400")));

        Assert.False(decision.Again);
        Assert.True(decision.BudgetExceeded);
        Assert.Equal(TimeSpan.FromDays(1), decision.Asked);
    }

    [Fact]
    public void Time_spent_on_a_try_counts_against_the_budget()
    {
        RetrySchedule schedule = Schedule(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(8));

        Assert.True(schedule.AfterAnswer(429, Headers(("Retry-After", "3"))).BudgetExceeded);
        Assert.True(schedule.AfterAnswer(429, Headers(("Retry-After", "2"))).Again);
    }

    [Fact]
    public void A_connection_that_fails_is_given_three_more_tries()
    {
        RetrySchedule schedule = Schedule();

        int again = Enumerable.Range(0, 20).Count(_ => schedule.AfterConnectionFailure().Again);

        Assert.Equal(3, again);
    }

    private static Func<string, string?> Headers(params (string Name, string Value)[] headers) =>
        name => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private RetrySchedule Schedule(TimeSpan? budget = null, double jitter = 0.1) => new(budget ?? TimeSpan.FromSeconds(300), _clock, () => jitter);
}
