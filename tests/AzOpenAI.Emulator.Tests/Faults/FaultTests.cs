using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Faults;

public sealed class FaultTests : EmulatorFixture
{
    private const string V1 = "contoso/openai/v1/chat/completions";

    [Fact]
    public async Task A_stalled_request_is_let_go_when_the_fault_is_deleted()
    {
        string id = await AddAsync("stall", new JsonObject { ["match"] = new JsonObject { ["path"] = "/locations" } });
        Task<Answer> stalled = ArmAsync("GET", Subscription + "/locations");
        await WaitForAsync(r => ((string)r["path"]!).Contains("/locations", StringComparison.Ordinal));
        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
        Assert.False(stalled.IsCompleted);
        await ControlAsync("DELETE", "faults/" + id);
        Assert.Equal(200, (await stalled.WaitAsync(TimeSpan.FromSeconds(10), Stop)).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_is_logged_as_dropped()
    {
        await AddAsync("stall");
        using CancellationTokenSource leave = new();
        Task<HttpResponseMessage> request = Client.GetAsync(Subscription, leave.Token);
        await WaitForAsync(r => r["finished"] is null);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        JsonNode entry = await WaitForAsync(r => (bool)r["dropped"]!);
        Assert.Null(entry["status"]);
    }

    [Fact]
    public async Task A_client_that_leaves_in_mid_stream_is_logged_as_dropped()
    {
        string key = await CreateChatAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["chunkCount"] = 10_000, ["chunkDelayMs"] = 20 });
        using (HttpRequestMessage request = new(HttpMethod.Post, V1) { Content = new StringContent(StreamBody().ToJsonString()) })
        {
            request.Headers.Add("api-key", key);
            using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            using StreamReader reader = new(await response.Content.ReadAsStreamAsync(Stop));
            Assert.StartsWith("data: ", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
        }

        JsonNode entry = await WaitForAsync(r => (bool)r["dropped"]!);
        Assert.Equal("data", (string?)entry["plane"]);
    }

    [Fact]
    public async Task An_answer_read_to_its_end_is_not_dropped()
    {
        for (int i = 0; i < 50; i++)
        {
            using HttpClient once = new() { BaseAddress = Host.BaseUri };
            using HttpRequestMessage request = new(HttpMethod.Get, Subscription + "?api-version=" + ResourcesVersion);
            request.Headers.Authorization = new("Bearer", EmulatorHost.DummyToken);
            request.Headers.ConnectionClose = true;
            using HttpResponseMessage response = await once.SendAsync(request, Stop);
            await response.Content.ReadAsStringAsync(Stop);
        }

        Assert.DoesNotContain(await RequestsAsync(), r => (bool)r["dropped"]!);
    }

    [Fact]
    public async Task A_drop_cuts_the_connection_after_the_work_is_done()
    {
        await CreateGroupAsync();
        await AddAsync("drop", new JsonObject { ["count"] = 1, ["match"] = new JsonObject { ["method"] = "PUT" } });
        await Assert.ThrowsAsync<HttpRequestException>(() => ArmAsync("PUT", $"{Subscription}/{Group("lost")}", new JsonObject { ["location"] = "eastus" }));
        Assert.Equal(204, (await ArmAsync("HEAD", $"{Subscription}/{Group("lost")}")).Status);
    }

    [Fact]
    public async Task Truncated_and_garbled_answers_are_no_json()
    {
        await AddAsync("truncate", new JsonObject { ["count"] = 1 });
        await AddAsync("garbage", new JsonObject { ["count"] = 1 });
        foreach (int _ in Enumerable.Range(0, 2))
        {
            Answer answer = await ArmAsync("GET", Subscription);
            Assert.Equal(200, answer.Status);
            Assert.ThrowsAny<System.Text.Json.JsonException>(() => answer.Json);
        }

        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
    }

    [Fact]
    public async Task A_status_comes_as_often_as_asked()
    {
        await AddAsync("status", new JsonObject
        {
            ["status"] = 503,
            ["count"] = 2,
            ["body"] = new JsonObject { ["error"] = new JsonObject { ["code"] = "Busy" } },
            ["headers"] = new JsonObject { ["retry-after-ms"] = "5" },
        });
        Answer first = await ArmAsync("GET", Subscription);
        Assert.Equal(503, first.Status);
        Assert.Equal("Busy", (string?)first.Json["error"]!["code"]);
        Assert.Equal("5", first.Header("retry-after-ms"));
        Assert.Equal(503, (await ArmAsync("GET", Subscription)).Status);
        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
    }

    [Fact]
    public async Task A_throttle_lasts_its_seconds()
    {
        string key = await CreateChatAsync();
        await AddAsync("throttle", new JsonObject { ["seconds"] = 30 });
        Answer arm = await ArmAsync("GET", Subscription);
        Assert.Equal(429, arm.Status);
        Assert.Equal("SubscriptionRequestsThrottled", (string?)arm.Json["error"]!["code"]);
        Assert.InRange(int.Parse(arm.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 30);
        Answer data = await DataAsync(V1, Chat("Hi", "chat"), key);
        AssertError(data, 429, "429", $"Rate limit is exceeded. Try again in {data.Header("Retry-After")} seconds.");
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 30 });
        Assert.Equal(200, (await ArmAsync("GET", Subscription)).Status);
    }

