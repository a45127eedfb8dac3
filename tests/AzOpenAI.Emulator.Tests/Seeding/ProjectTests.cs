using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Seeding;

namespace AzOpenAI.Emulator.Tests.Seeding;

public sealed class ProjectTests : EmulatorFixture
{
    protected override EmulatorOptions Options => new() { Seed = Text("AIServices", """{ "name": "agents" }, { "name": "search" }""") };

    [Fact]
    public async Task Projects_are_listed_and_keep_their_account()
    {
        JsonArray projects = (await ArmAsync("GET", $"{AccountPath()}/projects")).Json["value"]!.AsArray();
        Answer refused = await ArmAsync("DELETE", AccountPath());

        Assert.Equal(["agents", "search"], projects.Select(p => (string?)p!["name"]));
        Assert.EndsWith("/accounts/contoso/projects/agents", (string?)projects[0]!["id"], StringComparison.Ordinal);
        Assert.Equal((409, "CannotDeleteResource"), (refused.Status, (string?)refused.Json["error"]!["code"]));
        Assert.Contains("'Microsoft.CognitiveServices/accounts/contoso/projects/agents'", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await ArmAsync("GET", AccountPath())).Status);
    }

    [Fact]
    public async Task An_older_api_version_knows_no_projects() =>
        Assert.Equal(400, (await ArmAsync("GET", $"{AccountPath()}/projects", version: "2024-10-01")).Status);

    [Theory]
    [InlineData("OpenAI", """{ "name": "agents" }""", "AIServices")]
    [InlineData("AIServices", """{ "name": "agents" }, { "name": "Agents" }""", "twice")]
    [InlineData("AIServices", """{ "title": "agents" }""", "title")]
    public async Task A_project_that_cannot_be_is_refused_at_the_start(string kind, string projects, string fact)
    {
        EmulatorSeedException e = await Assert.ThrowsAsync<EmulatorSeedException>(() => EmulatorHost.StartAsync(new EmulatorOptions { Seed = Text(kind, projects) }, Stop));
        Assert.Contains(fact, e.Message, StringComparison.Ordinal);
    }

    private static string Text(string kind, string projects) => $$"""
        {
          "subscriptions": [{
            "resourceGroups": [{ "name": "rg", "location": "swedencentral" }],
            "accounts": [{ "name": "contoso", "resourceGroup": "rg", "location": "swedencentral", "kind": "{{kind}}", "projects": [{{projects}}] }]
          }]
        }
        """;
}
