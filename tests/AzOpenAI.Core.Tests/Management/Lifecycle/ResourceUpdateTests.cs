using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class ResourceUpdateTests : EmulatedAzure
{
    private const string Identities = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/";

    private ResourceProvisioner Provisioner => new(Client);

    private ResourceRemover Remover => new(Client);

    [Fact]
    public async Task Only_what_differs_is_planned_and_a_second_plan_is_empty()
    {
        Resource resource = await CreateResourceAsync();
        ResourceRequest change = Change() with { Tags = new Dictionary<string, string> { ["a"] = "1" }, PublicNetworkAccess = "Enabled", DisableLocalAuth = false };

        ResourcePlan plan = await Provisioner.PlanUpdateAsync(resource, change, Stop);
        Resource changed = await Provisioner.ApplyAsync(plan, Stop);
        ResourcePlan again = await Provisioner.PlanUpdateAsync(resource, change, Stop);

        Assert.Equal(["Tag: (none) -> a=1"], plan.Drift.Select(d => d.ToString()));
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
    [InlineData("001.2.3.4")]
    [InlineData("10.0.0.5/8")]
    [InlineData("2001:db8::1/32")]
    public async Task What_is_no_range_is_refused_before_any_request(string range)
    {
        int before = Wire.Count;
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Provisioner.PlanUpdateAsync(ScriptedArm.Resource, Change() with { AllowedIpRange = [range] }, Stop));
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
        IdentityChange change = IdentityChange.Of(Change() with { IdentityType = type, UserAssignedIdentity = users }, ScriptedArm.Resource with { IdentityType = live });
        Assert.Equal(expectedType, change.Type);
        Assert.Equal(expectedUsers, change.Users is null ? null : string.Join(",", change.Users));
    }

    [Fact]
    public void An_identity_that_goes_is_sent_as_null_and_one_that_comes_as_an_empty_object()
    {
        Resource live = ScriptedArm.Resource with { IdentityType = "UserAssigned", UserAssignedIdentity = [Identities + "old"] };
        AccountDto body = new() { Identity = IdentityChange.Of(Change() with { UserAssignedIdentity = [Identities + "new"] }, live).ToBody(live) };
        string json = System.Text.Json.JsonSerializer.Serialize(body, AccountJson.Default.AccountDto);
        Assert.Equal(
            "{\"identity\":{\"type\":\"UserAssigned\",\"userAssignedIdentities\":{\"" + Identities + "new\":{},\"" + Identities + "old\":null}}}", json);
    }

    [Theory]
    [InlineData("Allow", new[] { "203.0.113.7" }, false, new[] { "203.0.113.7" }, "Deny", "203.0.113.7 (not enforced) -> 203.0.113.7", "only from 203.0.113.7.")]
    [InlineData("Deny", new string[0], false, new string[0], "Allow", "no addresses -> (none)", "from any address")]
    [InlineData("Deny", new[] { "203.0.113.7" }, false, new string[0], "Allow", "203.0.113.7 -> (none)", "from any address")]
    [InlineData("Deny", new[] { "203.0.113.7" }, true, new string[0], "Deny", "203.0.113.7 -> virtual networks only", "only from its virtual networks")]
    [InlineData("Deny", new string[0], true, new string[0], null, null, null)]
    [InlineData("Deny", new string[0], true, new[] { "203.0.113.7" }, "Deny", "virtual networks only -> 203.0.113.7", "virtual networks")]
    [InlineData("Deny", new[] { "203.0.113.7" }, false, new[] { "203.0.113.7" }, null, null, null)]
    [InlineData("Allow", new string[0], false, new string[0], null, null, null)]
    public async Task Addresses_are_compared_with_what_they_do_and_networks_stay_closed(
        string action, string[] rules, bool network, string[] asked, string? expected, string? drift, string? warning)
    {
        Resource resource = await CreateResourceAsync();
        string networks = network ? $$"""[{"id":"/subscriptions/{{Host.SubscriptionId}}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}]""" : "[]";
        string addresses = string.Join(',', rules.Select(r => $$"""{"value":"{{r}}"}"""));
        await Host.ArmAsync("PATCH", resource.Id, "2025-06-01",
            $$$"""{"properties":{"networkAcls":{"defaultAction":"{{{action}}}","ipRules":[{{{addresses}}}],"virtualNetworkRules":{{{networks}}} } } }""");
        while ((await Client.Resources.GetAsync("rg", "contoso", Stop)).ProvisioningState != "Succeeded")
            await Task.Delay(20, Stop);

        ResourcePlan plan = await Provisioner.PlanUpdateAsync(resource, Change() with { AllowedIpRange = asked }, Stop);
        Resource after = await Provisioner.ApplyAsync(plan, Stop);

        Assert.Equal(drift is null ? [] : [$"AllowedIpRange: {drift}"], plan.Drift.Select(d => d.ToString()));
        Assert.Equal(expected is not null, after.Changed);
        Assert.Equal(expected ?? action, after.NetworkDefaultAction);
        if (warning is null)
            Assert.Empty(plan.Warnings);
        else
            Assert.Contains(warning, Assert.Single(plan.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identities_have_to_be_named_where_the_resource_has_none()
    {
        Resource resource = await CreateResourceAsync();
        int writes = Writes.Count;

        AzOpenAIException change = await ScriptedArm.FailsAsync(() => Provisioner.PlanUpdateAsync(resource, Change() with { IdentityType = "UserAssigned" }, Stop));
        AzOpenAIException create = await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted("fabrikam") with { IdentityType = "SystemAssigned, UserAssigned" }));

        Assert.Equal(("IdentityInvalid", "IdentityInvalid", writes), (change.ErrorId, create.ErrorId, Writes.Count));
        Assert.Contains("-UserAssignedIdentity", change.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_is_not_asked_for_is_no_difference()
    {
        await CreateResourceAsync(Wanted() with { Kind = "AIServices" });

        Resource matched = await CreateResourceAsync(Wanted(ensure: true));
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted(ensure: true) with { Kind = "OpenAI" }));

        Assert.Equal(("AIServices", false), (matched.Kind, matched.Changed));
        Assert.Equal("ResourceFixedProperty", e.ErrorId);
    }

    [Fact]
    public async Task A_resource_without_a_subdomain_is_warned_of_before_its_keys_go()
    {
        Resource resource = await CreateResourceAsync();
        IReadOnlyList<string> warnings = ResourceWarnings.Of(
            Change() with { DisableLocalAuth = true }, resource with { CustomSubdomain = null }, [new PropertyDrift("DisableLocalAuth", false, true)]);
        Assert.Contains(warnings, w => w.Contains("it can't be called", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removal_that_stops_half_way_names_what_is_left()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini" });
        ResourceRemovalPlan plan = await Remover.PlanAsync(resource, purge: true, Stop);
        using var http = new HttpClient { BaseAddress = Host.BaseUri };
        using var fault = new StringContent("""{"kind":"deny","match":{"action":"accounts/delete$"}}""", System.Text.Encoding.UTF8, "application/json");
        (await http.PostAsync("_emulator/faults", fault, Stop)).EnsureSuccessStatusCode();

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Remover.ApplyAsync(plan, Stop));

        Assert.Equal("PermissionDenied", e.ErrorId);
        Assert.Equal(["the resource 'contoso'"], Assert.IsType<IReadOnlyList<string>>(e.Partial, exactMatch: false));
        Assert.Contains("Removed: the deployment 'gpt-5-mini'. Not removed: the resource 'contoso'.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_resource_is_listed_restored_and_purged()
    {
        Resource resource = await CreateResourceAsync();
        await Remover.ApplyAsync(await Remover.PlanAsync(resource, purge: false, Stop), Stop);

        DeletedResource deleted = Assert.Single(await Client.DeletedResources.ListAsync("Sweden Central", "RG", Stop));
        Assert.Equal(("contoso", "rg", "swedencentral", "contoso"), (deleted.Name, deleted.ResourceGroupName, deleted.Location, deleted.CustomSubdomain));
        Assert.InRange(deleted.DaysLeft!.Value, 1.9, 2);
        Assert.Empty(await Client.DeletedResources.ListAsync("eastus", null, Stop));
        await Client.DeletedResources.PurgeAsync(deleted, Stop);
        Assert.Equal("DeletedResourceNotFound", (await ScriptedArm.FailsAsync(() => Client.DeletedResources.GetAsync(null, "contoso", Stop))).ErrorId);
    }

    [Fact]
    public async Task A_resource_that_was_purged_meanwhile_is_not_waited_for()
    {
        Resource resource = await CreateResourceAsync();
        await Remover.ApplyAsync(await Remover.PlanAsync(resource, purge: false, Stop), Stop);
        DeletedResource deleted = await Client.DeletedResources.GetAsync("rg", "contoso", Stop);
        await Client.DeletedResources.PurgeAsync(deleted, Stop);
        int calls = Wire.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.DeletedResources.PurgeAsync(deleted, Stop));

        Assert.Equal(("DeletedResourceNotFound", calls + 1), (e.ErrorId, Wire.Count));
    }

    private static ResourceRequest Change() => new() { ResourceGroupName = "rg", Name = "contoso", Location = "swedencentral" };
}