    [Fact]
    public async Task A_conflict_names_the_account()
    {
        await CreateAccountAsync();
        await AddAsync("conflict", new JsonObject { ["count"] = 1, ["match"] = new JsonObject { ["method"] = "PUT", ["path"] = "/deployments/" } });
        AssertError(
            await ArmAsync("PUT", DeploymentPath(), DeploymentBody()), 409, "RequestConflict",
            $"Another operation is being performed on the parent resource '/{AccountPath()}'. Please try again later.");
        Assert.Equal(201, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody())).Status);
    }

    [Fact]
    public async Task A_slow_deployment_locks_its_account_until_it_is_done()
    {
        await CreateAccountAsync();
        string id = await AddAsync("slow-operation", new JsonObject { ["match"] = new JsonObject { ["path"] = "/deployments/slow" }, ["count"] = 1 });
        Answer slow = await ArmAsync("PUT", DeploymentPath("slow"), DeploymentBody());
        Assert.Equal(201, slow.Status);
        Assert.Equal("Creating", (string?)slow.Json["properties"]!["provisioningState"]);
        string message = $"Another operation is being performed on the parent resource '/{AccountPath()}'. Please try again later.";
        AssertError(await ArmAsync("PUT", DeploymentPath("second"), DeploymentBody()), 409, "RequestConflict", message);
        AssertError(await ArmAsync("DELETE", AccountPath()), 409, "RequestConflict", message);
        Assert.Equal("Creating", (string?)(await ArmAsync("GET", slow.Header("Azure-AsyncOperation")!)).Json["status"]);
        await ControlAsync("DELETE", "faults/" + id);
        Assert.Equal("Succeeded", await PollAsync(slow.Header("Azure-AsyncOperation")!));
        Assert.Equal(201, (await ArmAsync("PUT", DeploymentPath("second"), DeploymentBody())).Status);
    }

    [Fact]
    public async Task An_operation_can_fail()
    {
        await CreateGroupAsync();
        await AddAsync("fail-operation", new JsonObject { ["body"] = new JsonObject { ["code"] = "CustomDomainInUse", ["message"] = "Sub domain name 'contoso' is already in use." } });
        Answer created = await ArmAsync("PUT", AccountPath(), AccountBody());
        Assert.Equal(201, created.Status);
        Assert.Equal("Failed", await PollAsync(created.Header("Azure-AsyncOperation")!));
        JsonNode poll = (await ArmAsync("GET", created.Header("Azure-AsyncOperation")!)).Json;
        Assert.Equal("CustomDomainInUse", (string?)poll["error"]!["code"]);
        Assert.Equal("Failed", (string?)(await ArmAsync("GET", AccountPath())).Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task Deletes_and_purges_become_long_running_when_asked()
    {
        await CreateAccountAsync();
        await AddAsync("slow-operation", new JsonObject { ["seconds"] = 60, ["match"] = new JsonObject { ["method"] = "DELETE" } });
        Answer deleting = await ArmAsync("DELETE", AccountPath());
        Assert.Equal(202, deleting.Status);
        Assert.Equal(202, (await ArmAsync("GET", deleting.Header("Location")!)).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 61 });
        Assert.Equal(200, (await ArmAsync("GET", deleting.Header("Location")!)).Status);
        Answer purging = await ArmAsync("DELETE", $"{Subscription}/{Provider}/locations/swedencentral/{Group()}/deletedAccounts/contoso");
        Assert.Equal(202, purging.Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 61 });
        Assert.Equal("Succeeded", await PollAsync(purging.Header("Azure-AsyncOperation")!));
    }

    [Fact]
    public async Task Web_pages_and_redirects_come_where_json_was_expected()
    {
        await AddAsync("html", new JsonObject { ["count"] = 1 });
        await AddAsync("redirect", new JsonObject { ["count"] = 1, ["headers"] = new JsonObject { ["Location"] = "http://127.0.0.1:9/elsewhere" } });
        Answer html = await ArmAsync("GET", Subscription);
        Assert.Equal(502, html.Status);
        Assert.StartsWith("text/html", html.Header("Content-Type"), StringComparison.Ordinal);
        Answer redirect = await ArmAsync("GET", Subscription);
        Assert.Equal(307, redirect.Status);
        Assert.Equal("http://127.0.0.1:9/elsewhere", redirect.Header("Location"));
    }

    [Fact]
    public async Task Rights_tokens_and_tenants_can_be_wrong()
    {
        await CreateAccountAsync();
        await AddAsync("deny", new JsonObject { ["match"] = new JsonObject { ["action"] = "deployments/write$" } });
        AssertError(
            await ArmAsync("PUT", DeploymentPath(), DeploymentBody()), 403, "AuthorizationFailed",
            "The client 'emulator@example.com' with object id 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb' does not have authorization to perform action "
            + $"'Microsoft.CognitiveServices/accounts/deployments/write' over scope '/{DeploymentPath()}' or the scope is invalid. If access was recently granted, "
            + "please refresh your credentials.");
        Assert.Equal(200, (await ArmAsync("GET", AccountPath() + "/deployments")).Status);
        await AddAsync("expired-token", new JsonObject { ["count"] = 1 });
        Answer expired = await ArmAsync("GET", Subscription);
        Assert.Equal("ExpiredAuthenticationToken", (string?)expired.Json["error"]!["code"]);
        Assert.NotNull(expired.Header("WWW-Authenticate"));
        await AddAsync("wrong-tenant", new JsonObject { ["count"] = 1 });
        Answer tenant = await ArmAsync("GET", Subscription);
        Assert.Equal(401, tenant.Status);
        Assert.Equal("InvalidAuthenticationTokenTenant", (string?)tenant.Json["error"]!["code"]);
    }

    [Fact]
    public async Task Unknown_fields_are_added_everywhere_but_in_maps()
    {
        await CreateAccountAsync();
        await AddAsync("unknown-fields");
        JsonNode account = (await ArmAsync("GET", AccountPath())).Json;
        Assert.NotNull(account["x_emulator_unknown"]);
        Assert.NotNull(account["properties"]!["x_emulator_unknown"]);
        Assert.Null(account["properties"]!["endpoints"]!["x_emulator_unknown"]);
    }

    [Fact]
    public async Task A_stream_can_break_in_every_way()
    {
        string key = await CreateChatAsync();
        await AddAsync("stream-error", new JsonObject { ["count"] = 1, ["afterChunks"] = 2 });
        string error = (await DataAsync(V1, StreamBody(), key)).Text;
        Assert.Contains("data: {\"error\":", error, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", error, StringComparison.Ordinal);
        Assert.Equal(2, error.Split("\"delta\":{\"content\":\"").Length - 2);

        await AddAsync("truncate", new JsonObject { ["count"] = 1, ["afterChunks"] = 1 });
        string cut = (await DataAsync(V1, StreamBody(), key)).Text;
        Assert.DoesNotContain("finish_reason\":\"stop", cut, StringComparison.Ordinal);

        await AddAsync("drop", new JsonObject { ["count"] = 1, ["afterChunks"] = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => DataAsync(V1, StreamBody(), key));

        await AddAsync("unknown-events", new JsonObject { ["count"] = 1 });
        string unknown = (await DataAsync(V1, StreamBody(), key)).Text;
        Assert.Contains("event: emulator.unknown", unknown, StringComparison.Ordinal);
        Assert.Contains(": keep-alive", unknown, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", unknown, StringComparison.Ordinal);

        await AddAsync("garbage", new JsonObject { ["count"] = 1 });
        Assert.Contains("data: {\"choices\":[{\"delta\":\n", (await DataAsync(V1, StreamBody(), key)).Text, StringComparison.Ordinal);

        await AddAsync("unknown-fields", new JsonObject { ["count"] = 1 });
        Assert.Contains("x_emulator_unknown", (await DataAsync(V1, StreamBody(), key)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latency_delays_both_planes()
    {
        string key = await CreateChatAsync();
        await AddAsync("latency", new JsonObject { ["seconds"] = 0.3, ["count"] = 2 });
        await ArmAsync("GET", Subscription);
        await DataAsync(V1, Chat("Hi", "chat"), key);
        Assert.All((await RequestsAsync())[^2..], r => Assert.True((double)r["durationMs"]! >= 290, r.ToJsonString()));
    }

    [Fact]
    public async Task The_faults_in_force_are_listed()
    {
        string id = await AddAsync("status", new JsonObject { ["count"] = 2 });
        await ArmAsync("GET", Subscription);
        JsonNode fault = Assert.Single((await ControlAsync("GET", "faults")).Json["value"]!.AsArray())!;
        Assert.Equal(id, (string?)fault["id"]);
        Assert.Equal(1, (int)fault["hits"]!);
        Assert.Equal(1, (int)fault["remaining"]!);
        await ControlAsync("DELETE", "faults");
        Assert.Empty((await ControlAsync("GET", "faults")).Json["value"]!.AsArray());
    }

    private static JsonObject StreamBody()
    {
        JsonObject body = Chat("one two three four five", "chat");
        body["stream"] = true;
        return body;
    }

    private async Task<string> AddAsync(string kind, JsonObject? more = null)
    {
        JsonObject body = more ?? [];
        body["kind"] = kind;
        Answer answer = await ControlAsync("POST", "faults", body);
        Assert.Equal(201, answer.Status);
        return (string)answer.Json["id"]!;
    }

    private async Task<List<JsonNode>> RequestsAsync() =>
        [.. (await ControlAsync("GET", "requests")).Json["value"]!.AsArray().OfType<JsonNode>()];

    private async Task<JsonNode> WaitForAsync(Predicate<JsonNode> condition)
    {
        for (int i = 0; i < 500; i++)
        {
            if ((await RequestsAsync()).Find(condition) is { } found)
            {
                return found;
            }

            await Task.Delay(20, Stop);
        }

        throw new TimeoutException("The request was not logged as expected.");
    }
}
