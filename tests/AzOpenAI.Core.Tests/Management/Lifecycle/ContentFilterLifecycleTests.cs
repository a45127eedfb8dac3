using System.Text.Json;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Removals;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class ContentFilterLifecycleTests : EmulatedAzure
{
    [Fact]
    public async Task A_new_filter_takes_what_is_not_given_from_its_base_policy()
    {
        Resource resource = await CreateResourceAsync();

        ContentFilter filter = await MakeAsync(Wanted(resource, Hate("Prompt", "High"), new("Jailbreak", "Jailbreak", "Prompt", "Annotate"), new("Profanity", "Profanity", "Completion", "Block")));

        Assert.Equal(("High", "Medium"), (filter.LevelOf("Hate", "Prompt"), filter.LevelOf("hate", "completion")));
        Assert.Equal("High/Medium", filter.Hate);
        Assert.Equal(("Annotate", "Block"), (filter.Jailbreak, filter.LevelOf("Profanity", "Completion")));
        Assert.Equal("Block", filter.LevelOf("Protected Material Text", "Completion"));
        Assert.Equal((false, "Microsoft.DefaultV2", (bool?)null), (filter.IsSystem, filter.BasePolicy, filter.Changed));
    }

    [Fact]
    public async Task A_new_filter_without_a_base_policy_to_take_the_rest_from_is_refused()
    {
        using var handler = new ScriptedHandler(_ => ScriptedHandler.Json("""{"value":[]}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => new ContentFilterProvisioner(ScriptedArm.Client(handler)).PlanAsync(Wanted(ScriptedArm.Resource, Hate("Prompt", "High")), Stop));

        Assert.Equal("ContentFilterNotFound", e.ErrorId);
        Assert.Contains("'Microsoft.DefaultV2'", e.Message, StringComparison.Ordinal);
        Assert.Contains("-BasePolicy", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_sends_only_what_the_specification_knows()
    {
        Resource resource = await CreateResourceAsync();
        ContentFilter filter = await MakeAsync(Wanted(resource, Hate("Prompt", "Off")) with { Mode = "Asynchronous_filter" });

        using JsonDocument sent = JsonDocument.Parse(filter.Raw!);
        JsonElement properties = sent.RootElement.GetProperty("properties");
        string[] known = ["basePolicyName", "contentFilters", "customBlocklists", "mode", "type"];
        Assert.Empty(properties.EnumerateObject().Select(p => p.Name).Except(known));
        string[] ofRule = ["name", "enabled", "blocking", "severityThreshold", "source"];
        Assert.Empty(properties.GetProperty("contentFilters").EnumerateArray().SelectMany(r => r.EnumerateObject().Select(p => p.Name)).Except(ofRule));
        Assert.Equal("Asynchronous_filter", filter.Mode);
        Assert.Equal("Off", filter.LevelOf("Hate", "Prompt"));
    }

    [Fact]
    public async Task The_same_again_writes_nothing_and_a_difference_is_named_and_written()
    {
        Resource resource = await CreateResourceAsync();
        ContentFilterRequest wanted = Wanted(resource, Hate("Prompt", "Low")) with { Ensure = true };
        ContentFilter first = await MakeAsync(wanted);
        int writes = Writes.Count;

        ContentFilter again = await MakeAsync(wanted);
        Assert.Equal((true, false), (first.Changed, again.Changed));
        Assert.Equal(writes, Writes.Count);

        ContentFilter other = await MakeAsync(wanted with { Settings = [Hate("Prompt", "High")] });
        Assert.Equal("HatePrompt: Low -> High", Assert.Single(other.Drift).ToString());
        Assert.Equal(("High", true), (other.LevelOf("Hate", "Prompt"), other.Changed));
    }

    [Fact]
    public async Task A_change_leaves_alone_what_was_not_given()
    {
        Resource resource = await CreateResourceAsync();
        await Client.Blocklists.SetAsync(resource, "rivals", null, null, Stop);
        ContentFilter before = await MakeAsync(Wanted(resource, Hate("Prompt", "Low")) with { Mode = "Blocking", PromptBlocklists = ["rivals"], CompletionBlocklists = ["rivals"] });

        ContentFilter after = await ChangeAsync(new ContentFilterRequest { Resource = resource, Name = "strict", Settings = [Hate("Completion", "Low")], PromptBlocklists = [] });

        Assert.Equal("Low", after.Hate);
        Assert.Equal(before.Sexual, after.Sexual);
        Assert.Equal((before.Mode, before.BasePolicy), (after.Mode, after.BasePolicy));
        Assert.Equal("rivals (Completion)", Assert.Single(after.Blocklists).ToString());
    }

    [Fact]
    public async Task A_level_keeps_its_threshold_for_the_day_it_blocks_again()
    {
        Resource resource = await CreateResourceAsync();
        await MakeAsync(Wanted(resource, Hate("Prompt", "High")));
        ContentFilter off = await ChangeAsync(new ContentFilterRequest { Resource = resource, Name = "strict", Settings = [Hate("Prompt", "Annotate")] });
        ContentFilterRule rule = off.Rules.Single(r => r.Category == "Hate" && r.Side == "Prompt");
        Assert.Equal((true, false, "High", "Annotate"), (rule.Enabled, rule.Blocking, rule.Severity, rule.Level));
    }

    [Fact]
    public async Task What_is_missing_is_named_before_anything_is_written()
    {
        Resource resource = await CreateResourceAsync();
        await Client.Blocklists.SetAsync(resource, "rivals", null, null, Stop);
        await MakeAsync(Wanted(resource));
        int writes = Writes.Count;

        Assert.Equal("ContentFilterExists", (await FailAsync(Wanted(resource))).ErrorId);
        AzOpenAIException policy = await FailAsync(Wanted(resource) with { Name = "new", BasePolicy = "Microsoft.DefaultV3" });
        Assert.Equal("ContentFilterNotFound", policy.ErrorId);
        Assert.Contains("Microsoft.DefaultV2", policy.Suggestion, StringComparison.Ordinal);
        AzOpenAIException list = await FailAsync(Wanted(resource) with { Name = "new", PromptBlocklists = ["rival"] });
        Assert.Equal("BlocklistNotFound", list.ErrorId);
        Assert.Contains("rivals", list.Suggestion, StringComparison.Ordinal);
        Assert.Equal("ContentFilterSystemManaged", (await FailAsync(Wanted(resource) with { Name = "microsoft.default", Ensure = true })).ErrorId);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task A_filter_in_use_or_of_the_service_is_not_removed()
    {
        Resource resource = await CreateResourceAsync();
        ContentFilter filter = await MakeAsync(Wanted(resource));
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "guarded", Model = "gpt-5-mini", ContentFilter = "STRICT" });

        AzOpenAIException used = await Assert.ThrowsAsync<AzOpenAIException>(() => new RemovalCheck(Client).CheckContentFilterAsync(resource, filter, Stop));
        Assert.Equal("ContentFilterInUse", used.ErrorId);
        Assert.Contains("guarded", used.Message, StringComparison.Ordinal);
        ContentFilter system = await Client.ContentFilters.GetAsync(resource, "Microsoft.Default", Stop);
        Assert.Equal("ContentFilterSystemManaged", (await Assert.ThrowsAsync<AzOpenAIException>(() => new RemovalCheck(Client).CheckContentFilterAsync(resource, system, Stop))).ErrorId);
    }

    [Fact]
    public async Task A_removed_filter_is_gone_when_the_call_returns()
    {
        Resource resource = await CreateResourceAsync();
        await MakeAsync(Wanted(resource));
        await Client.ContentFilters.DeleteAsync(resource, "strict", Stop);
        AzOpenAIException gone = await Assert.ThrowsAsync<AzOpenAIException>(() => Client.ContentFilters.GetAsync(resource, "strict", Stop));
        Assert.Equal(("ContentFilterNotFound", 404), (gone.ErrorId, gone.StatusCode));
        await Client.ContentFilters.DeleteAsync(resource, "strict", Stop);
    }

    [Fact]
    public async Task A_deployment_with_a_filter_reads_it_once_and_without_one_never()
    {
        Resource resource = await CreateResourceAsync();
        await MakeAsync(Wanted(resource));
        int before = Wire.Count;
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "plain", Model = "gpt-5-nano", Capacity = 1 });
        Assert.DoesNotContain(Wire.Skip(before), l => l.Contains("/raiPolicies", StringComparison.Ordinal));

        before = Wire.Count;
        await DeployAsync(new DeploymentRequest { Resource = resource, Name = "guarded", Model = "gpt-5-nano", Capacity = 1, ContentFilter = "strict" });
        Assert.Single(Wire.Skip(before), l => l.Contains("/raiPolicies", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deployment_with_an_unknown_filter_is_refused_with_the_nearest_name()
    {
        Resource resource = await CreateResourceAsync();
        await MakeAsync(Wanted(resource));
        int writes = Writes.Count;
        var request = new DeploymentRequest { Resource = resource, Model = "gpt-5-mini", ContentFilter = "strikt" };

        AzOpenAIException missing = await Assert.ThrowsAsync<AzOpenAIException>(() => DeployAsync(request));
        Assert.Equal("ContentFilterNotFound", missing.ErrorId);
        Assert.Contains("Available: strict", missing.Suggestion, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);

        await DeployAsync(request with { ContentFilter = null });
        writes = Writes.Count;
        missing = await Assert.ThrowsAsync<AzOpenAIException>(() => DeployAsync(request with { Ensure = true }));
        Assert.Equal("ContentFilterNotFound", missing.ErrorId);
        Assert.Equal(writes, Writes.Count);
    }

    private static ContentFilterSetting Hate(string side, string level) => new($"Hate{side}", "Hate", side, level);

    private static ContentFilterRequest Wanted(Resource resource, params ContentFilterSetting[] settings) => new() { Resource = resource, Name = "strict", Settings = settings };

    private async Task<ContentFilter> MakeAsync(ContentFilterRequest request)
    {
        var provisioner = new ContentFilterProvisioner(Client);
        return await provisioner.ApplyAsync(await provisioner.PlanAsync(request, Stop), Stop);
    }

    private async Task<ContentFilter> ChangeAsync(ContentFilterRequest request)
    {
        var provisioner = new ContentFilterProvisioner(Client);
        return await provisioner.ApplyAsync(await provisioner.PlanChangeAsync(request, Stop), Stop);
    }

    private Task<AzOpenAIException> FailAsync(ContentFilterRequest request) =>
        Assert.ThrowsAsync<AzOpenAIException>(() => new ContentFilterProvisioner(Client).PlanAsync(request, Stop));
}
