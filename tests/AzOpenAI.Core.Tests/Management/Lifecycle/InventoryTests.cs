using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>Reading over many resources and regions.</summary>
public sealed class InventoryTests : EmulatedAzure
{
    private const int Resources = 6;
    private const int PerResource = 3;

    [Fact]
    public async Task Every_deployment_comes_once_and_those_of_a_resource_together_in_order()
    {
        await FillAsync();

        List<InventoryItem> items = await ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop));

        Assert.All(items, i => Assert.Null(i.Failure));
        Assert.Equal(Resources, items.Count);
        Assert.Equal(Resources, items.Select(i => i.Resource.Name).Distinct().Count());
        Assert.All(items, i => Assert.Equal(["chat-0", "chat-1", "chat-2"], i.Deployments.Select(d => d.Name)));
        Assert.All(items.SelectMany(i => i.Deployments), d =>
        {
            Assert.NotNull(d.RetirementDate);
            Assert.Equal((int)Math.Floor((d.RetirementDate.Value - Client.ServiceNow).TotalDays), d.DaysLeft);
        });
    }

    [Fact]
    public async Task The_catalogue_of_a_region_is_read_once()
    {
        await FillAsync();
        int before = Wire.Count;

        await ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop));

        string[] calls = [.. Wire.Skip(before)];
        Assert.Equal(2, calls.Count(c => c.EndsWith("/models", StringComparison.Ordinal)));
        Assert.Equal(1 + 2 + Resources, calls.Length);
    }

    [Fact]
    public async Task Pages_are_followed()
    {
        await FillAsync();
        await Host.ControlAsync("PATCH", "settings", """{"pageSize":2}""");

        List<InventoryItem> items = await ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop));

        Assert.Equal(Resources * PerResource, items.Sum(i => i.Deployments.Count));
        Assert.All(items, i => Assert.Null(i.Failure));
    }

    [Fact]
    public async Task A_resource_that_cannot_be_read_is_told_and_the_others_go_on()
    {
        await FillAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"status","status":403,"body":{"error":{"code":"AuthorizationFailed","message":"no"}},"match":{"path":"accounts/r2/deployments"}}""");

        List<InventoryItem> items = await ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop));

        InventoryItem failed = Assert.Single(items, i => i.Failure is not null);
        Assert.Equal(("r2", "PermissionDenied"), (failed.Resource.Name, failed.Failure!.ErrorId));
        Assert.Equal((Resources - 1) * PerResource, items.Sum(i => i.Deployments.Count));
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_read_costs_the_dates_only()
    {
        await FillAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"status","status":403,"match":{"path":"/locations/.*/models"}}""");

        List<InventoryItem> items = await ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop));

        Assert.Equal(Resources * PerResource, items.Sum(i => i.Deployments.Count));
        Assert.All(items.SelectMany(i => i.Deployments), d => Assert.Null(d.RetirementDate));
        Assert.Contains(Reporter.VerboseLines, l => l.Contains("retirement dates", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_refused_ends_it_all()
    {
        await FillAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"expired-token","match":{"path":"/deployments"}}""");

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(Stop)));

        Assert.Equal("TokenExpired", e.ErrorId);
    }

    [Fact]
    public async Task Who_takes_only_the_first_leaves_nothing_running()
    {
        await FillAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"stall","match":{"path":"accounts/r[345]/deployments"}}""");

        await foreach (InventoryItem item in new DeploymentInventory(Client).ReadAsync(Stop))
        {
            Assert.NotEmpty(item.Deployments);
            break;
        }

        int after = Wire.Count;
        await Host.ControlAsync("DELETE", "faults");
        Assert.Equal(after, Wire.Count);
    }

    [Fact]
    public async Task Cancelling_ends_it_while_everything_stalls()
    {
        await FillAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"stall","match":{"path":"/deployments"}}""");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task reading = ScriptedArm.AllAsync(new DeploymentInventory(Client).ReadAsync(stop.Token));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    [Fact]
    public async Task Quotas_are_joined_with_the_models_that_draw_from_them()
    {
        IReadOnlyList<Usage> rows = await Client.Usages.ListJoinedAsync("Sweden Central", "OpenAI", Stop);

        Usage tokens = Assert.Single(rows, r => r.Name == "OpenAI.GlobalStandard.gpt-5-mini");
        Assert.Equal(("GlobalStandard", "1,000 tokens/min", 1000d), (tokens.Sku, tokens.Unit, tokens.Limit));
        Assert.Equal(["gpt-5-mini"], tokens.Models);
        Usage shared = Assert.Single(rows, r => r.Name == "OpenAI.GlobalProvisionedManaged");
        Assert.Equal("PTU", shared.Unit);
        Assert.Contains("gpt-5-mini", shared.Models);
        Usage accounts = Assert.Single(rows, r => r.Name == "AccountCount");
        Assert.Equal(("count", null), (accounts.Unit, accounts.Sku));
    }

    [Fact]
    public async Task Quotas_of_many_regions_come_in_their_order_and_a_failing_region_is_told()
    {
        await Host.ControlAsync("POST", "faults", """{"kind":"status","status":403,"body":{"error":{"code":"AuthorizationFailed","message":"no"}},"match":{"path":"/locations/eastus2/usages"}}""");
        string[] wanted = ["westus3", "eastus2", "Japan East", "atlantis", "swedencentral"];
        var seen = new List<(string Location, int Rows, string? ErrorId)>();

        await foreach ((string location, IReadOnlyList<Usage> rows, AzOpenAIException? failure) in Client.Usages.ListManyAsync(wanted, Stop))
            seen.Add((location, rows.Count, failure?.ErrorId));

        Assert.Equal(wanted, seen.Select(s => s.Location));
        Assert.Equal([null, "PermissionDenied", null, "LocationNotAvailable", null], seen.Select(s => s.ErrorId));
        Assert.All(seen.Where(s => s.ErrorId is null), s => Assert.True(s.Rows > 10));
    }

    private async Task FillAsync()
    {
        for (int i = 0; i < Resources; i++)
        {
            Resource resource = await CreateResourceAsync(Wanted($"r{i}") with { Location = i % 2 == 0 ? "swedencentral" : "eastus2" });
            for (int j = 0; j < PerResource; j++)
                await DeployAsync(new DeploymentRequest { Resource = resource, Name = $"chat-{j}", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 1, SkipCheck = true });
        }
    }
}
