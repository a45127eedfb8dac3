using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class RaiBlocklistTests : EmulatorFixture
{
    private string Lists => AccountPath() + "/raiBlocklists";

    [Fact]
    public async Task A_blocklist_is_created_changed_listed_and_deleted()
    {
        await CreateAccountAsync();
        Answer created = await ArmAsync("PUT", Lists + "/rivals", Description("Names of competitors"));
        Assert.Equal((201, "Names of competitors"), (created.Status, (string?)created.Json["properties"]!["description"]));
        Assert.Equal(200, (await ArmAsync("PUT", Lists + "/rivals", Description("Others"))).Status);
        Assert.Equal("rivals", (string?)Assert.Single((await ArmAsync("GET", Lists)).Json["value"]!.AsArray())!["name"]);
        Assert.Equal(202, (await ArmAsync("DELETE", Lists + "/rivals")).Status);
        AssertError(await ArmAsync("GET", Lists + "/other"), 404, "NotFound", $"Specified resource '/{Lists}/other' cannot be found.");
    }

    [Fact]
    public async Task A_name_holds_only_the_documented_characters()
    {
        await CreateAccountAsync();
        Assert.Equal(400, (await ArmAsync("PUT", Lists + "/two%20words", Description(""))).Status);
        Assert.Equal(201, (await ArmAsync("PUT", Lists + "/a-b.c_d~1", Description(""))).Status);
    }

    [Fact]
    public async Task Items_come_and_go_in_batches()
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Lists + "/rivals", Description(""));
        JsonArray batch = [Item("one", "Fabrikam"), Item("two", @"Con\w+", regex: true)];
        Answer added = await ArmAsync("POST", Lists + "/rivals/addRaiBlocklistItems", batch);
        Assert.Equal((200, "rivals"), (added.Status, (string?)added.Json["name"]));

        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 1 });
        Answer page = await ArmAsync("GET", Lists + "/rivals/raiBlocklistItems");
        Assert.Equal(("one", false), ((string?)page.Json["value"]![0]!["name"], (bool)page.Json["value"]![0]!["properties"]!["isRegex"]!));
        Assert.Equal("two", (string?)(await ArmAsync("GET", (string)page.Json["nextLink"]!)).Json["value"]![0]!["name"]);

        Assert.Equal(204, (await ArmAsync("POST", Lists + "/rivals/deleteRaiBlocklistItems", new JsonArray("one", "nobody"))).Status);
        Assert.Equal("two", (string?)Assert.Single((await ArmAsync("GET", Lists + "/rivals/raiBlocklistItems")).Json["value"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_batch_with_a_bad_item_changes_nothing_and_names_it()
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Lists + "/rivals", Description(""));
        Answer refused = await ArmAsync("POST", Lists + "/rivals/addRaiBlocklistItems", new JsonArray(Item("one", "Fabrikam"), Item("bad", "(", regex: true)));
        Assert.Equal(400, refused.Status);
        Assert.Contains("'bad'", (string?)refused.Json["error"]!["message"], StringComparison.Ordinal);
        Assert.Empty((await ArmAsync("GET", Lists + "/rivals/raiBlocklistItems")).Json["value"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("LONG")]
    public async Task A_pattern_has_between_one_and_a_thousand_characters(string pattern)
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Lists + "/rivals", Description(""));
        string path = Lists + "/rivals/raiBlocklistItems/one";
        Assert.Equal(400, (await ArmAsync("PUT", path, Item("one", pattern == "LONG" ? new string('x', 1001) : pattern))).Status);
        Assert.Equal(201, (await ArmAsync("PUT", path, Item("one", new string('x', 1000)))).Status);
        Assert.Equal(200, (await ArmAsync("PUT", path, Item("one", "y"))).Status);
    }

    [Theory]
    [InlineData("addRaiBlocklistItems", "{}")]
    [InlineData("addRaiBlocklistItems", "[7]")]
    [InlineData("deleteRaiBlocklistItems", "[{}]")]
    public async Task A_body_of_another_form_is_refused(string action, string body)
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Lists + "/rivals", Description(""));
        Assert.Equal(400, (await ArmAsync("POST", $"{Lists}/rivals/{action}", JsonNode.Parse(body))).Status);
    }

    [Fact]
    public async Task A_single_item_cannot_be_read_as_in_the_service()
    {
        await CreateAccountAsync();
        await ArmAsync("PUT", Lists + "/rivals", Description(""));
        await ArmAsync("PUT", Lists + "/rivals/raiBlocklistItems/one", Item("one", "Fabrikam"));
        Assert.Equal(400, (await ArmAsync("GET", Lists + "/rivals/raiBlocklistItems/one")).Status);
    }

    private static JsonObject Description(string text) => new() { ["properties"] = new JsonObject { ["description"] = text } };

    private static JsonObject Item(string name, string pattern, bool regex = false) =>
        new() { ["name"] = name, ["properties"] = new JsonObject { ["pattern"] = pattern, ["isRegex"] = regex } };
}
