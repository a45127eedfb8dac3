using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class AccountTests : EmulatorFixture
{
    [Fact]
    public async Task A_new_account_is_creating_until_its_operation_ends()
    {
        await CreateGroupAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["longRunningMs"] = 3_600_000 });
        Answer created = await ArmAsync("PUT", AccountPath(), AccountBody(location: "Sweden Central"));
        Assert.Equal(201, created.Status);
        Assert.Equal("Creating", (string?)created.Json["properties"]!["provisioningState"]);
        Assert.Equal("Sweden Central", (string?)created.Json["location"]);
        Assert.Null(created.Header("Retry-After"));
        Assert.Null(created.Header("Location"));

        string poll = created.Header("Azure-AsyncOperation")!;
        Assert.Contains("api-version=2017-04-18", poll, StringComparison.Ordinal);
        Assert.True(poll.Length > 2500, "The service's polling URLs are about 3 KB long.");
        Assert.Equal("Creating", (string?)(await ArmAsync("GET", poll)).Json["status"]);
        Assert.Equal(404, (await ArmAsync("GET", poll[..poll.IndexOf("&t=", StringComparison.Ordinal)])).Status);

        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 3601 });
        Answer done = await ArmAsync("GET", poll);
        Assert.Equal("Succeeded", (string?)done.Json["status"]);
        Assert.NotNull(done.Json["endTime"]);
        Assert.Equal("Succeeded", (string?)(await ArmAsync("GET", AccountPath())).Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task The_answer_has_the_members_that_tools_read()
    {
        JsonNode account = await CreateAccountAsync();
        Assert.Equal($"/{AccountPath()}", (string?)account["id"]);
        Assert.Equal("Microsoft.CognitiveServices/accounts", (string?)account["type"]);
        Assert.Equal("S0", (string?)account["sku"]!["name"]);
        JsonNode properties = account["properties"]!;
        Assert.Equal("Enabled", (string?)properties["publicNetworkAccess"]);
        Assert.Equal(32, ((string)properties["internalId"]!).Length);
        Assert.Equal((string?)properties["endpoint"], (string?)properties["endpoints"]!["OpenAI Language Model Instance API"]);
        Assert.NotNull(account["systemData"]!["createdAt"]);
    }

    [Fact]
    public async Task Without_a_subdomain_the_endpoint_is_the_regional_one()
    {
        JsonNode account = await CreateAccountAsync(body: AccountBody(subdomain: null));
        Assert.Equal($"{Host.BaseUri}swedencentral.api/", (string?)account["properties"]!["endpoint"]);
        Assert.Null(account["properties"]!["customSubDomainName"]);
    }

    [Fact]
    public async Task Ids_compare_without_case_and_accounts_are_listed_by_group_and_subscription()
    {
        await CreateAccountAsync();
        await CreateGroupAsync("other");
        Assert.Equal(200, (await ArmAsync("GET", AccountPath().Replace("resourceGroups", "RESOURCEGROUPS", StringComparison.Ordinal).Replace("contoso", "CONTOSO", StringComparison.Ordinal))).Status);
        Assert.Single((await ArmAsync("GET", $"{Subscription}/{Provider}/accounts")).Json["value"]!.AsArray());
        Assert.Single((await ArmAsync("GET", $"{Subscription}/{Group("RG")}/{Provider}/accounts")).Json["value"]!.AsArray());
        Assert.Equal("{\"value\":[]}", (await ArmAsync("GET", $"{Subscription}/{Group("other")}/{Provider}/accounts")).Text);
        Assert.Empty((await ArmAsync("GET", $"subscriptions/22222222-2222-4222-8222-222222222222/{Provider}/accounts")).Json["value"]!.AsArray());
    }

    [Fact]
    public async Task A_patch_changes_only_what_it_names()
    {
        await CreateAccountAsync();
        Answer tags = await ArmAsync("PATCH", AccountPath(), new JsonObject { ["tags"] = new JsonObject { ["a"] = "1" } });
        Assert.Equal(200, tags.Status);
        Answer network = await ArmAsync("PATCH", AccountPath(), new JsonObject { ["properties"] = new JsonObject { ["disableLocalAuth"] = true } });
        Assert.Equal(202, network.Status);
        Assert.Equal("Accepted", (string?)network.Json["properties"]!["provisioningState"]);
        await WaitAsync(network.Header("Location")!);
        JsonNode account = (await ArmAsync("GET", AccountPath())).Json;
        Assert.Equal("1", (string?)account["tags"]!["a"]);
        Assert.True((bool)account["properties"]!["disableLocalAuth"]!);
        Assert.Equal("contoso", (string?)account["properties"]!["customSubDomainName"]);
    }

    [Fact]
    public async Task Keys_are_long_differ_and_change_one_at_a_time()
    {
        await CreateAccountAsync();
        JsonNode before = (await ArmAsync("POST", AccountPath() + "/listKeys")).Json;
        Assert.Equal(84, ((string)before["key1"]!).Length);
        Assert.NotEqual((string?)before["key1"], (string?)before["key2"]);
        JsonNode after = (await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key1" })).Json;
        Assert.NotEqual((string?)before["key1"], (string?)after["key1"]);
        Assert.Equal((string?)before["key2"], (string?)after["key2"]);
        Assert.Equal(400, (await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key3" })).Status);
    }

    [Fact]
    public async Task Keys_that_are_disabled_cannot_be_listed()
    {
        JsonObject body = AccountBody();
        body["properties"]!["disableLocalAuth"] = true;
        await CreateAccountAsync(body: body);
        AssertError(await ArmAsync("POST", AccountPath() + "/listKeys"), 400, "BadRequest", "Failed to list key. disableLocalAuth is set to be true");
    }

    [Fact]
    public async Task A_missing_group_or_account_is_told_apart()
    {
        Answer noGroup = await ArmAsync("PUT", AccountPath(), AccountBody());
        AssertError(noGroup, 404, "ResourceGroupNotFound", "Resource group 'rg' could not be found.");
        Assert.Equal("gateway", noGroup.Header("x-ms-failure-cause"));
        await CreateGroupAsync();
        AssertError(
            await ArmAsync("GET", AccountPath()), 404, "ResourceNotFound",
            "The Resource 'Microsoft.CognitiveServices/accounts/contoso' under resource group 'rg' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
        Assert.Equal(404, (await ArmAsync("POST", AccountPath() + "/listKeys")).Status);
        Assert.Equal(204, (await ArmAsync("DELETE", AccountPath())).Status);
    }

    [Theory]
    [InlineData("nowhere", "OpenAI", "S0", "LocationNotAvailableForResourceType")]
    [InlineData("swedencentral", "NonExistAPI", "S0", "InvalidApiSetId")]
    [InlineData("westus2", "OpenAI", "S0", "InvalidApiSetId")]
    [InlineData("swedencentral", "OpenAI", "N0", "InvalidSkuId")]
    public async Task A_place_kind_or_sku_that_does_not_exist_is_refused(string location, string kind, string sku, string code)
    {
        await CreateGroupAsync();
        JsonObject body = AccountBody(location, kind: kind);
        body["sku"]!["name"] = sku;
        Answer answer = await ArmAsync("PUT", AccountPath(), body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(code, (string?)answer.Json["error"]!["code"]);
        Assert.Equal(404, (await ArmAsync("GET", AccountPath())).Status);
    }

    [Fact]
    public async Task A_subdomain_is_unique_over_all_subscriptions()
    {
        await CreateAccountAsync();
        string other = "subscriptions/22222222-2222-4222-8222-222222222222";
        await ArmAsync("PUT", $"{other}/{Group()}", new JsonObject { ["location"] = "swedencentral" });
        Answer answer = await ArmAsync("PUT", $"{other}/{Group()}/{Provider}/accounts/second", AccountBody());
        AssertError(
            answer, 409, "CustomDomainInUse",
            "Please pick a different name. The subdomain name 'contoso' is not available as it's already used by a resource. If the resource using the name was "
            + "deleted in the last 48 hours, you may need to purge the deleted resource. Learn more at \"https://go.microsoft.com/fwlink/?linkid=2215493\"");
    }

    [Fact]
    public async Task Two_creates_of_one_subdomain_at_once_make_one_account()
    {
        await CreateGroupAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ArmAsync("PUT", AccountPath("account" + i), AccountBody())));
        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => Assert.Equal("CustomDomainInUse", (string?)a.Json["error"]!["code"]));
    }

    [Fact]
    public async Task The_accounts_of_a_region_have_a_quota()
    {
        await ControlAsync("PATCH", "quota", new JsonObject { ["location"] = "swedencentral", ["usageName"] = "OpenAI.S0.AccountCount", ["limit"] = 1 });
        await CreateAccountAsync("one");
        Answer second = await ArmAsync("PUT", AccountPath("two"), AccountBody(subdomain: "two"));
        Assert.Equal("InsufficientQuota", (string?)second.Json["error"]!["code"]);
        Assert.Equal(201, (await ArmAsync("PUT", AccountPath("two"), AccountBody("eastus2", "two"))).Status);
    }

    [Fact]
    public async Task Deleting_a_group_soft_deletes_its_accounts()
    {
        await CreateAccountAsync();
        Answer deleting = await ArmAsync("DELETE", $"{Subscription}/{Group()}");
        Assert.Equal(202, deleting.Status);
        Assert.NotNull(deleting.Header("Retry-After"));
        await WaitAsync(deleting.Header("Location")!);
        Assert.Equal(404, (await ArmAsync("HEAD", $"{Subscription}/{Group()}")).Status);
        Assert.Single((await ArmAsync("GET", $"{Subscription}/{Provider}/deletedAccounts")).Json["value"]!.AsArray());
    }

    [Fact]
    public async Task A_group_under_deletion_takes_no_writes()
    {
        await CreateAccountAsync();
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "slow-operation", ["match"] = new JsonObject { ["method"] = "DELETE" } });
        await ArmAsync("DELETE", $"{Subscription}/{Group()}");
        Answer answer = await ArmAsync("PUT", AccountPath("late"), AccountBody(subdomain: "late"));
        Assert.Equal(409, answer.Status);
        Assert.Equal("ResourceGroupBeingDeleted", (string?)answer.Json["error"]!["code"]);
    }

    private async Task WaitAsync(string location)
    {
        for (int i = 0; i < 500; i++)
        {
            Answer poll = await ArmAsync("GET", location);
            if (poll.Status != 202)
            {
                Assert.Equal(200, poll.Status);
                return;
            }

            await Task.Delay(20, Stop);
        }

        Assert.Fail("The operation did not end.");
    }
}
