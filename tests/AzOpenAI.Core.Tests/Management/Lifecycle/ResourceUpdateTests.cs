using AzOpenAI.Core.Management;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class ResourceUpdateTests : EmulatedAzure
{
    private const string Identities = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";

    private ResourceProvisioner Provisioner => new(Client);

    [Fact]
    public async Task Only_what_differs_is_planned_and_a_second_plan_is_empty()
    {
        Resource resource = await CreateResourceAsync();
        ResourceRequest change = Change() with { Tags = new Dictionary<string, string> { ["a"] = "1" }, PublicNetworkAccess = "Enabled", DisableLocalAuth = false };

        ResourcePlan plan = await Provisioner.PlanUpdateAsync(resource, change, Stop);
        Resource changed = await Provisioner.ApplyAsync(plan, Stop);
        ResourcePlan again = await Provisioner.PlanUpdateAsync(resource, change, Stop);

        Assert.Equal(["Tags: (none) -> a=1"], plan.Drift.Select(d => d.ToString()));
        Assert.Equal((true, "1"), (changed.Changed, changed.Tags["a"]));
        Assert.Empty(again.Steps);
        Assert.False((await Provisioner.ApplyAsync(again, Stop)).Changed);
    }

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("203.0.113.0/24")]
    [InlineData("2001:db8::/32")]
    public async Task Addresses_and_ranges_are_taken(string range)
    {
        Resource resource = await CreateResourceAsync();
        ResourcePlan plan = await Provisioner.PlanUpdateAsync(resource, Change() with { AllowedIpRange = [range] }, Stop);
        Assert.Contains(range, Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("contoso.com")]
    public async Task What_is_no_range_is_refused_before_any_request(string range)
    {
        int before = Wire.Count;
        AzOpenAIException e = await Arm.FailsAsync(() => Provisioner.PlanUpdateAsync(Arm.Resource, Change() with { AllowedIpRange = [range] }, Stop));
        Assert.Equal(("IpRangeInvalid", before), (e.ErrorId, Wire.Count));
    }

    [Theory]
    [InlineData("None", null, new[] { "a" }, "UserAssigned", "a")]
    [InlineData("SystemAssigned", null, new[] { "a" }, "SystemAssigned, UserAssigned", "a")]
    [InlineData("SystemAssigned, UserAssigned", null, new string[0], "SystemAssigned", "")]
    [InlineData("SystemAssigned, UserAssigned", "SystemAssigned", null, "SystemAssigned", "")]
    [InlineData("UserAssigned", "SystemAssigned, UserAssigned", null, "SystemAssigned, UserAssigned", null)]
    [InlineData("UserAssigned", null, null, null, null)]
    public void Identities_that_were_not_named_stay(string live, string? type, string[]? users, string? expectedType, string? expectedUsers)
    {
        IdentityChange change = IdentityChange.Of(Change() with { IdentityType = type, UserAssignedIdentity = users }, Arm.Resource with { IdentityType = live });
        Assert.Equal(expectedType, change.Type);
        Assert.Equal(expectedUsers, change.Users is null ? null : string.Join(",", change.Users));
    }

    [Fact]
    public void An_identity_that_goes_is_sent_as_null_and_one_that_comes_as_an_empty_object()
    {
        Resource live = Arm.Resource with { IdentityType = "UserAssigned", UserAssignedIdentity = [Identities + "old"] };
        AccountDto body = new() { Identity = IdentityChange.Of(Change() with { UserAssignedIdentity = [Identities + "new"] }, live).ToBody(live) };
        string json = System.Text.Json.JsonSerializer.Serialize(body, AccountJson.Default.AccountDto);
        Assert.Equal(
            "{\"identity\":{\"type\":\"UserAssigned\",\"userAssignedIdentities\":{\"" + Identities + "new\":{},\"" + Identities + "old\":null}}}", json);
    }

    [Fact]
    public async Task A_resource_without_a_subdomain_is_warned_of_before_its_keys_go()
    {
        Resource resource = await CreateResourceAsync();
        IReadOnlyList<string> warnings = ResourceWarnings.Of(
            Change() with { DisableLocalAuth = true }, resource with { CustomSubdomain = null }, [new PropertyDrift("DisableLocalAuth", false, true)]);
        Assert.Contains(warnings, w => w.Contains("nobody can call it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_that_stops_half_way_names_what_is_left()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini" });
        ResourceRemovalPlan plan = await Provisioner.PlanRemovalAsync(resource, purge: true, Stop);
        using var http = new HttpClient { BaseAddress = Host.BaseUri };
        using var fault = new StringContent("""{"kind":"deny","match":{"action":"accounts/delete$"}}""", System.Text.Encoding.UTF8, "application/json");
        (await http.PostAsync("_emulator/faults", fault, Stop)).EnsureSuccessStatusCode();

        AzOpenAIException e = await Arm.FailsAsync(() => Provisioner.ApplyRemovalAsync(plan, Stop));

        Assert.Equal("PermissionDenied", e.ErrorId);
        Assert.Equal(["the resource 'contoso'"], Assert.IsType<IReadOnlyList<string>>(e.Partial, exactMatch: false));
    }

    [Fact]
    public async Task A_deleted_resource_is_listed_restored_and_purged()
    {
        Resource resource = await CreateResourceAsync();
        await Provisioner.ApplyRemovalAsync(await Provisioner.PlanRemovalAsync(resource, purge: false, Stop), Stop);

        DeletedResource deleted = Assert.Single(await Client.DeletedResources.ListAsync("Sweden Central", "RG", Stop));
        Assert.Equal(("contoso", "rg", "swedencentral", "contoso"), (deleted.Name, deleted.ResourceGroupName, deleted.Location, deleted.CustomSubdomain));
        Assert.InRange(deleted.DaysLeft!.Value, 1.9, 2);
        Assert.Empty(await Client.DeletedResources.ListAsync("eastus", null, Stop));
        await Client.DeletedResources.PurgeAsync(deleted, Stop);
        Assert.Equal("DeletedResourceNotFound", (await Arm.FailsAsync(() => Client.DeletedResources.GetAsync(null, "contoso", Stop))).ErrorId);
    }

    private static ResourceRequest Change() => new() { ResourceGroupName = "rg", Name = "contoso", Location = "swedencentral" };
}
