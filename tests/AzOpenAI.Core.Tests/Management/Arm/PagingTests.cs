using AzOpenAI.Core.Management.Resources;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

public sealed class PagingTests
{
    private const string First = "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.CognitiveServices/accounts?api-version=2025-06-01";

    [Fact]
    public async Task All_pages_are_read_in_order()
    {
        var handler = new ScriptedHandler(
            _ => Json($$"""{"value":[{{ScriptedArm.AccountJson()}}],"nextLink":"http://127.0.0.1:9/page2?x=1"}"""),
            _ => Json($$"""{"value":[{{ScriptedArm.AccountJson().Replace("contoso", "fabrikam", StringComparison.Ordinal)}}]}"""));

        List<Resource> all = await ScriptedArm.AllAsync(ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token));

        Assert.Equal(["contoso", "fabrikam"], all.Select(r => r.Name));
        Assert.Equal([$"GET {First}", "GET /page2?x=1"], handler.Lines);
    }

    [Fact]
    public async Task A_reader_who_stops_early_asks_for_no_more_pages()
    {
        var handler = new ScriptedHandler(_ => Json($$"""{"value":[{{ScriptedArm.AccountJson()}}],"nextLink":"http://127.0.0.1:9/page2"}"""));

        await foreach (Resource _ in ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token))
            break;

        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("https://evil.example/next")]
    [InlineData("http://127.0.0.1:10/next")]
    [InlineData("https://127.0.0.1:9/next")]
    [InlineData("http://user@127.0.0.1:9/next")]
    public async Task A_next_page_on_another_host_is_refused(string link)
    {
        var handler = new ScriptedHandler(_ => Json($$"""{"value":[],"nextLink":"{{link}}"}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token)));

        Assert.Equal("ForeignLink", e.ErrorId);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_list_that_links_to_itself_ends_with_an_error()
    {
        var handler = new ScriptedHandler(_ => Json("""{"value":[],"nextLink":"http://127.0.0.1:9/again"}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token)));

        Assert.Equal("EndlessList", e.ErrorId);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task A_list_of_ever_new_empty_pages_ends_with_an_error()
    {
        int page = 0;
        var handler = new ScriptedHandler(_ => Json($$"""{"value":[],"nextLink":"http://127.0.0.1:9/page{{++page}}"}"""));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token)));

        Assert.Equal("EndlessList", e.ErrorId);
    }

    [Fact]
    public async Task Accounts_of_other_services_are_passed_over()
    {
        var handler = new ScriptedHandler(_ => Json($$"""{"value":[{{ScriptedArm.AccountJson().Replace("\"OpenAI\"", "\"Face\"", StringComparison.Ordinal)}},{{ScriptedArm.AccountJson()}}]}"""));

        Assert.Equal("OpenAI", Assert.Single(await ScriptedArm.AllAsync(ScriptedArm.Client(handler).Resources.ListAsync(null, ScriptedArm.Token))).Kind);
    }
}
