using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class QuotaTests : EmulatorFixture
{
    private const string Row = "OpenAI.GlobalStandard.gpt-5-mini";

    [Fact]
    public async Task Use_follows_deployments_up_and_down()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync(body: DeploymentBody(capacity: 20));
        Assert.Equal(20, (int)(await RowAsync("swedencentral"))["currentValue"]!);
        await ArmAsync("PATCH", DeploymentPath(), new JsonObject { ["sku"] = new JsonObject { ["name"] = "GlobalStandard", ["capacity"] = 5 } });
        Assert.Equal(5, (int)(await RowAsync("swedencentral"))["currentValue"]!);
        await ArmAsync("DELETE", DeploymentPath());
        Assert.Equal(0, (int)(await RowAsync("swedencentral"))["currentValue"]!);
    }

    [Fact]
    public async Task Over_quota_says_what_was_asked_and_what_is_left()
    {
        await CreateAccountAsync();
        await ControlAsync("PATCH", "quota", new JsonObject { ["location"] = "swedencentral", ["usageName"] = Row, ["limit"] = 30, ["currentValue"] = 25 });
        JsonNode row = await RowAsync("swedencentral");
        string name = (string)row["name"]!["localizedValue"]!;
        AssertError(
            await ArmAsync("PUT", DeploymentPath(), DeploymentBody(capacity: 10)), 400, "InsufficientQuota",
            $"This operation require 10 new capacity in quota {name}, which is bigger than the current available capacity 5. The current quota usage is 25 and the "
            + $"quota limit is 30 for quota {name}.");
        Assert.Equal(201, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(capacity: 5))).Status);
    }

    [Fact]
    public async Task Growing_a_deployment_needs_quota_for_the_difference_only()
    {
        await CreateAccountAsync();
        await ControlAsync("PATCH", "quota", new JsonObject { ["location"] = "swedencentral", ["usageName"] = Row, ["limit"] = 12 });
        await CreateDeploymentAsync(body: DeploymentBody(capacity: 10));
        Assert.Equal(200, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(capacity: 12))).Status);
        Assert.Equal(400, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(capacity: 13))).Status);
    }

    [Fact]
    public async Task Global_quota_is_shared_over_regions_and_subscriptions_have_their_own()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync(body: DeploymentBody(capacity: 20));
        Assert.Equal(20, (int)(await RowAsync("eastus2"))["currentValue"]!);
        Assert.Equal(0, (int)(await RowAsync("swedencentral", "subscriptions/22222222-2222-4222-8222-222222222222"))["currentValue"]!);
    }

    [Fact]
    public async Task Stock_is_apart_from_quota()
    {
        await CreateAccountAsync();
        await ControlAsync("PATCH", "stock", new JsonObject
        {
            ["location"] = "swedencentral",
            ["model"] = "gpt-5-mini",
            ["version"] = "2025-08-07",
            ["sku"] = "ProvisionedManaged",
            ["availableCapacity"] = 25,
        });
        string query = "modelFormat=OpenAI&modelName=gpt-5-mini&modelVersion=2025-08-07";
        JsonArray here = (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/swedencentral/modelCapacities?{query}")).Json["value"]!.AsArray();
        Assert.Equal(25, (int)here.Single(s => (string?)s!["name"] == "ProvisionedManaged")!["properties"]!["availableCapacity"]!);
        JsonArray everywhere = (await ArmAsync("GET", $"{Subscription}/{Provider}/modelCapacities?{query}")).Json["value"]!.AsArray();
        Assert.Contains(everywhere, s => (string?)s!["location"] == "EastUS2");
        Assert.Equal(400, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(sku: "ProvisionedManaged", capacity: 50))).Status);
        Assert.Equal(400, (await ArmAsync("GET", $"{Subscription}/{Provider}/modelCapacities")).Status);
    }

    [Fact]
    public async Task Deployments_at_once_never_share_out_more_than_there_is()
    {
        await CreateAccountAsync("one");
        await CreateAccountAsync("two");
        await ControlAsync("PATCH", "quota", new JsonObject { ["location"] = "swedencentral", ["usageName"] = Row, ["limit"] = 10 });
        Answer[] answers = await Task.WhenAll(
            ArmAsync("PUT", DeploymentPath(account: "one"), DeploymentBody(capacity: 10)), ArmAsync("PUT", DeploymentPath(account: "two"), DeploymentBody(capacity: 10)));
        Assert.Equal([201, 400], answers.Select(a => a.Status).Order());
    }

    private async Task<JsonNode> RowAsync(string location, string? subscription = null)
    {
        string? next = $"{subscription ?? Subscription}/{Provider}/locations/{location}/usages";
        while (next is not null)
        {
            JsonNode page = (await ArmAsync("GET", next)).Json;
            if (page["value"]!.AsArray().FirstOrDefault(r => (string?)r!["name"]!["value"] == Row) is { } row)
            {
                return row;
            }

            next = (string?)page["nextLink"];
        }

        throw new InvalidOperationException("The quota row is missing.");
    }
}
