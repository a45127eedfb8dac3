using AzOpenAI.Core.DataPlane.Limits;

namespace AzOpenAI.Core.Tests.DataPlane.Limits;

public sealed class DeploymentBudgetTests
{
    [Theory]
    [InlineData(600, 1)]
    [InlineData(600, 10)]
    [InlineData(600, 60)]
    [InlineData(60, 10)]
    [InlineData(6000, 1)]
    [InlineData(6000, 10)]
    public void A_limit_of_requests_is_used_and_hardly_ever_met(int requestsPerMinute, double window)
    {
        SimulatedDeployment service = new SimulatedDeployment { RequestsPerMinute = requestsPerMinute, RequestWindow = window }.Run(400);

        Assert.InRange(service.ShareOfLimit(60, 360), 0.95, 1.001);
        Assert.InRange(service.ShareRefused(60), 0, 0.01);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.1)]
    public void A_limit_of_tokens_is_used_whatever_part_of_a_request_the_service_counts(double countedShare)
    {
        SimulatedDeployment service = new SimulatedDeployment { RequestsPerMinute = null, TokensPerMinute = 60_000, CountedShare = countedShare }.Run(400, cost: 500);

        double perMinute = 60_000 / (500 * countedShare);
        double taken = service.Taken.Count(static at => at.TotalSeconds is >= 120 and < 360) / 4.0;
        Assert.InRange(taken / perMinute, 0.95, 1.001);
        Assert.InRange(service.ShareRefused(60), 0, 0.01);
    }

    [Fact]
    public void Without_a_limit_nothing_waits()
    {
        DeploymentBudget budget = new();
        for (int i = 0; i < 100_000; i++)
        {
            Assert.True(budget.TryTake(TimeSpan.FromMilliseconds(i / 10.0), 1000, out Grant grant, out _));
            budget.Taken(TimeSpan.FromMilliseconds(i / 10.0), grant, default);
        }
    }

    [Fact]
    public void A_refusal_holds_everything_for_as_long_as_the_service_asks()
    {
        DeploymentBudget budget = new();
        Assert.True(budget.TryTake(TimeSpan.Zero, 1, out Grant grant, out _));

        budget.Refused(TimeSpan.FromSeconds(1), grant, default, RefusalKind.Unknown, TimeSpan.FromSeconds(20));

        Assert.False(budget.TryTake(TimeSpan.FromSeconds(20.9), 1, out _, out TimeSpan wait));
        Assert.Equal(TimeSpan.FromSeconds(0.1), wait);
        Assert.True(budget.TryTake(TimeSpan.FromSeconds(21), 1, out _, out _));
    }

    [Fact]
    public void Refusals_that_ask_for_no_wait_are_waited_out_longer_and_longer()
    {
        DeploymentBudget budget = new();
        TimeSpan now = TimeSpan.Zero;
        List<TimeSpan> waits = [];
        for (int i = 0; i < 4; i++)
        {
            Assert.True(budget.TryTake(now, 1, out Grant grant, out _));
            now += TimeSpan.FromMilliseconds(1);
            waits.Add(budget.Refused(now, grant, default, RefusalKind.Unknown, null));
            while (!budget.TryTake(now, 1, out _, out TimeSpan wait))
                now += wait;
            now += TimeSpan.FromSeconds(30);
        }

        Assert.Equal([0.8, 1.6, 3.2, 6.4], waits.Select(static wait => wait.TotalSeconds));
    }

    [Fact]
    public void Where_no_header_tells_of_a_limit_the_refusals_do()
    {
        SimulatedDeployment service = new SimulatedDeployment { RequestsPerMinute = 600, RequestWindow = 60, TellsLimits = false }.Run(1200);

        Assert.InRange(service.ShareOfLimit(300, 1200), 0.8, 1.001);
        Assert.InRange(service.ShareRefused(300), 0, 0.05);
    }

    [Fact]
    public void Others_who_call_the_deployment_get_their_part()
    {
        SimulatedDeployment service = new SimulatedDeployment { RequestsPerMinute = 600, RequestWindow = 10, OthersPerMinute = 200 }.Run(600);

        Assert.InRange(service.ShareOfLimit(120, 600), 0.55, 0.68);
        Assert.InRange(service.ShareRefused(120), 0, 0.03);
    }

    [Fact]
    public void A_request_that_is_larger_than_the_budget_goes_alone()
    {
        DeploymentBudget budget = new();
        Assert.True(budget.TryTake(TimeSpan.Zero, 1, out Grant first, out _));
        budget.Taken(TimeSpan.Zero, first, new BudgetHeaders(null, null, 100, 99));

        Assert.False(budget.TryTake(TimeSpan.FromSeconds(1), 5000, out _, out TimeSpan wait));
        Assert.InRange(wait, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
        Assert.True(budget.TryTake(TimeSpan.FromSeconds(1) + wait, 5000, out _, out _));
    }

    [Fact]
    public void A_limit_that_shrinks_is_kept_from_the_next_answer_on()
    {
        SimulatedDeployment service = new() { RequestsPerMinute = 600, RequestWindow = 10 };
        service.Run(120);
        int before = service.Refused.Count;
        service.RequestsPerMinute = 300;
        service.Run(240);

        Assert.InRange(service.ShareOfLimit(180, 300), 0.95, 1.001);
        // Only what was under way when the limit shrank.
        Assert.InRange(service.Refused.Count - before, 0, 64);
    }
}
