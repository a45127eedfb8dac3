using System.Text.Json.Nodes;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>Changing, pausing and waiting for a deployment that is there.</summary>
public sealed class DeploymentChangeTests : EmulatedAzure
{
    [Fact]
    public async Task A_new_version_is_put_and_everything_else_stays()
    {
        Resource resource = await CreateResourceAsync();
        Deployment before = await DeployAsync(new DeploymentRequest
        {
            Resource = resource,
            Name = "voice",
            Model = "gpt-realtime-mini",
            Version = "2025-10-06",
            Sku = "GlobalStandard",
            Capacity = 2,
            ContentFilter = "Microsoft.DefaultV2",
        });

        Deployment after = await ChangeAsync(resource, before, r => r with { Version = "2025-12-15" });

        Assert.Equal(("2025-12-15", "GlobalStandard", 2, "Microsoft.DefaultV2", true), (after.Version, after.Sku, after.Capacity, after.ContentFilter, after.Changed));
        Assert.Equal("Version: 2025-10-06 -> 2025-12-15", Assert.Single(after.Drift).ToString());
        Assert.StartsWith("PUT ", Writes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_put_takes_nothing_from_the_deployment_that_newer_api_versions_gave_it()
    {
        Resource resource = await CreateResourceAsync();
        await Host.ArmAsync("PUT", $"{resource.Id}/deployments/chat", "2026-03-01", """
            {"sku":{"name":"GlobalStandard","capacity":3},"tags":{"team":"a"},"properties":{"model":{"format":"OpenAI","name":"gpt-5-mini","version":"2025-08-07"},"serviceTier":"Priority"}}
            """);
        Deployment before = await Client.Deployments.GetAsync(resource, "chat", Stop);

        await ChangeAsync(resource, before, r => r with { VersionUpgrade = "NoAutoUpgrade" });

        JsonNode live = await Host.ArmAsync("GET", $"{resource.Id}/deployments/chat", "2026-03-01");
        Assert.Equal(("Priority", "a", "NoAutoUpgrade"), ((string?)live["properties"]!["serviceTier"], (string?)live["tags"]!["team"], (string?)live["properties"]!["versionUpgradeOption"]));
    }

    [Fact]
    public async Task What_is_so_already_is_not_written()
    {
        Resource resource = await CreateResourceAsync();
        Deployment before = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 5 });
        int writes = Writes.Count;

        Deployment after = await ChangeAsync(resource, before, r => r with { Capacity = 5, Version = before.Version, Spillover = "" });

        Assert.False(after.Changed);
        Assert.Empty(after.Drift);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task A_spillover_is_set_and_taken_away()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "other", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 5 });
        Deployment before = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = "GlobalProvisionedManaged", Capacity = 15 });

        Deployment with = await ChangeAsync(resource, before, r => r with { Spillover = "other" });
        Deployment without = await ChangeAsync(resource, with, r => r with { Spillover = "" });

        Assert.Equal(("other", null), (with.Spillover, without.Spillover));
        Assert.Equal("Spillover: other -> (none)", Assert.Single(without.Drift).ToString());
    }

    [Theory]
    [InlineData("nosuch", "GlobalProvisionedManaged", "the deployment doesn't exist on 'contoso'")]
    [InlineData("batch", "GlobalProvisionedManaged", "the SKU of 'batch' is GlobalBatch")]
    [InlineData("ptu", "GlobalProvisionedManaged", "it's the same deployment")]
    [InlineData("standard", "GlobalStandard", "the SKU of 'ptu' is GlobalStandard")]
    public async Task A_spillover_that_cannot_be_is_refused_before_a_create_and_before_a_change(string spillover, string sku, string reason)
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "standard", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 5 });
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "batch", Model = "gpt-5.4-mini", Sku = "GlobalBatch", Capacity = 5 });
        DeploymentRequest wanted = new() { Resource = resource, Name = "ptu", Model = "gpt-5-mini", Sku = sku, Capacity = 15 };
        int writes = Writes.Count;

        AzOpenAIException refused = await ScriptedArm.FailsAsync(() => DeployAsync(wanted with { Spillover = spillover }));
        Assert.Equal(("SpilloverInvalid", writes), (refused.ErrorId, Writes.Count));
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);

        Deployment there = await DeployAsync(wanted);
        AzOpenAIException again = await ScriptedArm.FailsAsync(() => ChangeAsync(resource, there, r => r with { Spillover = spillover }));
        Assert.Equal(("SpilloverInvalid", writes + 1), (again.ErrorId, Writes.Count));
        Assert.Contains(reason, again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_out_of_a_change_has_its_dates_even_where_nothing_was_checked()
    {
        Resource resource = await CreateResourceAsync();
        Deployment made = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 2, SkipCheck = true });

        Deployment after = await ChangeAsync(resource, made, r => r with { VersionUpgrade = "NoAutoUpgrade" });

        Assert.NotNull(made.RetirementDate);
        Assert.Equal((made.RetirementDate, made.DaysLeft), (after.RetirementDate, after.DaysLeft));
    }

    [Fact]
    public async Task Capacity_beyond_the_quota_is_refused_with_what_the_deployment_holds_counted_as_free()
    {
        Resource resource = await CreateResourceAsync();
        Deployment before = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = "DataZoneStandard", Capacity = 290 });
        int writes = Writes.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ChangeAsync(resource, before, r => r with { Capacity = 301 }));
        Deployment most = await ChangeAsync(resource, before, r => r with { Capacity = 300 });

        Assert.Equal("QuotaExceeded", e.ErrorId);
        Assert.Contains("exceeds the 300 available", e.Message, StringComparison.Ordinal);
        Assert.Equal((300, writes + 1), (most.Capacity, Writes.Count));
    }

    [Fact]
    public async Task A_version_that_takes_no_new_deployments_lets_those_it_has_grow()
    {
        Resource resource = await CreateResourceAsync();
        await Host.ControlAsync("PATCH", "clock", """{"now":"2025-11-01T00:00:00Z"}""");
        Deployment before = await DeployAsync(new DeploymentRequest { Resource = resource, Name = "x", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 3 });
        await Host.ControlAsync("PATCH", "clock", """{"now":"2027-02-10T00:00:00Z"}""");

        Deployment after = await ChangeAsync(resource, before, r => r with { Capacity = 4 });
        AzOpenAIException another = await ScriptedArm.FailsAsync(() => DeployAsync(new DeploymentRequest { Resource = resource, Name = "y", Model = "gpt-5-mini", Sku = "GlobalStandard", Capacity = 3 }));

        Assert.Equal(4, after.Capacity);
        Assert.Equal("ModelRetired", another.ErrorId);
    }

    [Fact]
    public async Task A_deployment_that_failed_is_put_once_more_by_ensure()
    {
        Resource resource = await CreateResourceAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"fail-operation","count":1,"match":{"method":"PUT","path":"/deployments/"},"body":{"code":"Broken","message":"no"}}""");
        var request = new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 2, Ensure = true };
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => DeployAsync(request));

        Deployment healed = await DeployAsync(request);
        Deployment third = await DeployAsync(request);

        Assert.Contains("'gpt-5-mini' in state Failed", e.Message, StringComparison.Ordinal);
        Assert.Equal(("Succeeded", true), (healed.ProvisioningState, healed.Changed));
        Assert.Equal("ProvisioningState: Failed -> Succeeded", Assert.Single(healed.Drift).ToString());
        Assert.False(third.Changed);
    }

    [Fact]
    public async Task Pause_and_resume_write_once_each_and_tell_the_state()
    {
        Resource resource = await CreateResourceAsync();
        Deployment running = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 2 });
        int writes = Writes.Count;

        Deployment paused = await Client.Deployments.SuspendAsync(resource, running, Stop);
        Deployment again = await Client.Deployments.SuspendAsync(resource, paused, Stop);
        Deployment resumed = await Client.Deployments.ResumeAsync(resource, await Client.Deployments.GetAsync(resource, paused.Name, Stop), Stop);

        Assert.Equal(("Running", "Paused", true), (running.State, paused.State, paused.Changed));
        Assert.Equal("State: Running -> Paused", Assert.Single(paused.Drift).ToString());
        Assert.Equal((false, "Running", true), (again.Changed, resumed.State, resumed.Changed));
        Assert.Equal(writes + 2, Writes.Count);
    }

    [Fact]
    public async Task A_change_leaves_a_paused_deployment_paused()
    {
        Resource resource = await CreateResourceAsync();
        Deployment deployment = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 2 });
        Deployment paused = await Client.Deployments.SuspendAsync(resource, deployment, Stop);

        Deployment after = await ChangeAsync(resource, paused, r => r with { VersionUpgrade = "NoAutoUpgrade" });

        Assert.Equal("Paused", after.State);
    }

    [Fact]
    public async Task A_provisioned_deployment_cannot_be_paused_and_nothing_is_sent()
    {
        Resource resource = await CreateResourceAsync();
        Deployment deployment = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Sku = "GlobalProvisionedManaged", Capacity = 15 });
        int calls = Wire.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.Deployments.SuspendAsync(resource, deployment, Stop));

        Assert.Equal(("DeploymentNotPausable", calls), (e.ErrorId, Wire.Count));
        Assert.Contains("GlobalStandard", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_that_takes_its_time_is_waited_for()
    {
        Resource resource = await CreateResourceAsync();
        Deployment deployment = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 2 });
        await Host.ControlAsync("POST", "faults", """{"kind":"slow-operation","count":1,"seconds":0.3,"match":{"path":"/pause"}}""");

        Deployment paused = await Client.Deployments.SuspendAsync(resource, deployment, Stop);

        Assert.Equal(("Succeeded", "Paused"), (paused.ProvisioningState, paused.State));
    }

    [Fact]
    public async Task Waiting_ends_with_the_operation_and_names_what_is_not_there()
    {
        Resource resource = await CreateResourceAsync();
        await Host.ControlAsync("POST", "faults", """{"kind":"slow-operation","count":1,"seconds":0.5,"match":{"method":"PUT","path":"/deployments/"}}""");
        Deployment started = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", Capacity = 2, NoWait = true });

        Deployment done = await Client.Deployments.WaitAsync(resource, "gpt-5-mini", Stop);
        AzOpenAIException missing = await ScriptedArm.FailsAsync(() => Client.Deployments.WaitAsync(resource, "gpt5mini", Stop));

        Assert.Equal(("Creating", "Succeeded"), (started.ProvisioningState, done.ProvisioningState));
        Assert.Equal("DeploymentNotFound", missing.ErrorId);
        Assert.Contains("gpt-5-mini", missing.Suggestion, StringComparison.Ordinal);
    }

    private async Task<Deployment> ChangeAsync(Resource resource, Deployment existing, Func<DeploymentRequest, DeploymentRequest> change)
    {
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan plan = await provisioner.PlanChangeAsync(
            resource, existing.Name, live => change(new DeploymentRequest { Resource = resource, Name = live.Name, Model = live.Model, Format = live.Format }), Stop);
        return await provisioner.ApplyAsync(plan, Stop);
    }
}
