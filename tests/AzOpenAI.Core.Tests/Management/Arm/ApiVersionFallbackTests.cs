using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Tests.Http;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

/// <summary>Deployments are read in a version that sovereign clouds may not have yet.</summary>
public sealed class ApiVersionFallbackTests
{
    private const string Deployment = """{"name":"chat","sku":{"name":"Standard","capacity":1},"properties":{"model":{"format":"OpenAI","name":"gpt","version":"1"},"provisioningState":"Succeeded"}}""";
    private const string Refused = "No registered resource provider found for location 'eastus' and API version '2025-12-01' for type 'accounts/deployments'. The supported api-versions are '2025-06-01'. The supported locations are 'eastus'.";

    [Fact]
    public async Task A_cloud_that_is_behind_is_asked_once_in_the_new_version_and_then_in_the_old_one()
    {
        var reporter = new RecordingReporter();
        var handler = new ScriptedHandler(r => r.Uri.Query.Contains("2025-12-01", StringComparison.Ordinal) ? Error(400, "NoRegisteredProviderFound", Refused) : One(r));
        ManagementClient client = ScriptedArm.Client(handler, reporter);

        Deployment first = await client.Deployments.GetAsync(ScriptedArm.Resource, "chat", ScriptedArm.Token);
        List<Deployment> all = await ScriptedArm.AllAsync(client.Deployments.ListAsync(ScriptedArm.Resource, ScriptedArm.Token));

        Assert.Equal("chat", first.Name);
        Assert.Null(first.State);
        Assert.Single(all);
        Assert.Equal(["2025-12-01", "2025-06-01", "2025-06-01"], handler.Requests.Select(r => r.Uri.Query.Split('=')[1]));
    }

    [Fact]
    public async Task A_cloud_that_knows_neither_version_gets_an_error_of_the_version()
    {
        var handler = new ScriptedHandler(_ => Error(400, "NoRegisteredProviderFound", Refused));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, "chat", ScriptedArm.Token));

        Assert.Equal("ApiVersionRefused", e.ErrorId);
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public async Task Another_refusal_is_no_reason_to_ask_again()
    {
        var handler = new ScriptedHandler(_ => Error(403, "AuthorizationFailed", "no"));

        Assert.Equal("PermissionDenied", (await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, "chat", ScriptedArm.Token))).ErrorId);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Pausing_needs_the_new_version_and_says_so()
    {
        var handler = new ScriptedHandler(r => r.Method == "POST" ? Error(400, "NoRegisteredProviderFound", Refused) : One(r));
        ManagementClient client = ScriptedArm.Client(handler);

        Deployment deployment = await client.Deployments.GetAsync(ScriptedArm.Resource, "chat", ScriptedArm.Token);

        Assert.Equal("ApiVersionRefused", (await ScriptedArm.FailsAsync(() => client.Deployments.SuspendAsync(ScriptedArm.Resource, deployment, ScriptedArm.Token))).ErrorId);
        Assert.Equal("POST", handler.Requests[^1].Method);
        Assert.Contains("2025-12-01", handler.Requests[^1].Uri.Query, StringComparison.Ordinal);
    }

    private static HttpResponseMessage One(SentRequest request) =>
        Json(request.Uri.AbsolutePath.EndsWith("/deployments", StringComparison.Ordinal) ? $$"""{"value":[{{Deployment}}]}""" : Deployment);
}
