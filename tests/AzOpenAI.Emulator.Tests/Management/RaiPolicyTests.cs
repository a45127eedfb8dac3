using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class RaiPolicyTests : EmulatorFixture
{
    private string Policies => AccountPath() + "/raiPolicies";

    [Fact]
    public async Task The_policies_of_the_system_are_always_there()
    {
        await CreateAccountAsync();
        JsonArray policies = (await ArmAsync("GET", Policies)).Json["value"]!.AsArray();
        Assert.Equal(["Microsoft.Default", "Microsoft.DefaultV2"], policies.Select(p => (string?)p!["name"]));
        Assert.All(policies, p => Assert.Equal("SystemManaged", (string?)p!["properties"]!["type"]));
        Assert.Equal("Microsoft.CognitiveServices/accounts/raiPolicies", (string?)(await ArmAsync("GET", Policies + "/microsoft.defaultv2")).Json["type"]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_policy_of_the_system_can_be_neither_changed_nor_deleted(string method)
    {
        await CreateAccountAsync();
        Answer answer = await ArmAsync(method, Policies + "/Microsoft.DefaultV2", method == "PUT" ? Policy() : null);
        Assert.Equal(400, answer.Status);
        Assert.Equal(200, (await ArmAsync("GET", Policies + "/Microsoft.DefaultV2")).Status);
    }

    [Fact]
    public async Task A_policy_is_created_replaced_and_deleted()
    {
        await CreateAccountAsync();
        Answer created = await ArmAsync("PUT", Policies + "/strict", Policy());
        Assert.Equal(201, created.Status);
        Assert.Equal($"/{Policies}/strict", (string?)created.Json["id"]);
        Assert.Equal("UserManaged", (string?)created.Json["properties"]!["type"]);
        Assert.Equal("Low", (string?)created.Json["properties"]!["contentFilters"]![0]!["severityThreshold"]);

        Answer replaced = await ArmAsync("PUT", Policies + "/strict", new JsonObject { ["properties"] = new JsonObject { ["mode"] = "Asynchronous_filter" } });
        Assert.Equal(200, replaced.Status);
        Assert.Null(replaced.Json["properties"]!["contentFilters"]);
        Assert.NotEqual((string?)created.Json["etag"], (string?)replaced.Json["etag"]);

        Answer deleted = await ArmAsync("DELETE", Policies + "/strict");
        Assert.Equal(202, deleted.Status);
        await WaitForLocationAsync(deleted);
        AssertError(await ArmAsync("GET", Policies + "/strict"), 404, "NotFound", $"Specified resource '/{Policies}/strict' cannot be found.");
        Assert.Equal(204, (await ArmAsync("DELETE", Policies + "/strict")).Status);
    }

    [Fact]
    public async Task While_a_policy_is_being_deleted_other_writes_wait_their_turn()
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Policies + "/strict", Policy());
        await ControlAsync("PATCH", "settings", new JsonObject { ["longRunningMs"] = 60_000 });
        Assert.Equal(202, (await ArmAsync("DELETE", Policies + "/strict")).Status);
        Answer second = await ArmAsync("PUT", Policies + "/other", Policy());
        Assert.Equal((409, "RequestConflict"), (second.Status, (string?)second.Json["error"]!["code"]));
    }

    [Theory]
    [InlineData("mode", """ "Sometimes" """)]
    [InlineData("basePolicyName", """ "nobody" """)]
    [InlineData("contentFilters", """[{"name":"Rudeness","source":"Prompt"}]""")]
    [InlineData("contentFilters", """[{"name":"Hate","source":"Prompt","severityThreshold":"Extreme"}]""")]
    [InlineData("contentFilters", """[{"name":"Jailbreak","source":"Completion"}]""")]
    [InlineData("contentFilters", "7")]
    [InlineData("customBlocklists", """[{"blocklistName":"nobody","source":"Prompt"}]""")]
    public async Task What_the_specification_does_not_know_is_refused(string property, string value)
    {
        await CreateAccountAsync();
        Answer answer = await ArmAsync("PUT", Policies + "/bad", new JsonObject { ["properties"] = new JsonObject { [property] = JsonNode.Parse(value) } });
        Assert.Equal(400, answer.Status);
        Assert.Equal(404, (await ArmAsync("GET", Policies + "/bad")).Status);
    }

    [Fact]
    public async Task A_deployment_takes_a_policy_that_exists_and_no_other()
    {
        await CreateAccountAsync();
        JsonObject body = DeploymentBody();
        body["properties"]!["raiPolicyName"] = "strict";
        Assert.Equal(400, (await ArmAsync("PUT", DeploymentPath(), body)).Status);

        await ArmAsync("PUT", Policies + "/strict", Policy());
        Answer created = await ArmAsync("PUT", DeploymentPath(), body);
        Assert.Equal(201, created.Status);
        Assert.Equal("strict", (string?)created.Json["properties"]!["raiPolicyName"]);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Policies + "/strict", Policy());
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 2 });
        Answer first = await ArmAsync("GET", Policies);
        Assert.Equal(2, first.Json["value"]!.AsArray().Count);
        Answer second = await ArmAsync("GET", (string)first.Json["nextLink"]!);
        Assert.Equal("strict", (string?)Assert.Single(second.Json["value"]!.AsArray())!["name"]);
        Assert.Null(second.Json["nextLink"]);
    }

    [Theory]
    [InlineData("2023-05-01", 400)]
    [InlineData("2023-10-01-preview", 200)]
    [InlineData("2026-09-01", 200)]
    public async Task Api_versions_before_the_resource_type_do_not_know_it(string version, int status)
    {
        await CreateAccountAsync();
        Assert.Equal(status, (await ArmAsync("GET", Policies, version: version)).Status);
    }

    [Fact]
    public async Task A_region_tells_what_can_be_filtered()
    {
        string path = $"{Subscription}/{Provider}/locations/swedencentral/raiContentFilters";
        JsonArray filters = (await ArmAsync("GET", path)).Json["value"]!.AsArray();
        Assert.Contains(filters, f => (string?)f!["properties"]!["name"] == "Hate" && (bool)f["properties"]!["isMultiLevelFilter"]!);
        JsonNode one = (await ArmAsync("GET", path + "/IndirectAttack")).Json;
        Assert.Equal(("Indirect Attack", "Prompt", false), ((string?)one["properties"]!["name"], (string?)one["properties"]!["source"], (bool)one["properties"]!["isMultiLevelFilter"]!));
        Assert.Equal(404, (await ArmAsync("GET", path + "/Nobody")).Status);
    }

    private static JsonObject Policy() => new()
    {
        ["properties"] = new JsonObject
        {
            ["basePolicyName"] = "Microsoft.Default",
            ["mode"] = "Blocking",
            ["contentFilters"] = new JsonArray(new JsonObject
            {
                ["name"] = "Hate",
                ["enabled"] = true,
                ["blocking"] = true,
                ["severityThreshold"] = "Low",
                ["source"] = "Prompt",
            }),
        },
    };

    private async Task WaitForLocationAsync(Answer accepted)
    {
        string link = accepted.Header("Location")!;
        for (int i = 0; i < 500 && (await ArmAsync("GET", link)).Status == 202; i++)
        {
            await Task.Delay(20, Stop);
        }
    }
}
