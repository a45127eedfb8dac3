using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Removals;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class BlocklistLifecycleTests : EmulatedAzure
{
    [Fact]
    public async Task A_blocklist_is_made_described_and_removed()
    {
        Resource resource = await CreateResourceAsync();
        Blocklist list = await Client.Blocklists.SetAsync(resource, "rivals", "Competitors", null, Stop);
        Assert.Equal(("rivals", "Competitors", resource.Id), (list.Name, list.Description, list.ResourceId));
        Assert.Equal("Others", (await Client.Blocklists.SetAsync(resource, "rivals", "Others", list, Stop)).Description);
        await Client.Blocklists.DeleteAsync(resource, "rivals", Stop);
        Assert.Equal("BlocklistNotFound", (await Assert.ThrowsAsync<AzOpenAIException>(() => Client.Blocklists.GetAsync(resource, "rivals", Stop))).ErrorId);
    }

    [Fact]
    public async Task A_name_that_is_taken_or_that_no_list_can_have_is_refused_beforehand()
    {
        Resource resource = await CreateResourceAsync();
        await Client.Blocklists.SetAsync(resource, "rivals", null, null, Stop);
        Assert.Equal("BlocklistExists", (await Assert.ThrowsAsync<AzOpenAIException>(() => Client.Blocklists.CheckCreationAsync(resource, "rivals", Stop))).ErrorId);
        Assert.Equal("BlocklistNameInvalid", (await Assert.ThrowsAsync<AzOpenAIException>(() => Client.Blocklists.CheckCreationAsync(resource, "two words", Stop))).ErrorId);
    }

    [Fact]
    public async Task A_blocklist_in_use_says_by_which_filter()
    {
        Resource resource = await CreateResourceAsync();
        await Client.Blocklists.SetAsync(resource, "rivals", null, null, Stop);
        var provisioner = new ContentFilterProvisioner(Client);
        var request = new ContentFilterRequest { Resource = resource, Name = "guarded", PromptBlocklists = ["rivals"] };
        await provisioner.ApplyAsync(await provisioner.PlanAsync(request, Stop), Stop);
        AzOpenAIException used = await Assert.ThrowsAsync<AzOpenAIException>(() => new RemovalCheck(Client).CheckBlocklistAsync(resource, "rivals", Stop));
        Assert.Equal("BlocklistInUse", used.ErrorId);
        Assert.Contains("guarded", used.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_one_request_and_its_items_can_be_read_back()
    {
        Blocklist list = await MakeAsync();
        int before = Writes.Count;
        BlocklistItem[] items = [.. Enumerable.Range(0, BlocklistItemRules.MaxBatch).Select(i => BlocklistItemOperations.Make(list, null, $"term {i}", false))];
        Assert.Empty(await Client.BlocklistItems.AddAsync(list, items, Stop));
        Assert.Equal(before + 1, Writes.Count);

        List<BlocklistItem> there = await ReadAsync(list);
        Assert.Equal(items.Select(i => (i.Id, i.Name, i.Pattern, i.IsRegex)), there.Select(i => (i.Id, i.Name, i.Pattern, i.IsRegex)));
    }

    [Fact]
    public async Task Bad_items_are_found_and_the_others_are_added()
    {
        Blocklist list = await MakeAsync();
        BlocklistItem[] items =
        [
            .. Enumerable.Range(0, 20).Select(i => BlocklistItemOperations.Make(list, $"good-{i}", $"term {i}", false)),
            BlocklistItemOperations.Make(list, "bad-1", "(", true),
            .. Enumerable.Range(20, 20).Select(i => BlocklistItemOperations.Make(list, $"good-{i}", $"term {i}", false)),
            BlocklistItemOperations.Make(list, "bad-2", "[", true),
        ];

        IReadOnlyList<BlocklistItemFailure> refused = await Client.BlocklistItems.AddAsync(list, items, Stop);

        Assert.Equal(["bad-1", "bad-2"], refused.Select(f => f.Item.Name));
        Assert.All(refused, f => Assert.Equal(("BlocklistItemRefused", 400), (f.Error.ErrorId, f.Error.StatusCode)));
        Assert.Equal(40, (await ReadAsync(list)).Count);
    }

    [Fact]
    public async Task A_failure_of_the_whole_call_is_not_taken_for_a_bad_item()
    {
        Blocklist list = await MakeAsync();
        BlocklistItem item = BlocklistItemOperations.Make(list, null, "term", false);
        AzOpenAIException gone = await Assert.ThrowsAsync<AzOpenAIException>(() => Client.BlocklistItems.AddAsync(list with { Name = "nobody" }, [item], Stop));
        Assert.Equal("BlocklistNotFound", gone.ErrorId);
    }

    [Fact]
    public async Task An_item_is_changed_and_removed_without_being_read_alone()
    {
        Blocklist list = await MakeAsync();
        await Client.BlocklistItems.AddAsync(list, [BlocklistItemOperations.Make(list, "one", "Fabricam", false)], Stop);
        BlocklistItem changed = await Client.BlocklistItems.SetAsync(list, await Client.BlocklistItems.GetAsync(list, "ONE", Stop), "Fabrikam.*", true, Stop);
        Assert.Equal(("one", "Fabrikam.*", true), (changed.Name, changed.Pattern, changed.IsRegex));
        await Client.BlocklistItems.RemoveAsync(list, ["one", "nobody"], Stop);
        AzOpenAIException missing = await Assert.ThrowsAsync<AzOpenAIException>(() => Client.BlocklistItems.GetAsync(list, "one", Stop));
        Assert.Equal("BlocklistItemNotFound", missing.ErrorId);
        Assert.DoesNotContain(Wire, l => l.StartsWith("GET ", StringComparison.Ordinal) && l.Contains("/raiBlocklistItems/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("two words", "term")]
    [InlineData("a/b", "term")]
    public void What_the_service_cannot_take_is_refused_here(string? name, string pattern) =>
        Assert.Equal("BlocklistItemInvalid", Assert.Throws<AzOpenAIException>(() => BlocklistItemOperations.Make(Some, name, pattern, false)).ErrorId);

    [Fact]
    public void A_pattern_has_at_most_a_thousand_characters()
    {
        Assert.Equal(1000, BlocklistItemOperations.Make(Some, null, new string('x', 1000), false).Pattern.Length);
        Assert.Throws<AzOpenAIException>(() => BlocklistItemOperations.Make(Some, null, new string('x', 1001), false));
    }

    [Fact]
    public void The_same_pattern_gets_the_same_name_and_another_one_another()
    {
        string name = BlocklistItemRules.NameFor("Fabrikam & Söhne", false);
        Assert.Equal(name, BlocklistItemRules.NameFor("Fabrikam & Söhne", false));
        Assert.NotEqual(name, BlocklistItemRules.NameFor("Fabrikam & Söhne", true));
        Assert.NotEqual(name, BlocklistItemRules.NameFor("fabrikam & Söhne", false));
        Assert.True(BlocklistItemRules.IsName(name));
    }

    private static Blocklist Some => new()
    {
        Id = "/x/raiBlocklists/rivals",
        Name = "rivals",
        ResourceName = "contoso",
        ResourceGroupName = "rg",
        SubscriptionId = "s",
        ResourceId = "/x",
    };

    private async Task<Blocklist> MakeAsync() => await Client.Blocklists.SetAsync(await CreateResourceAsync(), "rivals", null, null, Stop);

    private async Task<List<BlocklistItem>> ReadAsync(Blocklist list)
    {
        List<BlocklistItem> items = [];
        await foreach (BlocklistItem item in Client.BlocklistItems.ListAsync(list, Stop))
            items.Add(item);
        return items;
    }
}
