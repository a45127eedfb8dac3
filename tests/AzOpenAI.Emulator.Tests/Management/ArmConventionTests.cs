using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class ArmConventionTests : EmulatorFixture
{
    [Fact]
    public async Task A_request_needs_a_token()
    {
        Answer missing = await ArmAsync("GET", "subscriptions", token: null);
        Assert.Equal(401, missing.Status);
        Assert.StartsWith("Bearer authorization_uri=", missing.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(401, (await ArmAsync("GET", "subscriptions", token: "nonsense")).Status);
        Assert.Equal(200, (await ArmAsync("GET", "subscriptions", token: "eyJhbGciOiJub25lIn0.eyJvaWQiOiIxIn0.c2ln")).Status);
    }

    [Fact]
    public async Task A_request_needs_an_api_version_that_exists()
    {
        AssertError(
            await ArmAsync("GET", AccountPath(), version: ""), 400, "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.");
        await CreateAccountAsync();
        Assert.Equal(400, (await ArmAsync("GET", AccountPath(), version: "2099-01-01")).Status);
        Assert.Equal(400, (await ArmAsync("GET", AccountPath(), version: "2017-04-18")).Status);
        Assert.Equal(400, (await ArmAsync("GET", "subscriptions", version: "2099-01-01")).Status);
        foreach (string version in new[] { "2023-05-01", "2024-10-01", "2026-09-01", "2026-09-15-preview" })
        {
            Assert.Equal(200, (await ArmAsync("GET", AccountPath(), version: version)).Status);
        }
    }

    [Fact]
    public async Task Every_answer_can_be_traced()
    {
        Answer answer = await ArmAsync("GET", Subscription);
        foreach (string header in new[]
        {
            "x-ms-request-id", "x-ms-correlation-request-id", "x-ms-routing-request-id", "x-ms-ratelimit-remaining-subscription-reads",
            "x-ms-ratelimit-remaining-subscription-global-reads", "x-ms-operation-identifier",
        })
        {
            Assert.False(string.IsNullOrEmpty(answer.Header(header)), header);
        }

        Assert.Equal("application/json; charset=utf-8", answer.Header("Content-Type"));
        Assert.Null(answer.Header("Server"));
    }

    [Fact]
    public async Task The_date_header_follows_the_emulators_clock()
    {
        Assert.Equal(new DateTime(2026, 11, 21), DateOf(await ArmAsync("GET", Subscription)).Date);
        await ControlAsync("PATCH", "clock", new JsonObject { ["now"] = "2031-02-03T04:05:06Z" });
        Assert.Equal(new DateTime(2031, 2, 3), DateOf(await ArmAsync("GET", Subscription)).Date);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 86400 });
        Assert.Equal(new DateTime(2031, 2, 4), DateOf(await ArmAsync("GET", Subscription)).Date);
    }

    [Fact]
    public async Task Subscriptions_say_who_they_are()
    {
        JsonArray all = (await ArmAsync("GET", "subscriptions")).Json["value"]!.AsArray();
        Assert.True(all.Count >= 2);
        Assert.Contains(all, s => (string?)s!["subscriptionId"] == Host.SubscriptionId && (string?)s["state"] == "Enabled");
        Assert.Equal(Host.TenantId, (string?)(await ArmAsync("GET", Subscription)).Json["tenantId"]);
        AssertError(
            await ArmAsync("GET", "subscriptions/33333333-3333-4333-8333-333333333333"), 404, "SubscriptionNotFound",
            "The subscription '33333333-3333-4333-8333-333333333333' could not be found.");
        JsonArray tenants = (await ArmAsync("GET", "tenants")).Json["value"]!.AsArray();
        Assert.Equal(Host.TenantId, (string?)Assert.Single(tenants)!["tenantId"]);
        Assert.Contains((await ArmAsync("GET", Subscription + "/locations")).Json["value"]!.AsArray(), l => (string?)l!["displayName"] == "Sweden Central");
    }

    [Theory]
    [InlineData("GET", "subscriptions/11111111-1111-4111-8111-111111111111/nonsense", 404)]
    [InlineData("GET", "providers/Nobody.Here/things", 404)]
    [InlineData("POST", "subscriptions", 405)]
    [InlineData("GET", "nothing/openai/v1/models", 404)]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "_emulator/nothing", 404)]
    public async Task An_unknown_path_is_a_json_error(string method, string path, int status)
    {
        Answer answer = await ArmAsync(method, path);
        Assert.Equal(status, answer.Status);
        Assert.NotNull(answer.Json["error"]!["code"]);
        Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"location\":1}")]
    [InlineData("{\"location\":\"swedencentral\",\"location\":\"eastus\"}")]
    [InlineData("\u0000")]
    public async Task A_broken_body_is_a_400(string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, $"{Subscription}/{Group()}?api-version={ResourcesVersion}");
        request.Headers.Authorization = new("Bearer", EmulatorHost.DummyToken);
        request.Content = new StringContent(body);
        Answer answer = await SendAsync(request, null);
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer.Json["error"]!["message"]);
    }

    [Fact]
    public async Task Lists_come_in_pages_that_can_be_followed()
    {
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 2 });
        for (int i = 0; i < 5; i++)
        {
            await CreateGroupAsync("group" + i);
        }

        List<string> names = [];
        string? next = Subscription + "/resourceGroups";
        int pages = 0;
        while (next is not null)
        {
            JsonNode page = (await ArmAsync("GET", next)).Json;
            names.AddRange(page["value"]!.AsArray().Select(g => (string)g!["name"]!));
            next = (string?)page["nextLink"];
            Assert.True(next is null || next.StartsWith(Host.BaseUri.ToString(), StringComparison.Ordinal));
            pages++;
        }

        Assert.Equal(3, pages);
        Assert.Equal(["group0", "group1", "group2", "group3", "group4"], names);
    }

    [Fact]
    public async Task Too_many_reads_are_throttled_with_a_wait()
    {
        Answer? throttled = null;
        for (int batch = 0; throttled is null && batch < 100; batch++)
        {
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => ArmAsync("GET", Subscription)));
            throttled = answers.FirstOrDefault(a => a.Status == 429);
        }

        Assert.NotNull(throttled);
        Assert.Equal("SubscriptionRequestsThrottled", (string?)throttled.Json["error"]!["code"]);
        Assert.True(int.Parse(throttled.Header("Retry-After")!, CultureInfo.InvariantCulture) >= 1);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 60 });
        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
    }

    [Fact]
    public async Task A_provider_that_is_not_registered_refuses_until_it_is()
    {
        await CreateGroupAsync();
        string provider = $"{Subscription}/{Provider}";
        await ControlAsync("PATCH", $"subscriptions/{Host.SubscriptionId}/provider", new JsonObject { ["state"] = "NotRegistered" });
        Assert.Equal("NotRegistered", (string?)(await ArmAsync("GET", provider, version: ResourcesVersion)).Json["registrationState"]);
        Answer refused = await ArmAsync("PUT", AccountPath(), AccountBody());
        AssertError(
            refused, 409, "MissingSubscriptionRegistration",
            "The subscription is not registered to use namespace 'Microsoft.CognitiveServices'. See https://aka.ms/rps-not-found for how to register subscriptions.");
        Assert.Equal("Microsoft.CognitiveServices", (string?)refused.Json["error"]!["details"]![0]!["target"]);

        Assert.Equal("Registering", (string?)(await ArmAsync("POST", provider + "/register")).Json["registrationState"]);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 10 });
        Assert.Equal("Registered", (string?)(await ArmAsync("GET", provider, version: ResourcesVersion)).Json["registrationState"]);
        Assert.Equal(201, (await ArmAsync("PUT", AccountPath(), AccountBody())).Status);
    }

    [Fact]
    public async Task Availability_is_answered_before_a_create()
    {
        await CreateAccountAsync();
        string domain = $"{Subscription}/{Provider}/checkDomainAvailability";
        JsonObject body = new() { ["subdomainName"] = "contoso", ["type"] = "Microsoft.CognitiveServices/accounts" };
        JsonNode taken = (await ArmAsync("POST", domain, body)).Json;
        Assert.False((bool)taken["isSubdomainAvailable"]!);
        Assert.Equal("Sub domain name 'contoso' is already used. Please pick a different name.", (string?)taken["reason"]);
        body["subdomainName"] = "free";
        Assert.True((bool)(await ArmAsync("POST", domain, body)).Json["isSubdomainAvailable"]!);
        body["subdomainName"] = "not valid!";
        Assert.Equal("Sub domain name 'not valid!' is not valid", (string?)(await ArmAsync("POST", domain, body)).Json["reason"]);

        JsonObject skus = new() { ["skus"] = new JsonArray("S0"), ["kind"] = "OpenAI", ["type"] = "Microsoft.CognitiveServices/accounts" };
        Assert.True((bool)(await ArmAsync("POST", $"{Subscription}/{Provider}/locations/swedencentral/checkSkuAvailability", skus)).Json["value"]![0]!["skuAvailable"]!);
        Assert.False((bool)(await ArmAsync("POST", $"{Subscription}/{Provider}/locations/westus2/checkSkuAvailability", skus)).Json["value"]![0]!["skuAvailable"]!);
        Assert.DoesNotContain((await ControlAsync("GET", "writes")).Json["value"]!.AsArray(), w => ((string)w!["path"]!).Contains("check", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Models_are_listed_per_region_and_kind()
    {
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 1000 });
        JsonArray models = (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/Sweden Central/models")).Json["value"]!.AsArray();
        JsonNode mini = models.Single(m => (string?)m!["kind"] == "OpenAI" && (string?)m["model"]!["name"] == "gpt-5-mini")!;
        Assert.Equal("GenerallyAvailable", (string?)mini["model"]!["lifecycleStatus"]);
        Assert.Equal("2027-02-09T00:00:00Z", (string?)mini["model"]!["deprecation"]!["inference"]);
        Assert.Contains(mini["model"]!["skus"]!.AsArray(), s => (string?)s!["name"] == "GlobalStandard");
        Assert.Contains(models, m => (string?)m!["kind"] == "AIServices");
        Assert.Contains(models, m => (string?)m!["model"]!["lifecycleStatus"] == "Deprecated");
        Assert.Empty((await ArmAsync("GET", $"{Subscription}/{Provider}/locations/westus2/models")).Json["value"]!.AsArray());
        Assert.Equal(400, (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/nowhere/models")).Status);
    }

    private static DateTime DateOf(Answer answer) =>
        DateTime.ParseExact(answer.Header("Date")!, "R", CultureInfo.InvariantCulture);
}
