using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Requests;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Requests;

public sealed class RequestOperationsTests
{
    private const string Deployment = ScriptedArm.Account + "/deployments/chat";

    [Theory]
    [InlineData("/subscriptions", "2022-12-01")]
    [InlineData("tenants", "2022-12-01")]
    [InlineData("/subscriptions/{subscriptionId}/locations", "2022-12-01")]
    [InlineData("/subscriptions/x/resourceGroups/rg", "2022-09-01")]
    [InlineData("/subscriptions/x/resources", "2022-09-01")]
    [InlineData("/subscriptions/x/providers/Microsoft.Foo", "2022-09-01")]
    [InlineData("/subscriptions/x/providers/Microsoft.Foo/register", "2022-09-01")]
    [InlineData("/subscriptions/x/providers/Microsoft.CognitiveServices/locations/eastus/usages", "2025-06-01")]
    [InlineData(ScriptedArm.Account, "2025-06-01")]
    [InlineData(Deployment, "2025-12-01")]
    [InlineData(ScriptedArm.Account + "/providers/Microsoft.Authorization/roleAssignments", "2022-04-01")]
    public async Task The_api_version_is_the_one_that_the_module_uses_itself(string path, string version)
    {
        var handler = new ScriptedHandler(_ => Json("{}"));

        using RawResponse response = await ScriptedArm.Client(handler).Requests.SendAsync(Get(path), wait: false, ScriptedArm.Token);

        Assert.EndsWith("?api-version=" + version, Assert.Single(handler.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("{", handler.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_in_the_path_or_beside_it_wins()
    {
        var handler = new ScriptedHandler(_ => Json("{}"));
        RequestOperations requests = ScriptedArm.Client(handler).Requests;

        using RawResponse first = await requests.SendAsync(Get("/providers/Microsoft.Foo/bars?api-version=2020-01-01&$top=1"), wait: false, ScriptedArm.Token);
        using RawResponse second = await requests.SendAsync(
            Get("/providers/Microsoft.Foo/bars") with { ApiVersion = "2021-01-01", Query = new Dictionary<string, string> { ["$filter"] = "a eq 'b'" } }, wait: false, ScriptedArm.Token);

        Assert.Equal(
            ["GET /providers/Microsoft.Foo/bars?api-version=2020-01-01&$top=1", "GET /providers/Microsoft.Foo/bars?api-version=2021-01-01&%24filter=a%20eq%20%27b%27"], handler.Lines);
    }

    [Fact]
    public async Task An_object_of_another_provider_needs_a_version()
    {
        AzOpenAIException error = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Json("{}"))).Requests.SendAsync(Get("/providers/Microsoft.Foo/bars"), wait: false, ScriptedArm.Token));

        Assert.Equal(nameof(Messages.RequestApiVersionMissing), error.ErrorId);
        Assert.Contains("Microsoft.Foo", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/subscriptions/x", true)]
    [InlineData("subscriptions", true)]
    [InlineData("/Providers/Microsoft.CognitiveServices", true)]
    [InlineData("https://management.azure.com/subscriptions/x", true)]
    [InlineData("https://management.azure.com/other", false)]
    [InlineData("https://evil.example/subscriptions/x", false)]
    [InlineData("models", false)]
    [InlineData("subscriptions-of-mine", false)]
    public void A_path_tells_its_plane(string path, bool expected) => Assert.Equal(expected, RequestOperations.IsOf(path, new Uri("https://management.azure.com/")));

    [Fact]
    public async Task A_change_is_followed_to_its_end_where_that_is_wanted()
    {
        var handler = new ScriptedHandler(
            _ => Json("""{"properties":{"provisioningState":"Creating"}}""", 201),
            _ => Json("""{"properties":{"provisioningState":"Creating"}}"""),
            _ => Json("""{"properties":{"provisioningState":"Succeeded"}}"""));
        RawRequest put = Get(Deployment) with { Method = "PUT", Body = new RawBody { Bytes = "{}"u8.ToArray() } };

        using RawResponse response = await ScriptedArm.Client(handler).Requests.SendAsync(put, wait: true, ScriptedArm.Token);

        Assert.Contains("Succeeded", System.Text.Encoding.UTF8.GetString((await response.ReadAsync(ScriptedArm.Token)).Span), StringComparison.Ordinal);
        Assert.Equal(["PUT", "GET", "GET"], handler.Requests.Select(static request => request.Method));
        Assert.Equal("{}", handler.Requests[0].Body);
    }

    [Fact]
    public async Task A_post_that_changes_something_is_not_repeated_and_one_that_reads_is()
    {
        var failing = new ScriptedHandler(_ => Error(503, "ServiceUnavailable", "later"));
        await ScriptedArm.FailsAsync(() => ScriptedArm.Client(failing).Requests.SendAsync(Get(ScriptedArm.Account + "/regenerateKey") with { Method = "POST" }, wait: false, ScriptedArm.Token));
        Assert.Single(failing.Requests);

        var passing = new ScriptedHandler(_ => Error(503, "ServiceUnavailable", "later"), _ => Json("{}"));
        using RawResponse response = await ScriptedArm.Client(passing).Requests.SendAsync(Get(ScriptedArm.Account + "/listKeys") with { Method = "POST" }, wait: false, ScriptedArm.Token);
        Assert.Equal(2, passing.Requests.Count);
    }

    [Fact]
    public async Task To_delete_what_is_not_there_is_an_error()
    {
        var handler = new ScriptedHandler(_ => Error(404, "ResourceNotFound", "The Resource 'Microsoft.CognitiveServices/accounts/contoso' under resource group 'rg' was not found."));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Requests.SendAsync(Get(ScriptedArm.Account) with { Method = "DELETE" }, wait: false, ScriptedArm.Token));

        Assert.Equal(nameof(Messages.ResourceNotFound), error.ErrorId);
    }

    [Fact]
    public async Task A_list_is_followed_on_the_same_host_only()
    {
        var handler = new ScriptedHandler(
            _ => Json("""{"value":[{"name":"a"}],"nextLink":"http://127.0.0.1:9/page2?skip=1"}"""),
            _ => Json("""{"value":[{"name":"b"}],"nextLink":"http://evil.example/page3"}"""));
        List<string> items = [];

        AzOpenAIException error = await ScriptedArm.FailsAsync(async () =>
        {
            await foreach (string item in ScriptedArm.Client(handler).Requests.ListAsync(Get(ScriptedArm.Account + "/deployments"), ScriptedArm.Token))
                items.Add(item);
        });

        Assert.Equal(["""{"name":"a"}""", """{"name":"b"}"""], items);
        Assert.Equal(nameof(Messages.ForeignLink), error.ErrorId);
    }

    [Fact]
    public async Task A_list_that_links_to_itself_ends()
    {
        var handler = new ScriptedHandler(_ => Json("""{"value":[],"nextLink":"http://127.0.0.1:9/page2"}"""));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(ScriptedArm.Client(handler).Requests.ListAsync(Get(ScriptedArm.Account + "/deployments"), ScriptedArm.Token)));

        Assert.Equal(nameof(Messages.EndlessList), error.ErrorId);
    }

    private static RawRequest Get(string path) => new() { Method = "GET", Path = path };
}
