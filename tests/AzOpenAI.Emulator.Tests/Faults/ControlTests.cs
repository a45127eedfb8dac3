using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Faults;

public sealed class ControlTests : EmulatorFixture
{
    [Fact]
    public async Task The_write_log_holds_only_what_can_change_something()
    {
        string key = await CreateChatAsync();
        await ControlAsync("DELETE", "writes");
        await ArmAsync("GET", AccountPath());
        await ArmAsync("POST", AccountPath() + "/listKeys");
        await DataAsync("contoso/openai/v1/chat/completions", Chat("x", "chat"), key);
        Assert.Empty(await LogAsync("writes"));
        await ArmAsync("PATCH", AccountPath(), new JsonObject { ["tags"] = new JsonObject() });
        await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key2" });
        await ArmAsync("PUT", DeploymentPath(), DeploymentBody("gpt-99"));
        await ArmAsync("DELETE", DeploymentPath());
        await ArmAsync("POST", $"{Subscription}/{Provider}/register");
        JsonArray writes = await LogAsync("writes");
        Assert.Equal(["PATCH 200", "POST 200", "PUT 400", "DELETE 200", "POST 200"], writes.Select(w => $"{w!["method"]} {w["status"]}"));
    }

    [Fact]
    public async Task Logs_show_neither_keys_nor_tokens()
    {
        StringWriter log = new();
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions { Log = log }, Stop);
        using HttpClient client = new() { BaseAddress = host.BaseUri };
        client.DefaultRequestHeaders.Add("api-key", "canary-key");
        client.DefaultRequestHeaders.Authorization = new("Bearer", "canary.token.value");
        await client.GetStringAsync("_emulator/health", Stop);
        await client.GetAsync("x/openai/v1/models?api-key=canary-query&sig=canary-sig", Stop);
        string requests = await client.GetStringAsync("_emulator/requests", Stop);
        Assert.Contains("api-key=REDACTED&sig=REDACTED", requests, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", requests, StringComparison.Ordinal);
        Assert.Contains("GET /x/openai/v1/models", log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_brings_everything_back_to_the_start()
    {
        string key = await CreateChatAsync();
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "status", ["match"] = new JsonObject { ["plane"] = "data" } });
        await ControlAsync("PATCH", "clock", new JsonObject { ["now"] = "2040-01-01T00:00:00Z" });
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 1 });
        await ControlAsync("POST", "reset");
        Assert.Equal("{\"value\":[]}", (await ArmAsync("GET", Subscription + "/resourceGroups")).Text);
        Assert.Single(await LogAsync("requests"));
        Assert.Equal(404, (await DataAsync("contoso/openai/v1/chat/completions", Chat("x", "chat"), key)).Status);
        Assert.StartsWith("2026-11-21", (string?)(await ControlAsync("GET", "clock")).Json["now"], StringComparison.Ordinal);
        Assert.Equal(250, (int)(await ControlAsync("GET", "settings")).Json["pageSize"]!);
        await CreateChatAsync();
    }

    [Theory]
    [InlineData("POST", "faults", """{"kind":"nonsense"}""")]
    [InlineData("POST", "faults", """{"kind":"status","nonsense":1}""")]
    [InlineData("POST", "faults", """{"kind":"status","match":{"path":"("}}""")]
    [InlineData("POST", "faults", """{"kind":"status","count":0}""")]
    [InlineData("POST", "faults", "[]")]
    [InlineData("PATCH", "settings", """{"pageSize":0}""")]
    [InlineData("PATCH", "settings", """{"latencyMs":"5"}""")]
    [InlineData("PATCH", "clock", """{"now":"yesterday"}""")]
    [InlineData("PATCH", "quota", """{"location":"nowhere","usageName":"x"}""")]
    [InlineData("PATCH", "stock", """{"location":"eastus","model":"gpt-99","sku":"Standard","availableCapacity":1}""")]
    [InlineData("PATCH", "subscriptions/none/provider", """{"state":"Registered"}""")]
    [InlineData("POST", "answers", """{"text":"a","json":{}}""")]
    public async Task A_control_request_with_a_mistake_is_refused_with_the_reason(string method, string path, string body)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), "_emulator/" + path);
        Answer answer = await SendAsync(request, JsonNode.Parse(body));
        Assert.Equal(400, answer.Status);
        Assert.Equal("InvalidControlRequest", (string?)answer.Json["error"]!["code"]);
    }

    [Fact]
    public async Task Deleting_a_fault_that_is_not_there_is_a_404()
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, "_emulator/faults/none");
        Assert.Equal(404, (await SendAsync(request, null)).Status);
    }

    [Fact]
    public async Task Health_needs_no_token_and_names_the_subscription()
    {
        JsonNode health = (await ControlAsync("GET", "health")).Json;
        Assert.Equal("ok", (string?)health["status"]);
        Assert.Equal(Host.SubscriptionId, (string?)health["subscriptionId"]);
    }

    private async Task<JsonArray> LogAsync(string name) => (await ControlAsync("GET", name)).Json["value"]!.AsArray();
}
