using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Core.Management.ResourceGroups;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class ResourceLifecycleTests : EmulatedAzure
{
    [Fact]
    public async Task From_a_subscription_to_an_answering_deployment_and_back()
    {
        Resource resource = await CreateResourceAsync();
        Deployment deployment = await DeployAsync(new DeploymentRequest { Resource = resource, Model = "gpt-5-mini" });
        ResourceKey key = await Client.Resources.GetKeysAsync(resource, deployment.Name, Stop);

        Assert.Equal(("contoso", "swedencentral", "Succeeded", "contoso"), (resource.Name, resource.Location, resource.ProvisioningState, resource.CustomSubdomain));
        Assert.Equal(("gpt-5-mini", "Succeeded"), (deployment.Model, deployment.ProvisioningState));
        Assert.NotNull(deployment.TokensPerMinute);
        Assert.NotNull(deployment.RetirementDate);
        Assert.EndsWith("/openai/v1/", key.Endpoint.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal((AuthenticationKind.ApiKey, "gpt-5-mini"), (key.Authentication, key.Deployment));
        Assert.NotNull(key.Key1);
        Assert.NotNull(key.Key2);

        var remover = new ResourceRemover(Client);
        ResourceRemovalPlan removal = await remover.PlanAsync(resource, purge: true, Stop);
        Assert.Equal(["gpt-5-mini"], removal.Deployments.Select(d => d.Name));
        Assert.Equal(["Remove", "Remove", "Purge"], removal.Steps.Select(s => s.Action));
        await remover.ApplyAsync(removal, Stop);

        Assert.Null(await Client.Resources.FindAsync("rg", "contoso", Stop));
        await CreateResourceAsync();
    }

    [Fact]
    public async Task A_plan_writes_nothing_and_names_each_step()
    {
        ResourcePlan plan = await new ResourceProvisioner(Client).PlanAsync(Wanted(), Stop);

        Assert.Equal(["Create: resource group 'rg' (swedencentral)", "Create: resource 'contoso' in 'rg' (swedencentral)"], plan.Steps.Select(s => s.ToString()));
        Assert.Empty(Writes);
        Assert.False(await Client.ResourceGroups.ExistsAsync("rg", Stop));
    }

    [Fact]
    public async Task Ensuring_twice_writes_once()
    {
        Resource first = await CreateResourceAsync(Wanted(ensure: true));
        int writes = Writes.Count;
        Resource second = await CreateResourceAsync(Wanted(ensure: true));

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task Ensuring_changes_only_what_was_asked_for_and_differs()
    {
        await CreateResourceAsync(Wanted() with { Tags = new Dictionary<string, string> { ["team"] = "a" } });

        Resource changed = await CreateResourceAsync(Wanted(ensure: true) with { PublicNetworkAccess = "Disabled", DisableLocalAuth = true });
        Resource ranges = await CreateResourceAsync(Wanted(ensure: true) with { AllowedIpRange = ["203.0.113.0/24"] });

        Assert.Equal(["PublicNetworkAccess", "DisableLocalAuth"], changed.Drift.Select(d => d.Property));
        Assert.Equal(("Disabled", true, "a"), (changed.PublicNetworkAccess, changed.LocalAuthDisabled, changed.Tags["team"]));
        Assert.Equal(["203.0.113.0/24"], ranges.AllowedIpRange);
        Assert.Equal(2, Writes.Count(w => w.StartsWith("PATCH ", StringComparison.Ordinal)));
        Assert.Equal(AuthenticationKind.EntraId, (await Client.Resources.GetKeysAsync(ranges, null, Stop)).Authentication);
    }

    [Fact]
    public async Task Keys_disabled_meanwhile_are_no_error()
    {
        Resource before = await CreateResourceAsync();
        await CreateResourceAsync(Wanted(ensure: true) with { DisableLocalAuth = true });

        ResourceKey key = await Client.Resources.GetKeysAsync(before, null, Stop);

        Assert.Equal(AuthenticationKind.EntraId, key.Authentication);
        Assert.Null(key.Key1);
    }

    [Fact]
    public async Task What_cannot_be_changed_is_refused_without_a_write()
    {
        await CreateResourceAsync();
        int writes = Writes.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted(ensure: true) with { Location = "eastus", Kind = "AIServices" }));

        Assert.Equal("ResourceFixedProperty", e.ErrorId);
        Assert.Contains("2 problems", e.Message, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task An_existing_resource_is_refused_without_ensure()
    {
        await CreateResourceAsync();

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => CreateResourceAsync());

        Assert.Equal(("ResourceExists", ErrorKind.AlreadyExists), (e.ErrorId, e.Kind));
        Assert.Contains("-Ensure", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_come_at_once_before_any_write()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted() with { Location = "swedencentrall", CreateResourceGroup = false }));

        Assert.Equal("LocationNotAvailable", e.ErrorId);
        Assert.Contains("Resource group 'rg'", e.Message, StringComparison.Ordinal);
        Assert.Contains("swedencentral", e.Suggestion, StringComparison.Ordinal);
        Assert.Contains("-CreateResourceGroup", e.Suggestion, StringComparison.Ordinal);
        Assert.Empty(Writes);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("-contoso")]
    [InlineData("con toso")]
    [InlineData("contoso\n")]
    public async Task A_bad_name_is_refused_before_any_request(string name)
    {
        Assert.Equal("ResourceNameInvalid", (await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted(name)))).ErrorId);
        Assert.Empty(Wire);
    }

    [Fact]
    public async Task A_taken_subdomain_is_found_before_the_write()
    {
        await CreateResourceAsync();
        int writes = Writes.Count;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => CreateResourceAsync(Wanted("fabrikam") with { CustomSubdomain = "contoso" }));

        Assert.Equal("SubdomainTaken", e.ErrorId);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task A_soft_deleted_name_is_refused_restored_or_purged()
    {
        Resource resource = await CreateResourceAsync(Wanted() with { Tags = new Dictionary<string, string> { ["team"] = "a" } });
        var remover = new ResourceRemover(Client);
        await remover.ApplyAsync(await remover.PlanAsync(resource, purge: false, Stop), Stop);

        AzOpenAIException refused = await ScriptedArm.FailsAsync(() => CreateResourceAsync());
        ResourcePlan purge = await new ResourceProvisioner(Client).PlanAsync(Wanted() with { PurgeDeleted = true }, Stop);
        Resource restored = await CreateResourceAsync(Wanted() with { RestoreDeleted = true });

        Assert.Equal("ResourceSoftDeleted", refused.ErrorId);
        Assert.Matches("for (1 day 23 h|2 days 0 h)", refused.Message);
        Assert.Contains("-RestoreDeleted", refused.Suggestion, StringComparison.Ordinal);
        Assert.Equal(["Purge", "Create"], purge.Steps.Select(s => s.Action));
        Assert.Equal("a", restored.Tags["team"]);
    }

    [Fact]
    public async Task A_purged_name_is_free_for_a_new_resource()
    {
        Resource resource = await CreateResourceAsync(Wanted() with { Tags = new Dictionary<string, string> { ["team"] = "a" } });
        var remover = new ResourceRemover(Client);
        await remover.ApplyAsync(await remover.PlanAsync(resource, purge: false, Stop), Stop);

        Resource fresh = await CreateResourceAsync(Wanted() with { PurgeDeleted = true });

        Assert.Empty(fresh.Tags);
        Assert.Empty(Reporter.Warnings);
    }

    [Fact]
    public async Task A_resource_is_found_by_name_and_by_id_and_a_near_name_is_offered()
    {
        Resource resource = await CreateResourceAsync();

        Assert.Equal(resource.Id, (await Client.Resources.FindByNameAsync("CONTOSO", Stop)).Id);
        Assert.Equal(resource.Id, (await Client.Resources.GetByIdAsync(resource.Id, Stop)).Id);
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.Resources.FindByNameAsync("contosso", Stop));
        Assert.Equal("ResourceNotFound", e.ErrorId);
        Assert.Contains("did you mean contoso?", e.Message, StringComparison.Ordinal);
        Assert.Equal("ResourceIdInvalid", (await ScriptedArm.FailsAsync(() => Client.Resources.GetByIdAsync("/subscriptions/x", Stop))).ErrorId);
    }

    [Fact]
    public async Task Two_resources_of_one_name_are_listed_with_their_groups()
    {
        await CreateResourceAsync();
        await CreateResourceAsync(Wanted() with { ResourceGroupName = "rg2", CustomSubdomain = "other" });

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.Resources.FindByNameAsync("contoso", Stop));

        Assert.Equal("ResourceAmbiguous", e.ErrorId);
        Assert.Contains("'rg', 'rg2'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscription_is_taken_by_name_or_by_default_and_refused_with_the_names()
    {
        var reporter = new RecordingReporter();
        Task<Context> Connect(string? subscription) => ContextFactory.ConnectAsync(
            new ConnectRequest
            {
                Credential = new CredentialOptions { Source = CredentialSource.Emulator },
                Environment = EmulatorEnvironment.Create(Host.BaseUri),
                Subscription = subscription,
            },
            TokenSources.Emulator,
            new ServiceOptions { Reporter = reporter },
            null,
            _ => null,
            Stop);

        Context byName = await Connect("emulator 2");
        Context first = await Connect(null);
        AzOpenAIException unknown = await ScriptedArm.FailsAsync(() => Connect("nothing"));
        AzOpenAIException foreign = await ScriptedArm.FailsAsync(() => Connect(Guid.Empty.ToString()));

        Assert.Equal("Emulator 2", byName.SubscriptionName);
        Assert.Equal((Host.SubscriptionId, Host.TenantId), (first.SubscriptionId, first.TenantId));
        Assert.Contains("'Emulator 2'", Assert.Single(reporter.VerboseLines), StringComparison.Ordinal);
        Assert.Equal("SubscriptionUnknown", unknown.ErrorId);
        Assert.Contains("'Emulator 2'", unknown.Message, StringComparison.Ordinal);
        Assert.Equal("SubscriptionNotFound", foreign.ErrorId);
    }

    [Fact]
    public async Task A_service_that_is_down_is_named()
    {
        await Host.DisposeAsync();

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.Resources.GetAsync("rg", "contoso", Stop));

        Assert.Equal(("ServiceUnreachable", ErrorKind.Connection), (e.ErrorId, e.Kind));
        Assert.Contains("refused", e.Message, StringComparison.Ordinal);
    }
}
