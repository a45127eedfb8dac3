using System.Globalization;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class RateLimitTests : EmulatorFixture
{
    private const string V1 = "contoso/openai/v1/chat/completions";

    [Fact]
    public async Task Requests_over_the_capacity_are_refused_until_the_window_moves()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 2));
        Assert.Equal(200, (await DataAsync(V1, Chat("1", "chat"), key)).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 30 });
        Assert.Equal("0", (await DataAsync(V1, Chat("2", "chat"), key)).Header("x-ratelimit-remaining-requests"));
        Answer refused = await DataAsync(V1, Chat("3", "chat"), key);
        AssertError(
            refused, 429, "429",
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version v1 have exceeded call rate limit of your current OpenAI S0 pricing tier. "
            + $"Please retry after {refused.Header("Retry-After")} seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the "
            + "default rate limit.");
        int wait = int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture);
        Assert.InRange(wait, 1, 30);
        Assert.Equal(refused.Header("Retry-After"), refused.Header("x-ratelimit-reset-requests"));
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = wait });
        Assert.Equal(200, (await DataAsync(V1, Chat("4", "chat"), key)).Status);
    }

    [Fact]
    public async Task Tokens_are_counted_by_what_may_be_answered()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 10));
        JsonObject body = Chat("x", "chat");
        body["max_completion_tokens"] = 9000;
        Assert.Equal("1000", (await DataAsync(V1, body, key)).Header("x-ratelimit-remaining-tokens"));
        Answer refused = await DataAsync(V1, body, key);
        Assert.Equal(429, refused.Status);
        Assert.Contains("token rate limit", refused.Text, StringComparison.Ordinal);
        Assert.Equal("DeploymentRatelimit-Token", refused.Header("policy-id"));
        Assert.NotNull(refused.Header("x-ratelimit-reset-tokens"));
        Assert.Equal(200, (await DataAsync(V1, Chat("small", "chat"), key)).Status);
    }

    [Fact]
    public async Task Each_deployment_has_its_own_limits_and_they_can_be_switched_off()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 1));
        await CreateDeploymentAsync("second", DeploymentBody(capacity: 1));
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        Assert.Equal(429, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "second"), key)).Status);
        await ControlAsync("PATCH", "settings", new JsonObject { ["rateLimits"] = false });
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
    }

    [Fact]
    public async Task Requests_at_once_get_no_more_than_the_capacity()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 5));
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => DataAsync(V1, Chat("x", "chat"), key)));
        Assert.Equal(5, answers.Count(a => a.Status == 200));
        Assert.Equal(15, answers.Count(a => a.Status == 429));
    }

    [Fact]
    public async Task Requests_can_be_counted_over_a_shorter_window_with_a_burst_of_it()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 60));
        await ControlAsync("PATCH", "settings", new JsonObject { ["requestWindowSeconds"] = 10 });
        Answer[] burst = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => DataAsync(V1, Chat("x", "chat"), key)));
        Assert.Equal(10, burst.Count(a => a.Status == 200));
        Answer refused = burst.First(a => a.Status == 429);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 10);
        Assert.Equal("60", refused.Header("x-ratelimit-limit-requests"));
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 10 });
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
    }

    [Fact]
    public async Task The_headers_give_seconds_until_the_limits_are_whole_again()
    {
        string key = await CreateChatAsync();
        Answer answer = await DataAsync(V1, Chat("x", "chat"), key);
        Assert.Equal("60", answer.Header("x-ratelimit-reset-requests"));
        Assert.Equal("60", answer.Header("x-ratelimit-reset-tokens"));
        Assert.NotNull(answer.Header("azureml-model-session"));
        Assert.NotNull(answer.Header("X-Request-ID"));
    }

    [Fact]
    public async Task A_request_that_is_wrong_counts_and_one_that_was_refused_does_not()
    {
        string key = await CreateChatAsync(DeploymentBody(capacity: 2));
        Assert.Equal(400, (await DataAsync(V1, JsonNode.Parse("""{"model":"chat","messages":[]}"""), key)).Status);
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 59 });
        Assert.Equal(429, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 1.5 });
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
    }

    [Fact]
    public async Task A_provisioned_deployment_refuses_when_it_is_full()
    {
        string key = await CreateChatAsync(DeploymentBody("gpt-4o", "2024-11-20", "GlobalProvisionedManaged", 15));
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
        await ControlAsync("PATCH", "settings", new JsonObject { ["provisionedUtilization"] = 100 });
        Answer refused = await DataAsync(V1, Chat("x", "chat"), key);
        Assert.Equal(429, refused.Status);
        Assert.NotNull(refused.Header("retry-after-ms"));
        Assert.NotNull(refused.Header("Retry-After"));
        await ControlAsync("PATCH", "settings", new JsonObject { ["provisionedUtilization"] = 99 });
        Assert.Equal(200, (await DataAsync(V1, Chat("x", "chat"), key)).Status);
    }
}
