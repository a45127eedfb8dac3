using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Seeding;

/// <summary>An inventory of the size that large customers have.</summary>
public sealed class LargeSeedTests : EmulatorFixture
{
    private const int Accounts = 200;
    private const int DeploymentsEach = 10;

    protected override EmulatorOptions Options => new() { Seed = SeedText() };

    [Fact]
    public async Task Two_hundred_resources_with_ten_deployments_each_are_there()
    {
        JsonArray accounts = (await ArmAsync("GET", $"{Subscription}/{Provider}/accounts")).Json["value"]!.AsArray();
        Assert.Equal(Accounts, accounts.Count);
        int deployments = 0;
        foreach (JsonNode? account in accounts)
        {
            deployments += (await ArmAsync("GET", $"{((string)account!["id"]!)[1..]}/deployments")).Json["value"]!.AsArray().Count;
        }

        Assert.Equal(Accounts * DeploymentsEach, deployments);
    }

    private static string SeedText()
    {
        string[] regions = ["swedencentral", "eastus2"];
        return new JsonObject
        {
            ["subscriptions"] = new JsonArray(new JsonObject
            {
                ["resourceGroups"] = new JsonArray(new JsonObject { ["name"] = "rg", ["location"] = "eastus2" }),
                ["accounts"] = new JsonArray([.. Enumerable.Range(0, Accounts).Select(a => (JsonNode)new JsonObject
                {
                    ["name"] = $"account-{a:000}",
                    ["resourceGroup"] = "rg",
                    ["location"] = regions[a % regions.Length],
                    ["properties"] = new JsonObject { ["customSubDomainName"] = $"account-{a:000}" },
                    ["deployments"] = new JsonArray([.. Enumerable.Range(0, DeploymentsEach).Select(d => (JsonNode)new JsonObject
                    {
                        ["name"] = $"deployment-{d}",
                        ["sku"] = new JsonObject { ["name"] = "GlobalStandard", ["capacity"] = 1 },
                        ["properties"] = new JsonObject { ["model"] = new JsonObject { ["name"] = "gpt-5-mini" } },
                    })]),
                })]),
            }),
        }.ToJsonString();
    }
}
