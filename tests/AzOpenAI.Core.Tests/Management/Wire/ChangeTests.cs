using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Management.Lifecycle;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Which write a change is: the one that leaves alone what was not asked for. The bodies are held against the table of operations.</summary>
public sealed class ChangeTests : EmulatedAzure
{
    protected override EmulatorOptions Options => new() { Seed = LiveState.Seed };

    [Fact]
    public async Task A_change_of_a_resource_is_a_patch()
    {
        LiveState live = await LiveState.ReadAsync(Client, Stop);
        var provisioner = new ResourceProvisioner(Client);
        ResourceRequest request = Wanted() with
        {
            Tags = new Dictionary<string, string> { ["team"] = "two" },
            PublicNetworkAccess = "Disabled",
            AllowedIpRange = ["203.0.113.0/24"],
            DisableLocalAuth = true,
            IdentityType = "SystemAssigned",
        };
        ResourcePlan plan = await provisioner.PlanUpdateAsync(live.Resource, request, Stop);
        int before = Called.Count;
        Resource after = await provisioner.ApplyAsync(plan, Stop);

        Assert.Equal(["Accounts_Update"], ChangesSince(before));
        Assert.Equal("two", after.Tags["team"]);
        Assert.True(after.LocalAuthDisabled);
    }

    [Fact]
    public async Task A_deleted_resource_is_restored_by_a_put_and_changed_by_a_patch()
    {
        var provisioner = new ResourceProvisioner(Client);
        ResourceRequest request = Wanted("gone") with { RestoreDeleted = true, Tags = new Dictionary<string, string> { ["team"] = "two" } };
        ResourcePlan plan = await provisioner.PlanAsync(request, Stop);
        Resource restored = await provisioner.ApplyAsync(plan, Stop);

        Assert.Equal(["Accounts_Create", "Accounts_Update"], ChangesSince(0));
        Assert.Equal("gone", restored.CustomSubdomain);
        Assert.Equal("two", restored.Tags["team"]);
        Assert.Empty(await Client.DeletedResources.ListAsync(null, null, Stop));
    }

    [Fact]
    public async Task A_deleted_resource_is_purged_before_a_new_one_takes_its_name()
    {
        Resource made = await CreateResourceAsync(Wanted("gone") with { PurgeDeleted = true });

        Assert.Equal(["DeletedAccounts_Purge", "Accounts_Create"], ChangesSince(0));
        Assert.Empty(made.Tags);
    }

    [Fact]
    public async Task Another_capacity_is_a_patch_of_the_deployment()
    {
        Deployment after = await ChangeAsync((r, live) => r with { Capacity = live.Capacity + 5 }, "Deployments_Update");

        Assert.Equal(15, after.Capacity);
        Assert.Contains("\"team\"", after.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_policy_filter_or_spillover_is_a_put_of_the_whole_deployment()
    {
        Deployment after = await ChangeAsync(
            (r, _) => r with { VersionUpgrade = "NoAutoUpgrade", ContentFilter = LiveState.Filter, Spillover = "paused", SkipCheck = true }, "Deployments_CreateOrUpdate");

        Assert.Equal(("NoAutoUpgrade", LiveState.Filter, "paused", 10), (after.VersionUpgrade, after.ContentFilter, after.Spillover, after.Capacity));
        Assert.Contains("\"team\"", after.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_a_content_filter_is_a_put_of_the_whole_filter()
    {
        LiveState live = await LiveState.ReadAsync(Client, Stop);
        var provisioner = new ContentFilterProvisioner(Client);
        ContentFilterRequest request = new()
        {
            Resource = live.Resource,
            Name = LiveState.Filter,
            Settings = [new ContentFilterSetting("ViolencePrompt", "Violence", "Prompt", "Low")],
        };
        ContentFilterPlan plan = await provisioner.PlanChangeAsync(request, Stop);
        int before = Called.Count;
        ContentFilter after = await provisioner.ApplyAsync(plan, Stop);

        Assert.Equal(["RaiPolicies_CreateOrUpdate"], ChangesSince(before));
        Assert.Equal("Low", after.LevelOf("Violence", "Prompt"));
        Assert.Equal("High", after.LevelOf("Hate", "Completion"));
        Assert.Equal(2, after.Blocklists.Count);
    }

    /// <summary>A write that is new in the table has to be called by a test, or be named here.</summary>
    [Fact]
    public void Every_write_of_the_table_is_called_or_has_a_reason_not_to_be()
    {
        string[] unsent =
        [
            // Groups keep their tags, providers stay registered.
            "ResourceGroups_Update",
            "Providers_Unregister",
            // The batch removes one item as well as many.
            "RaiBlocklistItems_Delete",
            // Access is granted and revoked at the resource only.
            "RoleAssignments_Create (ResourceGroup)",
            "RoleAssignments_Delete (ResourceGroup)",
            "RoleAssignments_Create (Subscription)",
            "RoleAssignments_Delete (Subscription)",
        ];
        IEnumerable<string> called = OperationTableTests.Changes.Select(row => row.Data.Item2).Concat(["Accounts_Update", "Deployments_Update"]);
        IEnumerable<string> writes = OperationTable.Instance.Operations.Where(o => IsWrite(o.Id)).Select(o => o.Id);

        Assert.Equal(writes.Order(StringComparer.Ordinal), called.Where(IsWrite).Concat(unsent).Distinct().Order(StringComparer.Ordinal));
    }

    private static bool IsWrite(string operation) =>
        OperationTable.Instance.Operations.Single(o => o.Id == operation).Method is not ("GET" or "HEAD")
        && operation is not ("Accounts_ListKeys" or "CheckSkuAvailability" or "CheckDomainAvailability" or "CalculateModelCapacity");

    private string[] ChangesSince(int before) => [.. Called.Skip(before).Where(o => o.Length > 0 && IsWrite(o))];

    private async Task<Deployment> ChangeAsync(Func<DeploymentRequest, Deployment, DeploymentRequest> change, string operation)
    {
        LiveState live = await LiveState.ReadAsync(Client, Stop);
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan plan = await provisioner.PlanChangeAsync(
            live.Resource, "chat", chat => change(new DeploymentRequest { Resource = live.Resource, Name = "chat", Model = chat.Model }, chat), Stop);
        int before = Called.Count;
        Deployment after = await provisioner.ApplyAsync(plan, Stop);
        Assert.Equal([operation], ChangesSince(before));
        return after;
    }
}
