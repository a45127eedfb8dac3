using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class ApiVersionTests : EmulatorFixture
{
    /// <summary>Stable and preview versions of Microsoft.CognitiveServices since 2023-05-01.</summary>
    private static readonly string[] Versions =
    [
        "2023-05-01", "2023-06-01-preview", "2023-10-01-preview", "2024-04-01-preview", "2024-06-01-preview", "2024-10-01", "2025-04-01-preview", "2025-06-01",
        "2025-07-01-preview", "2025-09-01", "2025-10-01-preview", "2025-12-01", "2026-01-15-preview", "2026-03-01", "2026-03-15-preview", "2026-05-01",
        "2026-05-15-preview", "2026-07-01", "2026-07-15-preview", "2026-09-01", "2026-09-15-preview",
    ];

    [Fact]
    public async Task Every_version_since_2023_05_01_is_accepted()
    {
        await CreateChatAsync();
        foreach (string version in Versions)
        {
            Assert.Equal(200, (await ArmAsync("GET", AccountPath(), version: version)).Status);
            Assert.Equal(200, (await ArmAsync("GET", DeploymentPath(), version: version)).Status);
            Assert.Equal(200, (await ArmAsync("PUT", DeploymentPath(), DeploymentBody(), version: version)).Status);
            Assert.Equal(200, (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/swedencentral/models", version: version)).Status);
        }
    }

    [Theory]
    [InlineData("2099-01-01")]
    [InlineData("2022-12-01")]
    [InlineData("2017-04-18")]
    [InlineData("latest")]
    public async Task An_unknown_version_is_refused_with_the_known_ones(string version)
    {
        await CreateAccountAsync();
        Answer refused = await ArmAsync("GET", AccountPath(), version: version);
        Assert.Equal(400, refused.Status);
        Assert.Equal("NoRegisteredProviderFound", (string?)refused.Json["error"]!["code"]);
        string message = (string)refused.Json["error"]!["message"]!;
        Assert.StartsWith(
            $"No registered resource provider found for location 'global' and API version '{version}' for type 'accounts'. The supported api-versions are '2023-05-01, ",
            message, StringComparison.Ordinal);
        Assert.Contains(" The supported locations are '", message, StringComparison.Ordinal);
        Assert.Equal("gateway", refused.Header("x-ms-failure-cause"));
    }

    [Theory]
    [InlineData("PATCH", "chat", "2024-10-01", "accounts/deployments")]
    [InlineData("GET", "chat/skus", "2024-10-01", "accounts/deployments/skus")]
    [InlineData("POST", "chat/pause", "2025-12-01", "accounts/deployments")]
    [InlineData("POST", "chat/resume", "2025-12-01", "accounts/deployments")]
    public async Task What_a_later_version_brought_is_refused_in_an_earlier_one(string method, string path, string since, string type)
    {
        await CreateChatAsync();
        JsonObject? body = method == "PATCH" ? new JsonObject { ["tags"] = new JsonObject { ["a"] = "b" } } : null;
        // The preview before the version that brought an operation may have it, too.
        foreach (string version in Versions.Where(v => !(v == "2025-10-01-preview" && since == "2025-12-01")))
        {
            Answer answer = await ArmAsync(method, DeploymentPath(path), body?.DeepClone(), version);
            if (string.CompareOrdinal(version[..10], since) >= 0)
            {
                Assert.Equal(200, answer.Status);
                continue;
            }

            Assert.Equal((400, "InvalidResourceType"), (answer.Status, (string?)answer.Json["error"]!["code"]));
            string message = (string)answer.Json["error"]!["message"]!;
            Assert.StartsWith(
                $"The resource type '{type}' could not be found in the namespace 'Microsoft.CognitiveServices' for api version '{version}'. The supported api-versions are '",
                message, StringComparison.Ordinal);
            Assert.EndsWith(string.Join(',', Versions.Where(v => string.CompareOrdinal(v[..10], since) >= 0)) + "'.", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_polling_url_keeps_its_own_version()
    {
        await CreateGroupAsync();
        Answer created = await ArmAsync("PUT", AccountPath(), AccountBody(), version: "2026-09-01");
        string poll = created.Header("Azure-AsyncOperation")!;
        Assert.Contains("api-version=2017-04-18", poll, StringComparison.Ordinal);
        Assert.Equal(200, (await ArmAsync("GET", poll)).Status);
    }
}
