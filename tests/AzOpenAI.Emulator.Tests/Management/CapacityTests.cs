using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

/// <summary>What a client asks before it deploys: stock, need of a workload, where regions are.</summary>
public sealed class CapacityTests : EmulatorFixture
{
    private const string Query = "modelFormat=OpenAI&modelName=gpt-5-mini&modelVersion=2025-08-07";

    [Theory]
    [InlineData(10, 30, 50, 1, 15)]
    [InlineData(100, 1000, 200, 48, 50)]
    [InlineData(125, 1000, 0, 50, 50)]
    [InlineData(126, 1000, 0, 51, 55)]
    public async Task A_workload_becomes_units_and_the_next_capacity_that_can_be_deployed(int requests, int prompt, int output, int value, int deployable)
    {
        Answer answer = await CalculateAsync("GlobalProvisionedManaged", Workload(requests, prompt, output));

        Assert.Equal(200, answer.Status);
        Assert.Equal("GlobalProvisionedManaged", (string?)answer.Json["skuName"]);
        Assert.Equal("gpt-5-mini", (string?)answer.Json["model"]!["name"]);
        Assert.Equal((value, deployable), ((int)answer.Json["estimatedCapacity"]!["value"]!, (int)answer.Json["estimatedCapacity"]!["deployableValue"]!));
    }

    [Fact]
    public async Task Workloads_add_up()
    {
        Answer answer = await CalculateAsync("GlobalProvisionedManaged", Workload(100, 1000, 200), Workload(100, 1000, 200));

        Assert.Equal(96, (int)answer.Json["estimatedCapacity"]!["value"]!);
    }

    [Theory]
    [InlineData("GlobalStandard")]
    [InlineData("Nonsense")]
    public async Task Only_provisioned_skus_are_calculated(string sku) =>
        Assert.Equal("InvalidResourceProperties", (string?)(await CalculateAsync(sku, Workload(1, 1, 1))).Json["error"]!["code"]);

    [Fact]
    public async Task Stock_is_listed_for_one_region_and_for_all()
    {
        await ControlAsync("POST", "reset");
        await ControlAsync("PATCH", "stock", new JsonObject { ["location"] = "eastus2", ["model"] = "gpt-5-mini", ["sku"] = "GlobalStandard", ["availableCapacity"] = 7 });

        JsonArray one = (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/eastus2/modelCapacities?{Query}")).Json["value"]!.AsArray();
        JsonArray all = (await ArmAsync("GET", $"{Subscription}/{Provider}/modelCapacities?{Query}")).Json["value"]!.AsArray();

        Assert.All(one, i => Assert.Equal("EastUS2", (string?)i!["location"]));
        JsonNode item = Assert.Single(one, i => (string?)i!["name"] == "GlobalStandard")!;
        Assert.Equal(7, (int)item["properties"]!["availableCapacity"]!);
        Assert.EndsWith("/locations/EastUS2/models/OpenAI.gpt-5-mini.2025-08-07/skuCapacities/GlobalStandard", (string?)item["id"], StringComparison.Ordinal);
        Assert.True(all.Select(i => (string?)i!["location"]).Distinct().Count() > 10);
        Assert.Equal(7, (int)all.Single(i => (string?)i!["location"] == "EastUS2" && (string?)i["name"] == "GlobalStandard")!["properties"]!["availableCapacity"]!);
    }

    [Fact]
    public async Task Stock_needs_format_name_and_version() =>
        Assert.Equal(400, (await ArmAsync("GET", $"{Subscription}/{Provider}/modelCapacities?modelFormat=OpenAI&modelName=gpt-5-mini")).Status);

    [Fact]
    public async Task Locations_tell_where_they_are_as_text_and_some_do_not()
    {
        JsonArray locations = (await ArmAsync("GET", $"{Subscription}/locations")).Json["value"]!.AsArray();

        JsonNode sweden = locations.Single(l => (string?)l!["name"] == "swedencentral")!["metadata"]!;
        Assert.Equal(("60.67488", "17.14127", "Europe"), ((string?)sweden["latitude"], (string?)sweden["longitude"], (string?)sweden["geographyGroup"]));
        Assert.Contains(locations, l => l!["metadata"]!["latitude"] is null);
    }

    [Fact]
    public async Task The_models_of_a_region_follow_the_clock()
    {
        string path = $"{Subscription}/{Provider}/locations/swedencentral/models";
        string? before = Status(await ArmAsync("GET", path));
        string? same = Status(await ArmAsync("GET", path));
        await ControlAsync("PATCH", "clock", new JsonObject { ["now"] = "2027-02-10T00:00:00Z" });

        Assert.NotEqual("Deprecated", before);
        Assert.Equal(before, same);
        Assert.Equal("Deprecated", Status(await ArmAsync("GET", path)));

        static string? Status(Answer answer) =>
            (string?)answer.Json["value"]!.AsArray().First(m => (string?)m!["name"] == "OpenAI.gpt-5-mini.2025-08-07")!["model"]!["lifecycleStatus"];
    }

    [Fact]
    public async Task A_patch_takes_sku_and_tags_and_passes_over_the_rest()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync();

        Answer answer = await ArmAsync("PATCH", DeploymentPath(), new JsonObject
        {
            ["sku"] = new JsonObject { ["capacity"] = 4 },
            ["tags"] = new JsonObject { ["team"] = "a" },
            ["properties"] = new JsonObject { ["versionUpgradeOption"] = "NoAutoUpgrade" },
        });

        Assert.Equal(200, answer.Status);
        Assert.Equal((4, "GlobalStandard", "a"), ((int)answer.Json["sku"]!["capacity"]!, (string?)answer.Json["sku"]!["name"], (string?)answer.Json["tags"]!["team"]));
        Assert.Equal("OnceNewDefaultVersionAvailable", (string?)answer.Json["properties"]!["versionUpgradeOption"]);
    }

