using System.Globalization;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class ThrottlingTests : EmulatorFixture
{
    [Theory]
    [InlineData("GET", "", "reads", 249, 3749)]
    [InlineData("PUT", "/resourceGroups/rg", "writes", 199, 2999)]
    [InlineData("DELETE", "/resourceGroups/none", "deletes", 199, 2999)]
    [InlineData("POST", "/providers/Microsoft.CognitiveServices/checkDomainAvailability", "writes", 199, 2999)]
    public async Task An_answer_says_what_is_left(string method, string path, string kind, int left, int leftOfAll)
    {
        Answer answer = await ArmAsync(method, Subscription + path, method == "PUT" ? new JsonObject { ["location"] = "swedencentral" } : null);
        Assert.Equal(left, Number(answer, "x-ms-ratelimit-remaining-subscription-" + kind));
        Assert.Equal(leftOfAll, Number(answer, "x-ms-ratelimit-remaining-subscription-global-" + kind));
        Assert.Null(answer.Header("x-ms-ratelimit-remaining-tenant-" + kind));
    }

    [Fact]
    public async Task What_is_asked_of_the_tenant_counts_for_the_tenant()
    {
        Assert.Equal(249, Number(await ArmAsync("GET", "tenants"), "x-ms-ratelimit-remaining-tenant-reads"));
        Answer second = await ArmAsync("GET", "subscriptions");
        Assert.InRange(Number(second, "x-ms-ratelimit-remaining-tenant-reads"), 248, 249);
        Assert.Null(second.Header("x-ms-ratelimit-remaining-subscription-reads"));
        Assert.Equal(249, Number(await ArmAsync("GET", Subscription), "x-ms-ratelimit-remaining-subscription-reads"));
    }

    [Fact]
    public async Task Without_any_left_the_answer_is_429_with_a_wait_and_only_for_that_kind()
    {
        Answer? throttled = null;
        for (int batch = 0; throttled is null && batch < 100; batch++)
        {
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ArmAsync("DELETE", $"{Subscription}/resourceGroups/none")));
            throttled = answers.FirstOrDefault(a => a.Status == 429);
        }

        int wait = Number(throttled!, "Retry-After");
        Assert.InRange(wait, 1, 60);
        AssertError(
            throttled!, 429, "SubscriptionRequestsThrottled",
            $"Number of 'delete' requests for subscription '{Host.SubscriptionId}' actor 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' exceeded. Please try again after '{wait}' seconds.");
        Assert.Equal(0, Number(throttled!, "x-ms-ratelimit-remaining-subscription-deletes"));
        Assert.Equal("gateway", throttled!.Header("x-ms-failure-cause"));

        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = wait });
        Assert.NotEqual(429, (await ArmAsync("DELETE", $"{Subscription}/resourceGroups/none")).Status);
    }

    [Fact]
    public async Task Throttling_can_be_turned_off()
    {
        await ControlAsync("PATCH", "settings", new JsonObject { ["rateLimits"] = false });
        for (int batch = 0; batch < 6; batch++)
        {
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ArmAsync("GET", Subscription)));
            Assert.All(answers, a => Assert.Equal(200, a.Status));
        }
    }

    private static int Number(Answer answer, string header) => int.Parse(answer.Header(header) ?? "-1", CultureInfo.InvariantCulture);
}
