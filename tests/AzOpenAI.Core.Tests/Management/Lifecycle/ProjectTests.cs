using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>Accounts with Foundry projects, and accounts of other services.</summary>
public sealed class ProjectTests : EmulatedAzure
{
    protected override EmulatorOptions Options => new()
    {
        Seed = """
            {
              "subscriptions": [{
                "resourceGroups": [{ "name": "rg", "location": "swedencentral" }],
                "accounts": [{
                  "name": "foundry", "resourceGroup": "rg", "location": "swedencentral", "kind": "AIServices", "projects": [{ "name": "agents" }, { "name": "search" }],
                  "deployments": [{ "name": "chat", "sku": { "name": "GlobalStandard", "capacity": 10 }, "properties": { "model": { "name": "gpt-5-mini" } } }]
                }]
              }]
            }
            """,
    };

    [Fact]
    public async Task A_resource_with_projects_keeps_its_deployments()
    {
        Resource resource = await Client.Resources.GetAsync("rg", "foundry", Stop);

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => new ResourceRemover(Client).PlanAsync(resource, purge: false, Stop));

        Assert.Equal(("ResourceHasChildren", ErrorKind.Busy), (e.ErrorId, e.Kind));
        Assert.Contains("'agents', the project 'search'", e.Message, StringComparison.Ordinal);
        Assert.Empty(Writes);
        Assert.Contains("Projects_List", Called);
    }

    [Fact]
    public async Task The_service_refuses_it_too_and_the_message_says_what_is_gone_by_then()
    {
        Resource resource = await Client.Resources.GetAsync("rg", "foundry", Stop);
        await Host.ControlAsync("POST", "faults", """{"kind":"deny","match":{"action":"projects/read$"}}""");
        var remover = new ResourceRemover(Client);

        ResourceRemovalPlan plan = await remover.PlanAsync(resource, purge: false, Stop);
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => remover.ApplyAsync(plan, Stop));

        Assert.Equal("ResourceHasChildren", e.ErrorId);
        Assert.Contains("accounts/foundry/projects/agents", e.Message, StringComparison.Ordinal);
        Assert.Contains("Removed: the deployment 'chat'. Not removed: the resource 'foundry'.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_another_service_is_not_touched()
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json(ScriptedArm.AccountJson().Replace("\"kind\":\"OpenAI\"", "\"kind\":\"SpeechServices\"", StringComparison.Ordinal)));
        ManagementClient client = ScriptedArm.Client(handler);

        AzOpenAIException read = await ScriptedArm.FailsAsync(() => client.Resources.GetAsync("rg", "contoso", Stop));
        AzOpenAIException matched = await ScriptedArm.FailsAsync(() => new ResourceProvisioner(client).PlanAsync(Wanted(ensure: true), Stop));

        Assert.Equal(("ResourceKindOther", "ResourceKindOther"), (read.ErrorId, matched.ErrorId));
        Assert.Contains("SpeechServices", read.Message, StringComparison.Ordinal);
    }
}