    [Fact]
    public async Task Pausing_twice_is_pausing_once_and_a_put_that_names_the_state_sets_it()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync();
        Assert.Equal(200, (await ArmAsync("POST", DeploymentPath() + "/pause", version: "2025-10-01-preview")).Status);
        Assert.Equal("Paused", State(await ArmAsync("POST", DeploymentPath() + "/pause", version: "2025-12-01")));

        JsonObject body = DeploymentBody();
        Assert.Equal("Paused", State(await ArmAsync("PUT", DeploymentPath(), body, version: "2025-12-01")));
        body["properties"]!["deploymentState"] = "Running";
        Assert.Equal("Running", State(await ArmAsync("PUT", DeploymentPath(), body, version: "2025-12-01")));
        Assert.Null((await ArmAsync("GET", DeploymentPath())).Json["properties"]!["deploymentState"]);

        static string? State(Answer answer) => (string?)answer.Json["properties"]!["deploymentState"];
    }

    [Fact]
    public async Task A_provisioned_deployment_cannot_be_paused()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync(body: DeploymentBody(sku: "ProvisionedManaged", capacity: 25));

        Assert.Equal(400, (await ArmAsync("POST", DeploymentPath() + "/pause", version: "2025-12-01")).Status);
    }

    private static JsonObject Workload(int requests, int prompt, int output) => new()
    {
        ["requestPerMinute"] = requests,
        ["requestParameters"] = new JsonObject { ["avgPromptTokens"] = prompt, ["avgGeneratedTokens"] = output },
    };

    private Task<Answer> CalculateAsync(string sku, params JsonObject[] workloads) => ArmAsync("POST", $"{Subscription}/{Provider}/calculateModelCapacity", new JsonObject
    {
        ["model"] = new JsonObject { ["format"] = "OpenAI", ["name"] = "gpt-5-mini", ["version"] = "2025-08-07" },
        ["skuName"] = sku,
        ["workloads"] = new JsonArray([.. workloads]),
    });
}
