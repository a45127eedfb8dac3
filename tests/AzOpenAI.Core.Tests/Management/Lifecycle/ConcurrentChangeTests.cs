using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>Commands of one process that plan at the same time: none undoes what another has done in between.</summary>
public sealed class ConcurrentChangeTests : EmulatedAzure
{
    private const int Commands = 4;

    [Fact]
    public async Task Two_changes_of_a_deployment_are_both_there_in_the_end()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2 });
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan filter = await provisioner.PlanChangeAsync(resource, "chat", d => Request(resource, d) with { ContentFilter = "Microsoft.Default" }, Stop);
        DeploymentPlan upgrade = await provisioner.PlanChangeAsync(resource, "chat", d => Request(resource, d) with { VersionUpgrade = "NoAutoUpgrade" }, Stop);

        await provisioner.ApplyAsync(filter, Stop);
        Deployment after = await provisioner.ApplyAsync(upgrade, Stop);

        Assert.Equal(("Microsoft.Default", "NoAutoUpgrade", true), (after.ContentFilter, after.VersionUpgrade, after.Changed));
    }

    [Fact]
    public async Task A_change_that_another_command_has_made_is_not_made_again()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2 });
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan[] plans = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ =>
            provisioner.PlanChangeAsync(resource, "chat", d => Request(resource, d) with { VersionUpgrade = "NoAutoUpgrade" }, Stop)));
        int writes = Writes.Count;

        Deployment first = await provisioner.ApplyAsync(plans[0], Stop);
        Deployment second = await provisioner.ApplyAsync(plans[1], Stop);

        Assert.Equal((true, false, writes + 1), (first.Changed, second.Changed, Writes.Count));
        Assert.Empty(second.Drift);
    }

    [Fact]
    public async Task A_change_of_a_deployment_that_was_removed_meanwhile_does_not_bring_it_back()
    {
        Resource resource = await CreateResourceAsync();
        Deployment made = await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2 });
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan plan = await provisioner.PlanChangeAsync(resource, "chat", d => Request(resource, d) with { VersionUpgrade = "NoAutoUpgrade" }, Stop);
        await Client.Deployments.DeleteAsync(made, Stop);

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => provisioner.ApplyAsync(plan, Stop));

        Assert.Equal(("DeploymentNotFound", null), (e.ErrorId, e.Partial));
        Assert.Null(await Client.Deployments.FindAsync(resource, "chat", Stop));
    }

    [Fact]
    public async Task Of_four_creates_of_a_deployment_one_succeeds()
    {
        Resource resource = await CreateResourceAsync();
        DeploymentRequest request = new() { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2 };

        (int made, string[] errors) = await CountAsync(() => new DeploymentProvisioner(Client).PlanAsync(request, Stop), plan => new DeploymentProvisioner(Client).ApplyAsync(plan, Stop));

        Assert.Equal(1, made);
        Assert.Equal(["DeploymentExists", "DeploymentExists", "DeploymentExists"], errors);
    }

    [Fact]
    public async Task Of_four_creates_of_a_deployment_that_match_one_has_changed_something()
    {
        Resource resource = await CreateResourceAsync();
        DeploymentRequest request = new() { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2, Ensure = true };
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan[] plans = await Task.WhenAll(Enumerable.Range(0, Commands).Select(_ => provisioner.PlanAsync(request, Stop)));

        Deployment[] made = await Task.WhenAll(plans.Select(p => provisioner.ApplyAsync(p, Stop)));

        Assert.Equal(1, made.Count(d => d.Changed == true));
        Assert.All(made, d => Assert.NotNull(d.RetirementDate));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_four_creates_of_a_resource_one_makes_it(bool ensure)
    {
        await Host.ArmAsync("PUT", $"/subscriptions/{Host.SubscriptionId}/resourcegroups/rg", "2022-09-01", """{"location":"swedencentral"}""");
        var provisioner = new ResourceProvisioner(Client);
        List<Resource> resources = [];

        (int made, string[] errors) = await CountAsync(
            () => provisioner.PlanAsync(Wanted(ensure: ensure), Stop),
            async plan =>
            {
                Resource resource = await provisioner.ApplyAsync(plan, Stop);
                lock (resources)
                    resources.Add(resource);
            });

        Assert.Equal(ensure ? (Commands, 0) : (1, Commands - 1), (made, errors.Length));
        Assert.All(errors, e => Assert.Equal("ResourceExists", e));
        Assert.Equal(ensure ? 1 : 0, resources.Count(r => r.Changed == true));
        Assert.Single(Writes);
    }

    [Fact]
    public async Task Two_changes_of_a_resource_send_only_what_is_still_to_be_changed()
    {
        Resource resource = await CreateResourceAsync();
        var provisioner = new ResourceProvisioner(Client);
        ResourceRequest tags = Wanted() with { Tags = new Dictionary<string, string> { ["a"] = "1" } };
        ResourcePlan first = await provisioner.PlanUpdateAsync(resource, tags, Stop);
        ResourcePlan second = await provisioner.PlanUpdateAsync(resource, tags with { DisableLocalAuth = true }, Stop);

        await provisioner.ApplyAsync(first, Stop);
        Resource after = await provisioner.ApplyAsync(second, Stop);

        Assert.Equal("DisableLocalAuth", Assert.Single(after.Drift).Property);
        Assert.Equal(("1", true), (after.Tags["a"], after.LocalAuthDisabled));
    }

    [Fact]
    public async Task Two_changes_of_a_content_filter_are_both_there_in_the_end_and_a_second_create_is_refused()
    {
        Resource resource = await CreateResourceAsync();
        var provisioner = new ContentFilterProvisioner(Client);
        ContentFilterRequest request = new() { Resource = resource, Name = "strict", Settings = [] };
        ContentFilterPlan[] creates = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => provisioner.PlanAsync(request, Stop)));
        await provisioner.ApplyAsync(creates[0], Stop);
        Assert.Equal("ContentFilterExists", (await ScriptedArm.FailsAsync(() => provisioner.ApplyAsync(creates[1], Stop))).ErrorId);

        ContentFilterPlan prompt = await provisioner.PlanChangeAsync(request with { Settings = [new("HatePrompt", "Hate", "Prompt", "High")] }, Stop);
        ContentFilterPlan completion = await provisioner.PlanChangeAsync(request with { Settings = [new("HateCompletion", "Hate", "Completion", "Low")] }, Stop);
        await provisioner.ApplyAsync(prompt, Stop);
        ContentFilter after = await provisioner.ApplyAsync(completion, Stop);

        Assert.Equal(("High", "Low"), (after.LevelOf("Hate", "Prompt"), after.LevelOf("Hate", "Completion")));
    }

    [Fact]
    public async Task What_was_read_is_not_read_again_where_nobody_has_written()
    {
        Resource resource = await CreateResourceAsync();
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "chat", Model = "gpt-5-mini", Capacity = 2 });
        var provisioner = new DeploymentProvisioner(Client);
        DeploymentPlan plan = await provisioner.PlanChangeAsync(resource, "chat", d => Request(resource, d) with { Capacity = 3 }, Stop);
        int calls = Wire.Count;

        await provisioner.ApplyAsync(plan, Stop);

        Assert.StartsWith("PATCH ", Assert.Single(Wire.Skip(calls)), StringComparison.Ordinal);
    }

    private static DeploymentRequest Request(Resource resource, Deployment live) => new() { Resource = resource, Name = live.Name, Model = live.Model, Format = live.Format };

    // All plan before one of them writes, as commands do that start together.
    private static async Task<(int Made, string[] Errors)> CountAsync<T>(Func<Task<T>> plan, Func<T, Task> apply)
    {
        T[] plans = await Task.WhenAll(Enumerable.Range(0, Commands).Select(_ => plan()));
        string?[] errors = await Task.WhenAll(plans.Select(async p =>
        {
            try
            {
                await apply(p);
                return null;
            }
            catch (AzOpenAIException e)
            {
                return e.ErrorId;
            }
        }));
        return (errors.Count(e => e is null), [.. errors.OfType<string>()]);
    }
}
