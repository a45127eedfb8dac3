using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Seeding;

namespace AzOpenAI.Emulator.Tests.Seeding;

public sealed class SeedTests : EmulatorFixture
{
    private const string Text = """
        {
          // A subscription in the middle of its life.
          "subscriptions": [
            {
              "id": "33333333-3333-4333-8333-333333333333",
              "displayName": "Production",
              "resourceGroups": [{ "name": "rg", "location": "Sweden Central", "tags": { "team": "search" } }],
              "accounts": [
                {
                  "name": "contoso", "resourceGroup": "RG", "location": "swedencentral", "kind": "AIServices", "sku": { "name": "S0" },
                  "tags": { "a": "b" }, "etag": "\"1\"",
                  "properties": { "customSubDomainName": "contoso", "provisioningState": "Succeeded", "publicNetworkAccess": "Disabled" },
                  "deployments": [
                    {
                      "name": "chat", "sku": { "name": "GlobalStandard", "capacity": 12 },
                      "properties": { "model": { "format": "OpenAI", "name": "gpt-5-mini", "version": "2025-08-07" }, "versionUpgradeOption": "NoAutoUpgrade" },
                    },
                    { "name": "resting", "sku": { "name": "GlobalStandard" }, "properties": { "model": { "name": "gpt-5-mini" }, "deploymentState": "Paused" } }
                  ]
                },
                { "name": "gone", "resourceGroup": "was-here", "location": "eastus2", "deletedHoursAgo": 5, "properties": { "customSubDomainName": "gone" } }
              ],
              "quota": [{ "location": "swedencentral", "usageName": "openai.globalstandard.gpt-5-mini", "limit": 200, "otherUse": 50 }]
            },
            { "id": "44444444-4444-4444-8444-444444444444", "providers": { "Microsoft.CognitiveServices": "NotRegistered" } }
          ],
          "stock": [{ "location": "swedencentral", "model": "gpt-5-mini", "sku": "GlobalStandard", "availableCapacity": 3 }]
        }
        """;

    protected override EmulatorOptions Options => new() { Seed = Text };

    [Fact]
    public async Task It_starts_with_what_the_seed_says()
    {
        Assert.Equal("33333333-3333-4333-8333-333333333333", Host.SubscriptionId);
        Assert.Equal(["Production", "Emulator 2"], (await ArmAsync("GET", "subscriptions")).Json["value"]!.AsArray().Select(s => (string)s!["displayName"]!));

        JsonNode group = (await ArmAsync("GET", $"{Subscription}/{Group()}")).Json;
        Assert.Equal("swedencentral", (string?)group["location"]);
        Assert.Equal("search", (string?)group["tags"]!["team"]);

        JsonNode account = (await ArmAsync("GET", AccountPath())).Json;
        Assert.Equal("AIServices", (string?)account["kind"]);
        Assert.Equal("Disabled", (string?)account["properties"]!["publicNetworkAccess"]);
        Assert.Equal("Succeeded", (string?)account["properties"]!["provisioningState"]);
        Assert.Equal($"{Host.BaseUri}contoso/", (string?)account["properties"]!["endpoint"]);

        JsonNode deployment = (await ArmAsync("GET", DeploymentPath(), version: "2026-03-01")).Json;
        Assert.Equal(12, (int)deployment["sku"]!["capacity"]!);
        Assert.Equal("NoAutoUpgrade", (string?)deployment["properties"]!["versionUpgradeOption"]);
        Assert.Equal("Paused", (string?)(await ArmAsync("GET", DeploymentPath("resting"), version: "2026-03-01")).Json["properties"]!["deploymentState"]);
    }

    [Fact]
    public async Task Both_planes_know_it()
    {
        string subscription = Host.SubscriptionId;
        await ArmAsync("PATCH", AccountPath(), new JsonObject { ["properties"] = new JsonObject { ["publicNetworkAccess"] = "Enabled" } });
        Answer answer = await DataAsync("contoso/openai/v1/chat/completions", Chat("Hello", "chat"), key: await KeyAsync());
        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(subscription, Host.SubscriptionId);
    }

