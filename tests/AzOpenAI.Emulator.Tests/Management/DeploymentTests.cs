using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class DeploymentTests : EmulatorFixture
{
    [Fact]
    public async Task A_new_deployment_is_ready_and_says_what_it_allows()
    {
        await CreateAccountAsync();
        Answer created = await ArmAsync("PUT", DeploymentPath(), DeploymentBody(capacity: 7));
        Assert.Equal(201, created.Status);
        Assert.Null(created.Header("Azure-AsyncOperation"));
        JsonNode properties = created.Json["properties"]!;
        Assert.Equal("Succeeded", (string?)properties["provisioningState"]);
        Assert.Equal("OnceNewDefaultVersionAvailable", (string?)properties["versionUpgradeOption"]);
        Assert.Equal(7, (int)properties["currentCapacity"]!);
        Assert.Equal("true", (string?)properties["capabilities"]!["chatCompletion"]);
        Assert.Equal("""[{"key":"request","renewalPeriod":60,"count":7},{"key":"token","renewalPeriod":60,"count":7000}]""", properties["rateLimits"]!.ToJsonString());
        Assert.Null(properties["deploymentState"]);
        Assert.Equal("Running", (string?)(await ArmAsync("GET", DeploymentPath(), version: "2025-12-01")).Json["properties"]!["deploymentState"]);
    }

    [Fact]
    public async Task Without_a_version_the_default_version_is_taken()
    {
        await CreateAccountAsync();
        JsonNode deployment = await CreateDeploymentAsync(body: DeploymentBody(version: null));
        Assert.Equal("2025-08-07", (string?)deployment["properties"]!["model"]!["version"]);
    }

    [Fact]
    public async Task A_second_put_replaces_in_place_and_patch_changes_the_capacity()
    {
        await CreateAccountAsync();
        JsonNode first = await CreateDeploymentAsync();
        Answer second = await ArmAsync("PUT", DeploymentPath(), DeploymentBody("gpt-5-nano"));
        Assert.Equal(200, second.Status);
        Assert.Equal("gpt-5-nano", (string?)second.Json["properties"]!["model"]!["name"]);
        Assert.NotEqual((string?)first["etag"], (string?)second.Json["etag"]);
        Answer patched = await ArmAsync("PATCH", DeploymentPath(), new JsonObject { ["sku"] = new JsonObject { ["name"] = "GlobalStandard", ["capacity"] = 3 } });
        Assert.Equal(200, patched.Status);
        Assert.Equal(3, (int)patched.Json["sku"]!["capacity"]!);
        Assert.Single((await ArmAsync("GET", AccountPath() + "/deployments")).Json["value"]!.AsArray());
    }

    [Fact]
    public async Task Deleting_twice_says_that_it_is_gone()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync();
        Assert.Equal(200, (await ArmAsync("DELETE", DeploymentPath())).Status);
        Assert.Equal(204, (await ArmAsync("DELETE", DeploymentPath())).Status);
        AssertError(await ArmAsync("GET", DeploymentPath()), 404, "NotFound", $"Specified resource '/{DeploymentPath()}' cannot be found.");
    }

    [Fact]
    public async Task A_missing_account_is_another_error_for_reads_than_for_writes()
    {
        await CreateGroupAsync();
        Assert.Equal("ResourceNotFound", (string?)(await ArmAsync("GET", DeploymentPath())).Json["error"]!["code"]);
        Assert.Equal("ParentResourceNotFound", (string?)(await ArmAsync("PUT", DeploymentPath(), DeploymentBody())).Json["error"]!["code"]);
    }

    [Fact]
    public async Task An_account_that_is_still_creating_takes_no_deployment()
    {
        await CreateGroupAsync();
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "slow-operation", ["match"] = new JsonObject { ["method"] = "PUT", ["path"] = "accounts/contoso" }, ["count"] = 1 });
        await ArmAsync("PUT", AccountPath(), AccountBody());
        AssertError(
            await ArmAsync("PUT", DeploymentPath(), DeploymentBody()), 409, "AccountProvisioningStateInvalid",
            $"Call to Microsoft.CognitiveServices/accounts failed. Error message: Account /{AccountPath()} in state Creating.");
    }

    public static TheoryData<string, string?, string, int, string, string> Refused => new()
    {
        { "gpt-5-mini", "2025-08-07", "S0", 1, "InvalidResourceProperties", "The deployment sku name 'S0' is invalid." },
        { "gpt-99", "1", "GlobalStandard", 1, "DeploymentModelNotSupported", "The model 'Format:OpenAI,Name:gpt-99,Version:1' is not supported." },
        { "gpt-5-mini", "1999-01-01", "GlobalStandard", 1, "DeploymentModelNotSupported", "The model 'Format:OpenAI,Name:gpt-5-mini,Version:1999-01-01' is not supported." },
        { "o1-preview", "2024-09-12", "GlobalStandard", 1, "ServiceModelDeprecated", "The model 'Format:OpenAI,Name:o1-preview,Version:2024-09-12' has been deprecated since 07/28/2025." },
        { "gpt-4.1", "2025-04-14", "GlobalStandard", 1, "ServiceModelDeprecating", "The model 'Format:OpenAI,Name:gpt-4.1,Version:2025-04-14' has been deprecated since 04/14/2027." },
        { "gpt-5-mini", "2025-08-07", "Standard", 1, "InvalidResourceProperties", "The specified SKU 'Standard' of account deployment is not supported by the model 'gpt-5-mini' version: '2025-08-07'." },
        { "gpt-5-mini", "2025-08-07", "GlobalStandard", 100_000, "InsufficientQuota", "" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_deployment_that_cannot_be_is_refused_with_the_reason(string model, string? version, string sku, int capacity, string code, string message)
    {
        await CreateAccountAsync();
        Answer answer = await ArmAsync("PUT", DeploymentPath(), DeploymentBody(model, version, sku, capacity));
        AssertError(answer, 400, code, message.Length > 0 ? message : (string)answer.Json["error"]!["message"]!);
        Assert.Equal(404, (await ArmAsync("GET", DeploymentPath())).Status);
    }

    [Fact]
    public async Task A_sku_of_other_regions_is_another_message()
    {
        await CreateAccountAsync(body: AccountBody("australiaeast"));
        AssertError(
            await ArmAsync("PUT", DeploymentPath(), DeploymentBody(sku: "DataZoneStandard")), 400, "InvalidResourceProperties",
            "The specified SKU 'DataZoneStandard' for model 'gpt-5-mini 2025-08-07' is not supported in this region 'australiaeast'.");
    }

    [Fact]
    public async Task A_model_with_limited_access_needs_permission()
    {
        await CreateAccountAsync(body: AccountBody("eastus2"));
        Answer answer = await ArmAsync("PUT", DeploymentPath(), DeploymentBody("computer-use-preview", "2025-03-11"));
        AssertError(
            answer, 400, "SpecialFeatureOrQuotaIdRequired",
            "the current subscription does not have access to this model 'Format:OpenAI,Name:computer-use-preview,Version:2025-03-11'");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(30025)]
    public async Task Provisioned_capacity_below_between_or_above_the_steps_is_refused(int capacity)
    {
        await CreateAccountAsync();
        Answer answer = await ArmAsync("PUT", DeploymentPath(), DeploymentBody(sku: "ProvisionedManaged", capacity: capacity));
        Assert.Equal(400, answer.Status);
        Assert.Contains("between 25 and 30000 in steps of 25", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(201, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(sku: "ProvisionedManaged", capacity: 50))).Status);
    }

    [Fact]
    public async Task A_model_dies_when_the_clock_passes_its_date()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync();
        await ControlAsync("PATCH", "clock", new JsonObject { ["now"] = "2027-02-10T00:00:00Z" });
        AssertError(
            await ArmAsync("PUT", DeploymentPath("late"), DeploymentBody()), 400, "ServiceModelDeprecated",
            "The model 'Format:OpenAI,Name:gpt-5-mini,Version:2025-08-07' has been deprecated since 02/09/2027.");
    }

    [Fact]
    public async Task A_misplaced_sku_means_Standard()
    {
        await CreateAccountAsync();
        JsonObject body = DeploymentBody();
        body.Remove("sku");
        body["properties"]!["sku"] = new JsonObject { ["name"] = "GlobalStandard" };
        Answer answer = await ArmAsync("PUT", DeploymentPath(), body);
        Assert.Contains("'Standard'", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_and_resume_reach_the_data_plane()
    {
        string key = await CreateChatAsync();
        Assert.Equal("Paused", (string?)(await ArmAsync("POST", DeploymentPath() + "/pause", version: "2025-12-01")).Json["properties"]!["deploymentState"]);
        Assert.Equal(423, (await DataAsync("contoso/openai/v1/chat/completions", Chat("Hi", "chat"), key)).Status);
        Assert.Equal(200, (await ArmAsync("POST", DeploymentPath() + "/resume", version: "2025-12-01")).Status);
        Assert.Equal(200, (await DataAsync("contoso/openai/v1/chat/completions", Chat("Hi", "chat"), key)).Status);
        Assert.Equal(400, (await ArmAsync("POST", DeploymentPath() + "/pause")).Status);
    }

    [Fact]
    public async Task Two_writes_at_once_are_one_write_and_one_conflict()
    {
        await CreateAccountAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["latencyMs"] = 1500 });
        Answer[] answers = await Task.WhenAll(
            ArmAsync("PUT", DeploymentPath("one"), DeploymentBody(capacity: 1)), ArmAsync("PUT", DeploymentPath("two"), DeploymentBody(capacity: 1)));
        Assert.Equal([201, 409], answers.Select(a => a.Status).Order());
        AssertError(
            answers.Single(a => a.Status == 409), 409, "RequestConflict",
            $"Another operation is being performed on the parent resource '/{AccountPath()}'. Please try again later.");
    }

    [Fact]
    public async Task Its_skus_have_capacity_ranges()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync();
        JsonArray skus = (await ArmAsync("GET", DeploymentPath() + "/skus")).Json["value"]!.AsArray();
        Assert.Contains(skus, s => (string?)s!["sku"]!["name"] == "ProvisionedManaged" && (int)s["capacity"]!["step"]! == 25);
    }
}
