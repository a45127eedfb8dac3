using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class PagingTests : EmulatorFixture
{
    private static readonly string[] Groups = ["rg", "other", "third", "fourth"];
    private const string Model = "modelFormat=OpenAI&modelName=gpt-5-mini&modelVersion=2025-08-07";

    /// <summary>Every list that has a nextLink in the service's specification, below {s}, the subscription.</summary>
    public static TheoryData<string> Lists => new(
        "tenants", "subscriptions", "{s}/resourceGroups", "{s}/providers",
        "{s}/{p}/accounts", "{s}/resourceGroups/rg/{p}/accounts", "{s}/{p}/deletedAccounts", "{s}/{p}/skus",
        "{s}/{p}/locations/swedencentral/models", "{s}/{p}/locations/swedencentral/usages",
        $"{{s}}/{{p}}/locations/swedencentral/modelCapacities?{Model}", $"{{s}}/{{p}}/modelCapacities?{Model}",
        "{s}/resourceGroups/rg/{p}/accounts/a0/models", "{s}/resourceGroups/rg/{p}/accounts/a0/deployments",
        "{s}/resourceGroups/rg/{p}/accounts/a0/deployments/d0/skus");

    protected override EmulatorOptions Options => new() { Seed = SeedText() };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_honours_the_page_size_and_is_whole_when_followed(string template)
    {
        string path = template.Replace("{s}", Subscription, StringComparison.Ordinal).Replace("{p}", Provider, StringComparison.Ordinal);
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 10_000, ["rateLimits"] = false });
        JsonNode whole = (await ArmAsync("GET", path)).Json;
        Assert.Null(whole["nextLink"]);
        string[] expected = [.. whole["value"]!.AsArray().Select(i => i!.ToJsonString())];
        Assert.NotEmpty(expected);

        int size = Math.Max(1, expected.Length / 3);
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = size });
        List<string> found = [];
        HashSet<string> seen = [];
        for (string? next = path; next is not null;)
        {
            Answer answer = await ArmAsync("GET", next);
            Assert.True(answer.Status == 200, answer.Text);
            JsonArray items = answer.Json["value"]!.AsArray();
            Assert.InRange(items.Count, 1, size);
            found.AddRange(items.Select(i => i!.ToJsonString()));
            next = (string?)answer.Json["nextLink"];
            Assert.True(next is null || (next.StartsWith(Host.BaseUri.AbsoluteUri, StringComparison.Ordinal) && seen.Add(next)), next);
        }

        Assert.Equal(expected, found);
    }

    [Fact]
    public async Task A_token_that_no_list_gave_is_refused()
    {
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 2 });
        string next = (string)(await ArmAsync("GET", Subscription + "/resourceGroups")).Json["nextLink"]!;
        Assert.DoesNotMatch(@"skiptoken=\d+(&|$)", next);
        foreach (string token in new[] { "2", "not-mine", "%00", "ZW11bGF0b3IvcGFnZS8teA" })
        {
            Answer refused = await ArmAsync("GET", $"{Subscription}/resourceGroups?%24skiptoken={token}");
            Assert.Equal(400, refused.Status);
            Assert.Equal("InvalidSkipToken", (string?)refused.Json["error"]!["code"]);
        }
    }

    [Fact]
    public async Task Top_counts_over_all_pages()
    {
        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 2 });
        JsonNode first = (await ArmAsync("GET", Subscription + "/resourceGroups?$top=3")).Json;
        Assert.Equal(2, first["value"]!.AsArray().Count);
        JsonNode second = (await ArmAsync("GET", (string)first["nextLink"]!)).Json;
        Assert.Single(second["value"]!.AsArray());
        Assert.Null(second["nextLink"]);
    }

    private static string SeedText()
    {
        JsonObject Account(int i) => new()
        {
            ["name"] = $"a{i}",
            ["resourceGroup"] = "rg",
            ["location"] = "swedencentral",
            ["deployments"] = new JsonArray([.. Enumerable.Range(0, 5).Select(d => (JsonNode)new JsonObject
            {
                ["name"] = $"d{d}",
                ["sku"] = new JsonObject { ["name"] = "GlobalStandard", ["capacity"] = 1 },
                ["properties"] = new JsonObject { ["model"] = new JsonObject { ["name"] = "gpt-5-mini" } },
            })]),
        };
        JsonObject Deleted(int i)
        {
            JsonObject account = Account(i);
            account["deletedHoursAgo"] = 1;
            return account;
        }

        return new JsonObject
        {
            ["subscriptions"] = new JsonArray(
                new JsonObject
                {
                    ["resourceGroups"] = new JsonArray([.. Groups
                        .Select(n => (JsonNode)new JsonObject { ["name"] = n, ["location"] = "swedencentral" })]),
                    ["accounts"] = new JsonArray([.. Enumerable.Range(0, 5).Select(i => (JsonNode)Account(i)), .. Enumerable.Range(5, 4).Select(i => (JsonNode)Deleted(i))]),
                },
                new JsonObject { ["id"] = "22222222-2222-4222-8222-222222222222" }),
        }.ToJsonString();
    }
}
