using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Resources;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

public sealed class BadAnswerTests
{
    [Theory]
    [InlineData("<html><body><h1>Sign in</h1></body></html>", "'Sign in'")]
    [InlineData("{\"id\":", "broken JSON")]
    [InlineData("", "an empty body")]
    [InlineData("null", "null")]
    [InlineData("[]", "unexpected type")]
    [InlineData("\"text\"", "unexpected type")]
    [InlineData("{}", "no 'id'")]
    [InlineData("{\"id\":\"/subscriptions/1/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso\",\"name\":\"contoso\",\"location\":\"x\"}", "no 'kind'")]
    [InlineData("{\"id\":\"contoso\",\"name\":\"contoso\",\"location\":\"x\",\"kind\":\"OpenAI\"}", "no 'resource group in the ID'")]
    [InlineData("{\"id\":{},\"name\":7}", "unexpected type")]
    public async Task What_is_no_account_is_an_invalid_response_that_says_what_came(string body, string found)
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Text(body, "text/html"))).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal("InvalidResponse", e.ErrorId);
        Assert.Equal(ErrorKind.InvalidResponse, e.Kind);
        Assert.Contains(found, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_value_is_no_empty_list()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(ScriptedArm.Client(new ScriptedHandler(_ => Json("{}"))).Resources.ListAsync(null, ScriptedArm.Token)));

        Assert.Equal("InvalidResponse", e.ErrorId);
    }

    [Fact]
    public async Task Broken_keys_are_not_shown()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() =>
            ScriptedArm.Client(new ScriptedHandler(_ => Json("{\"key1\":\"canary-canary-canary"))).Resources.GetKeysAsync(ScriptedArm.Resource, null, ScriptedArm.Token));

        Assert.Equal("InvalidResponse", e.ErrorId);
        Assert.DoesNotContain("canary", e.ToString() + e.Suggestion + e.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_states_kinds_and_fields_are_taken_as_they_are()
    {
        string body = ScriptedArm.AccountJson("Meditating", ",\"publicNetworkAccess\":\"Sometimes\",\"unheard\":{\"of\":[1]}").Replace("\"OpenAI\"", "\"OpenAINext\"", StringComparison.Ordinal);

        Resource resource = await ScriptedArm.Client(new ScriptedHandler(_ => Json(body))).Resources.GetAsync("rg", "contoso", ScriptedArm.Token);

        Assert.Equal(("Meditating", "Sometimes", "OpenAINext"), (resource.ProvisioningState, resource.PublicNetworkAccess, resource.Kind));
        Assert.Contains("unheard", resource.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_html_error_page_of_ten_megabytes_becomes_one_short_sentence()
    {
        string page = "<html><title>Bad gateway</title>" + new string('x', 10_000_000) + "</html>";

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(new ScriptedHandler(_ => Text(page, "text/html", 404))).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(("ServiceError", 404), (e.ErrorId, e.StatusCode));
        Assert.Contains("Bad gateway", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 1, 500);
        Assert.InRange(e.ResponseBody!.Length, 1, 64 * 1024);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var handler = new ScriptedHandler(_ => Empty(307, ("Location", "https://evil.example/")));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal(("ServiceError", ErrorKind.InvalidResponse), (e.ErrorId, e.Kind));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Names_cannot_reach_another_object()
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson()));

        AzOpenAIException group = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Resources.GetAsync("rg/../other", "contoso", ScriptedArm.Token));
        AzOpenAIException name = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Resources.GetAsync("rg", "con?toso#x", ScriptedArm.Token));

        Assert.Equal(nameof(Messages.ResourceGroupNameInvalid), group.ErrorId);
        Assert.Equal(nameof(Messages.ResourceNameInvalid), name.ErrorId);
        Assert.Empty(handler.Requests);
    }
}