    [Fact]
    public async Task Quota_stock_registration_and_soft_deletion_are_as_it_says()
    {
        JsonNode row = (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/swedencentral/usages")).Json["value"]!.AsArray()
            .Single(r => (string?)r!["name"]!["value"] == "OpenAI.GlobalStandard.gpt-5-mini")!;
        Assert.Equal(200, (double)row["limit"]!);
        Assert.Equal(63, (double)row["currentValue"]!);

        Answer refused = await ArmAsync("PUT", DeploymentPath("more"), DeploymentBody(capacity: 4));
        Assert.Equal("InsufficientCapacity", (string?)refused.Json["error"]!["code"]);

        Answer other = await ArmAsync("GET", $"subscriptions/44444444-4444-4444-8444-444444444444/{Provider}/locations/swedencentral/models");
        Assert.Equal("MissingSubscriptionRegistration", (string?)other.Json["error"]!["code"]);

        JsonNode deleted = Assert.Single((await ArmAsync("GET", $"{Subscription}/{Provider}/deletedAccounts")).Json["value"]!.AsArray())!;
        Assert.Equal("gone", (string?)deleted["name"]);
        await CreateGroupAsync("was-here");
        Answer again = await ArmAsync("PUT", AccountPath("gone", "was-here"), AccountBody("eastus2", subdomain: null));
        Assert.Equal("FlagMustBeSetForRestore", (string?)again.Json["error"]!["code"]);
        Answer taken = await ArmAsync("PUT", AccountPath("thief"), AccountBody(subdomain: "gone"));
        Assert.Equal("CustomDomainInUse", (string?)taken.Json["error"]!["code"]);
    }

    [Fact]
    public async Task A_reset_goes_back_to_it()
    {
        Assert.Equal(200, (await ArmAsync("DELETE", DeploymentPath())).Status);
        Assert.Equal(200, (await ArmAsync("DELETE", AccountPath())).Status);
        await ControlAsync("POST", "reset");
        Assert.Equal(200, (await ArmAsync("GET", DeploymentPath())).Status);
    }

    [Theory]
    [InlineData("{", 1, "", "The file isn't valid JSON")]
    [InlineData("{\n  \"subscriptions\": [\n    {\"id\" 5}\n  ]\n}", 3, "", "The file isn't valid JSON")]
    [InlineData("[]", 1, "", "An object is required")]
    [InlineData("{}", 1, "subscriptions", "at least one")]
    [InlineData("{\n\"subscriptions\": []}", 2, "subscriptions", "at least one")]
    [InlineData("{\n\"subscriptions\": [{}],\n\"subscription\": 1}", 3, "subscription", "Known properties: $schema, subscriptions, stock")]
    [InlineData("{\"subscriptions\": [{},\n{\"id\": \"x\"}]}", 2, "subscriptions[1].id", "isn't a GUID")]
    [InlineData("{\"subscriptions\": [{},\n{}]}", 2, "subscriptions[1]", "'id' is missing")]
    [InlineData("{\"subscriptions\": [{\n\"id\": \"33333333-3333-4333-8333-333333333333\",\n\"id\": \"33333333-3333-4333-8333-333333333333\"}]}", 3, "subscriptions[0].id", "first on line 2")]
    [InlineData("{\"subscriptions\": [{\"providers\": {\n\"Microsoft.CognitiveServices\": \"Maybe\"}}]}", 2, "subscriptions[0].providers.Microsoft.CognitiveServices", "isn't Registered or")]
    [InlineData("{\"subscriptions\": [{\"resourceGroups\": [\n{\"name\": \"rg\", \"location\": \"atlantis\"}]}]}", 2, "subscriptions[0].resourceGroups[0].location", "Unknown region 'atlantis'")]
    [InlineData("{\"subscriptions\": [{\"resourceGroups\": {}}]}", 1, "subscriptions[0].resourceGroups", "A list is required")]
    [InlineData("{\"subscriptions\": [{\"resourceGroups\": [{\"name\": \"rg\", \"location\": \"eastus\", \"tags\": {\n\"a\": 5}}]}]}", 2, "subscriptions[0].resourceGroups[0].tags.a", "A string is required")]
    [InlineData("{\"subscriptions\": [{\"accounts\": [{\"name\": \"a1\",\n\"resourceGroup\": \"rg\", \"location\": \"eastus\"}]}]}", 2, "subscriptions[0].accounts[0].resourceGroup", "Resource group 'rg' isn't")]
    [InlineData("{\"subscriptions\": [{\"accounts\": [{\"name\": \"a1\", \"resourceGroup\": \"rg\", \"location\": \"eastus\",\n\"deletedHoursAgo\": 48}]}]}", 2, "subscriptions[0].accounts[0].deletedHoursAgo", "from 0 to 47")]
    [InlineData("{\"subscriptions\": [{\"quota\": [{\"location\": \"eastus\",\n\"usageName\": \"OpenAI.Nope\"}]}]}", 2, "subscriptions[0].quota[0].usageName", "Unknown quota 'OpenAI.Nope'")]
    public async Task A_bad_seed_is_refused_with_line_and_member(string seed, int line, string member, string problem)
    {
        EmulatorSeedException error = await Assert.ThrowsAsync<EmulatorSeedException>(() => EmulatorHost.StartAsync(new EmulatorOptions { Seed = seed }, Stop));
        Assert.Equal((line, member), (error.Line, error.Member));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Line {line}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("location", "\"westus2\"", "location", "doesn't offer Azure OpenAI")]
    [InlineData("kind", "\"Face\"", "kind", "isn't one of")]
    [InlineData("name", "\"?\"", "name", "isn't a valid account name")]
    [InlineData("sku", "{\"name\": \"F0\"}", "sku", "The only SKU is S0")]
    [InlineData("nmae", "\"x\"", "nmae", "Unknown property")]
    [InlineData("properties", "{\"customSubDomainName\": \"a b\"}", "properties.customSubDomainName", "isn't a valid subdomain")]
    [InlineData("properties", "{\"disableLocalAuthentication\": true}", "properties.disableLocalAuthentication", "Unknown property")]
    [InlineData("deployments", "[{\"name\": \"d\"}]", "deployments[0]", "'properties' is missing")]
    [InlineData("deployments", "[{\"name\": \"d\", \"properties\": {\"model\": {\"name\": \"gpt-9\"}}}]", "deployments[0].properties.model.name", "isn't in the catalog")]
    [InlineData("deployments", "[{\"name\": \"d\", \"sku\": {\"name\": \"S0\"}, \"properties\": {\"model\": {\"name\": \"gpt-5-mini\"}}}]", "deployments[0].sku.name", "GlobalStandard")]
    [InlineData("deployments", "[{\"name\": \"d\", \"sku\": {\"name\": \"GlobalStandard\", \"capacity\": 0}, \"properties\": {\"model\": {\"name\": \"gpt-5-mini\"}}}]", "deployments[0].sku.capacity", "at least 1")]
    public async Task A_bad_account_is_refused(string name, string value, string member, string problem)
    {
        JsonObject account = new() { ["name"] = "contoso", ["resourceGroup"] = "rg", ["location"] = "swedencentral", [name] = JsonNode.Parse(value) };
        JsonObject subscription = new()
        {
            ["resourceGroups"] = new JsonArray(new JsonObject { ["name"] = "rg", ["location"] = "swedencentral" }),
            ["accounts"] = new JsonArray(account),
        };
        string seed = new JsonObject { ["subscriptions"] = new JsonArray(subscription) }.ToJsonString();
        EmulatorSeedException error = await Assert.ThrowsAsync<EmulatorSeedException>(() => EmulatorHost.StartAsync(new EmulatorOptions { Seed = seed }, Stop));
        Assert.Equal("subscriptions[0].accounts[0]." + member, error.Member);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
