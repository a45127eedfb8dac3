using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Regions;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class DeploymentLifecycleTests : EmulatedAzure
{
    [Fact]
    public async Task A_preflight_makes_at_most_five_reads_before_the_write()
    {
        Resource resource = await CreateResourceAsync();
        int before = Wire.Count;

        await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini" });

        string[] calls = [.. Wire.Skip(before)];
        int put = Array.FindIndex(calls, c => c.StartsWith("PUT ", StringComparison.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{put} reads before the PUT: {string.Join(", ", calls.Take(put))}");
        Assert.InRange(put, 1, 5);
        Assert.Equal(put + 1, calls.Length);
    }

    [Fact]
    public async Task The_sku_is_chosen_with_a_reason_and_never_a_provisioned_one()
    {
        Resource resource = await CreateResourceAsync();

        Deployment deployment = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini" });

        Assert.Equal(("DataZoneStandard", "2025-08-07", 10), (deployment.Sku, deployment.Version, deployment.Capacity));
        Assert.Contains("Standard: not available", deployment.SkuReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_usual_capacity_is_reduced_to_what_is_free()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "big", Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 296 });

        Deployment rest = await DeployAsync(new DeploymentRequest { Resource = resource, Name = "rest", Model = "gpt-5-mini", Sku = "DataZoneStandard" });
        Deployment elsewhere = await DeployAsync(new DeploymentRequest { Resource = resource, Name = "elsewhere", Model = "gpt-5-mini" });

        Assert.Equal(4, rest.Capacity);
        Assert.Contains("instead of the default 10", rest.SkuReason, StringComparison.Ordinal);
        Assert.Equal("GlobalStandard", elsewhere.Sku);
        Assert.Contains("DataZoneStandard: 0 of 300 quota available", elsewhere.SkuReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_quota_says_how_much_is_free_who_holds_it_and_where_there_is_more()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "big", Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 250 });
        int writes = Writes.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() =>
            DeployAsync(new DeploymentRequest { Resource = resource, Name = "second", Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 100 }));

        Assert.Equal(("QuotaExceeded", ErrorKind.LimitReached), (e.ErrorId, e.Kind));
        Assert.Contains("capacity of 100 exceeds the 50 available", e.Message, StringComparison.Ordinal);
        Assert.Contains("-Capacity 50", e.Suggestion, StringComparison.Ordinal);
        Assert.Contains("'big' (250)", e.Suggestion, StringComparison.Ordinal);
        Assert.Contains("-Sku GlobalStandard has 1000 available", e.Suggestion, StringComparison.Ordinal);
        Assert.Matches("Enough quota and capacity is available in [a-z]+", e.Suggestion);
        Assert.Equal(writes, Writes.Count);
    }

    [Theory]
    [InlineData("gpt-5-minni", null, null, null, "ModelNotOffered", "gpt-5-mini")]
    [InlineData("gpt-5-mini", "2020-01-01", null, null, "ModelVersionNotFound", "-Version 2025-08-07")]
    [InlineData("o3", null, null, null, "ModelRetired", "Get-AzOpenAIModel")]
    [InlineData("gpt-4o", "2024-08-06", null, null, "ModelDeprecating", "-Version 2024-11-20")]
    [InlineData("gpt-5-mini", null, "Standard", null, "SkuNotOffered", "GlobalStandard")]
    [InlineData("gpt-5-mini", null, "S0", null, "SkuInvalid", "S0 is the pricing tier")]
    [InlineData("gpt-5-mini", null, "GlobalProvisionedManaged", 17, "CapacityInvalid", "-Capacity 15 or -Capacity 20")]
    public async Task What_cannot_be_deployed_is_refused_with_what_can(string model, string? version, string? sku, int? capacity, string errorId, string suggestion)
    {
        Resource resource = await CreateResourceAsync();
        int writes = Writes.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => DeployAsync(new DeploymentRequest { Resource = resource, Name = "x", Model = model, Version = version, Sku = sku, Capacity = capacity }));

        Assert.Equal(errorId, e.ErrorId);
        Assert.Contains(suggestion, e.Suggestion, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);
    }

    [Theory]
    [InlineData("gpt-5-mini", "DataZoneStandard", 5000, "QuotaExceeded")]
    [InlineData("gpt-5-mini", null, 5000, "QuotaExceeded")]
    [InlineData("gpt-5-mini", "Standard", null, "SkuNotOffered")]
    [InlineData("no-such-model-at-all", null, null, "ModelNotOffered")]
    [InlineData("gpt-4o-mini-tts", null, null, "ModelNotOffered")]
    public async Task A_refusal_asks_few_regions_for_its_advice(string model, string? sku, int? capacity, string errorId)
    {
        Resource resource = await CreateResourceAsync();
        int before = Wire.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => DeployAsync(new DeploymentRequest { Resource = resource, Name = "x", Model = model, Sku = sku, Capacity = capacity }));

        string[] calls = [.. Wire.Skip(before)];
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls.Length} reads for a refusal with {e.ErrorId}: {e.Suggestion}");
        Assert.Equal(errorId, e.ErrorId);
        Assert.InRange(calls.Length, 4, 22);
        Assert.All(calls, c => Assert.StartsWith("GET ", c, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_nearest_region_is_named_first()
    {
        AzOpenAIException north = await RefusedAsync("Norway East", "DataZoneStandard", 10);
        AzOpenAIException south = await RefusedAsync("UAE North", "DataZoneStandard", 10);

        Assert.Equal("SkuNotOffered", north.ErrorId);
        Assert.Contains("is available in swedencentral, ", north.Suggestion, StringComparison.Ordinal);
        Assert.Contains("(nearest first)", north.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain("available in swedencentral", south.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_decides_the_capacity_and_a_smaller_one_is_a_problem()
    {
        var preflight = new DeploymentPreflight(Client);
        var question = new DeploymentCheckRequest { Location = "swedencentral", Model = "gpt-5-mini", Sku = "GlobalStandard", Workload = new Workload(60, 800, 200) };

        DeploymentCheck enough = await preflight.CheckAsync(question, Stop);
        DeploymentCheck less = await preflight.CheckAsync(question with { Capacity = 30 }, Stop);
        DeploymentCheck provisioned = await preflight.CheckAsync(question with { Sku = "GlobalProvisionedManaged", Workload = new Workload(100, 1000, 200) }, Stop);

        Assert.Equal((true, 60, 60), (enough.Passed, enough.Capacity, enough.EstimatedCapacity));
        DeploymentProblem problem = Assert.Single(less.Problems);
        Assert.Equal(("CapacityBelowWorkload", false), (problem.Code, less.Passed));
        Assert.Contains("-Capacity 60", problem.Suggestion, StringComparison.Ordinal);
        Assert.Equal((50, 50), (provisioned.Capacity, provisioned.EstimatedCapacity));
    }

    [Fact]
    public async Task A_need_that_the_service_does_not_tell_is_unknown()
    {
        await Host.ControlAsync("POST", "faults", """{"kind":"status","status":403,"match":{"path":"calculateModelCapacity"}}""");

        DeploymentCheck check = await new DeploymentPreflight(Client).CheckAsync(
            new DeploymentCheckRequest { Location = "swedencentral", Model = "gpt-5-mini", Sku = "GlobalProvisionedManaged", Workload = new Workload(100, 1000, 200) }, Stop);

        Assert.True(check.Passed);
        Assert.Null(check.EstimatedCapacity);
        Assert.Contains(check.Problems, p => p is { Code: "WorkloadUnknown", IsUnknown: true });
    }

    [Fact]
    public async Task Every_problem_is_listed_at_once()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini" });

        DeploymentCheck check = await new DeploymentPreflight(Client).CheckAsync(
            new DeploymentCheckRequest { Resource = resource, Name = "chat", Model = "gpt-4o", Version = "2024-08-06", Sku = "GlobalStandard", Capacity = 5000 }, Stop);

        Assert.False(check.Passed);
        Assert.Equal(["DeploymentExists", "ModelDeprecating", "QuotaExceeded"], check.Problems.Where(p => !p.IsUnknown).Select(p => p.Code));
    }

    [Fact]
    public async Task A_region_is_checked_without_a_resource()
    {
        var preflight = new DeploymentPreflight(Client);

        DeploymentCheck good = await preflight.CheckAsync(new DeploymentCheckRequest { Location = "Sweden Central", Model = "gpt-5-mini" }, Stop);
        DeploymentCheck bad = await preflight.CheckAsync(new DeploymentCheckRequest { Location = "atlantis", Model = "gpt-5-mini" }, Stop);

        Assert.True(good.Passed);
        Assert.Equal("DataZoneStandard", good.Sku);
        Assert.Contains(bad.Problems, p => p.Code == "LocationNotAvailable");
    }

    [Fact]
    public async Task Ensuring_twice_writes_once()
    {
        Resource resource = await CreateResourceAsync();
        var request = new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Ensure = true };
        Deployment first = await DeployAsync(request);
        int writes = Writes.Count;
        Deployment second = await DeployAsync(request);

        Assert.Equal((true, false), (first.Changed, second.Changed));
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task Ensuring_another_capacity_patches_the_sku_only()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 250 });

        Deployment grown = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 300, Ensure = true });

        Assert.Equal((300, "DataZoneStandard", true), (grown.Capacity, grown.Sku, grown.Changed));
        Assert.Equal("Capacity: 250 -> 300", Assert.Single(grown.Drift).ToString());
        Assert.StartsWith("PATCH ", Writes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensuring_another_upgrade_policy_puts_the_rest_back_unchanged()
    {
        Resource resource = await CreateResourceAsync();
        Deployment before = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 7, ContentFilter = "Microsoft.DefaultV2" });

        Deployment after = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", VersionUpgrade = "NoAutoUpgrade", Ensure = true });

        Assert.Equal("NoAutoUpgrade", after.VersionUpgrade);
        Assert.Equal((before.Sku, before.Capacity, before.Version, "Microsoft.DefaultV2"), (after.Sku, after.Capacity, after.Version, after.ContentFilter));
        Assert.StartsWith("PUT ", Writes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensuring_another_model_under_the_name_is_refused()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini" });

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-4o", Ensure = true }));

        Assert.Equal("DeploymentModelFixed", e.ErrorId);
    }

    [Fact]
    public async Task Skipping_the_check_leaves_the_refusal_to_the_service()
    {
        Resource resource = await CreateResourceAsync();
        var request = new DeploymentRequest { Resource = resource, Name = "x", Model = "gpt-5-mini", SkipCheck = true };

        Assert.Equal("DeploymentSkuRequired", (await ScriptedArm.FailsAsync(() => DeployAsync(request))).ErrorId);
        AzOpenAIException quota = await ScriptedArm.FailsAsync(() => DeployAsync(request with { Sku = "GlobalStandard", Capacity = 100000 }));
        Deployment made = await DeployAsync(request with { Sku = "GlobalStandard", Capacity = 3 });

        Assert.Equal(("QuotaExceeded", "InsufficientQuota"), (quota.ErrorId, quota.ServiceCode));
        Assert.Contains("-Capacity 1000", quota.Suggestion, StringComparison.Ordinal);
        Assert.Equal(3, made.Capacity);
    }

    [Fact]
    public async Task Writes_from_many_tasks_to_one_resource_all_succeed()
    {
        Resource resource = await CreateResourceAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            DeployAsync(new DeploymentRequest { Resource = resource, Name = $"chat{i}", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 1 })));

        Assert.Equal(8, (await ScriptedArm.AllAsync(Client.Deployments.ListAsync(resource, Stop))).Count);
    }

    [Fact]
    public async Task A_deployment_that_is_not_there_is_named()
    {
        Resource resource = await CreateResourceAsync();

        Assert.Null(await Client.Deployments.FindAsync(resource, "nothing", Stop));
        Assert.Equal("DeploymentNotFound", (await ScriptedArm.FailsAsync(() => Client.Deployments.GetAsync(resource, "nothing", Stop))).ErrorId);
        Assert.Equal("ResourceNotFound", (await ScriptedArm.FailsAsync(() => Client.Deployments.FindAsync(resource with { Name = "gone" }, "nothing", Stop))).ErrorId);
    }

    [Fact]
    public async Task Models_are_listed_once_per_version_with_days_left_by_the_services_clock()
    {
        List<Model> models = await ScriptedArm.AllAsync(Client.Models.ListAsync("Sweden Central", Stop));

        Assert.Equal(models.Count, models.Select(m => (m.Format, m.Name, m.Version)).Distinct().Count());
        Model mini = Assert.Single(models, m => m.Name == "gpt-5-mini");
        Assert.Equal(("OpenAI", "swedencentral", true), (mini.Kind, mini.Location, mini.IsDeployable));
        Assert.Equal((int)Math.Floor((mini.RetirementDate!.Value - Client.ServiceNow).TotalDays), mini.DaysLeft);
        Assert.False(models.First(m => m.Name == "o3").IsDeployable);
    }

    [Fact]
    public async Task Regions_are_searched_available_ones_first_each_other_with_its_reason()
    {
        List<RegionAvailability> rows = await ScriptedArm.AllAsync(new RegionSearch(Client).SearchAsync(new RegionQuery { Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 100 }, Stop));
        List<RegionAvailability> tooMuch = await ScriptedArm.AllAsync(new RegionSearch(Client).SearchAsync(
            new RegionQuery { Model = "gpt-5-mini", Capacity = 5000, Locations = ["East US", "atlantis"] }, Stop));

        Assert.True(rows[0].Available);
        Assert.Equal(
            rows.OrderByDescending(r => r.Available == true).ThenByDescending(r => r.Available is null).ThenByDescending(r => r.QuotaFree ?? -1).ThenBy(r => r.Location, StringComparer.Ordinal),
            rows);
        Assert.All(rows.Where(r => r.Available != true), r => Assert.False(string.IsNullOrEmpty(r.Reason)));
        Assert.Equal(["eastus", "atlantis"], tooMuch.Select(r => r.Location));
        Assert.All(tooMuch, r => Assert.False(r.Available));
    }

    private async Task<AzOpenAIException> RefusedAsync(string location, string sku, int capacity)
    {
        Resource resource = await CreateResourceAsync(Wanted(LocationName.Normalize(location)) with { Location = location });
        return await ScriptedArm.FailsAsync(() => DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = sku, Capacity = capacity }));
    }
}
