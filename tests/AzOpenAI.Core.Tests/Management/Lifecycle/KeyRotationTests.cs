using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Keys;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class KeyRotationTests : EmulatedAzure
{
    private readonly List<RotatedKey> _handed = [];

    [Fact]
    public async Task A_new_key_replaces_the_old_one_and_leaves_the_other()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, string key2) = await KeysAsync(resource);
        ResourceKey renewed = await Client.Resources.RegenerateKeyAsync(resource, KeyName.Key1, "chat", Stop);

        Assert.NotEqual(key1, SecureText.Reveal(renewed.Key1!));
        Assert.Equal(key2, SecureText.Reveal(renewed.Key2!));
        Assert.Equal("chat", renewed.Deployment);
        Assert.Equal((SecureText.Reveal(renewed.Key1!), key2), await KeysAsync(resource));
        Assert.Equal(401, await CallAsync(resource, key1));
        Assert.Equal(200, await CallAsync(resource, key2));
    }

    [Theory]
    [InlineData(KeyName.Key1, KeyName.Key2)]
    [InlineData(KeyName.Key2, KeyName.Key1)]
    public async Task Only_the_key_that_is_not_in_use_is_regenerated_tried_and_handed_over(KeyName inUse, KeyName spare)
    {
        Resource resource = await CreateResourceAsync();
        (string key1, string key2) = await KeysAsync(resource);
        KeyRotation rotation = Assert.Single(await RotateAsync(Wanted(resource, inUse)));

        RotatedKey handed = Assert.Single(_handed);
        Assert.Equal((spare, inUse, true), (handed.KeyName, handed.UnchangedKey, handed.Verified));
        Assert.Equal((spare, inUse, true), (rotation.RegeneratedKey, rotation.UnchangedKey, rotation.Verified));
        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(handed.Key)));
        Assert.Equal(200, await CallAsync(resource, inUse == KeyName.Key1 ? key1 : key2));
        Assert.Equal(401, await CallAsync(resource, inUse == KeyName.Key1 ? key2 : key1));
        Assert.Single(Writes, line => line.EndsWith("/regenerateKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_in_use_is_recognised_by_its_value()
    {
        Resource resource = await CreateResourceAsync();
        (_, string key2) = await KeysAsync(resource);
        KeyRotationPlan plan = await new KeyRotator(Client).PlanAsync(new KeyRotationRequest { Resource = resource, CurrentKey = SecureText.Protect(key2) }, Stop);

        Assert.Equal((KeyName.Key2, KeyName.Key1), (plan.KeyInUse, plan.SpareKey));
        Assert.Equal(["Regenerate: Key1 of resource 'contoso' in 'rg'"], plan.Steps.Select(step => step.ToString()));
    }

    [Fact]
    public async Task Doubts_about_the_key_in_use_change_nothing()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, _) = await KeysAsync(resource);
        int writes = Writes.Count;
        var wrong = new KeyRotationRequest { Resource = resource, CurrentKey = SecureText.Protect("another") };

        Assert.Equal("KeyInUseMissing", (await ScriptedArm.FailsAsync(() => RotateAsync(new KeyRotationRequest { Resource = resource }))).ErrorId);
        Assert.Equal("KeyInUseUnknown", (await ScriptedArm.FailsAsync(() => RotateAsync(wrong))).ErrorId);
        AzOpenAIException mismatch = await ScriptedArm.FailsAsync(() => RotateAsync(Wanted(resource, KeyName.Key2) with { CurrentKey = SecureText.Protect(key1) }));
        Assert.Equal("KeyInUseMismatch", mismatch.ErrorId);
        Assert.Contains("uses Key1", mismatch.Message, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task A_data_plane_that_cannot_be_asked_is_found_out_before_anything_changes()
    {
        Resource resource = await CreateResourceAsync(Wanted() with { PublicNetworkAccess = "Disabled" });
        int writes = Writes.Count;
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => RotateAsync(Wanted(resource, KeyName.Key1)));

        Assert.Equal("DataPlaneNotReachable", failure.ErrorId);
        Assert.Contains("-NoProbe", failure.Suggestion, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);

        KeyRotation rotation = Assert.Single(await RotateAsync(Wanted(resource, KeyName.Key1) with { Probe = false }));
        Assert.False(rotation.Verified);
    }

    [Fact]
    public async Task Keys_that_are_switched_off_are_explained()
    {
        Resource resource = await CreateResourceAsync(Wanted() with { DisableLocalAuth = true });
        int writes = Writes.Count;
        AzOpenAIException rotating = await ScriptedArm.FailsAsync(() => RotateAsync(Wanted(resource, KeyName.Key1)));
        AzOpenAIException renewing = await ScriptedArm.FailsAsync(() => Client.Resources.RegenerateKeyAsync(resource, KeyName.Key1, null, Stop));

        Assert.Equal(("LocalAuthDisabled", "LocalAuthDisabled"), (rotating.ErrorId, renewing.ErrorId));
        Assert.Contains("Entra ID", renewing.Suggestion, StringComparison.Ordinal);
        Assert.Equal(writes, Writes.Count);
    }

    [Fact]
    public async Task A_new_key_that_takes_its_time_is_waited_for()
    {
        Resource resource = await CreateResourceAsync();
        await ControlAsync(HttpMethod.Patch, "settings", new JsonObject { ["keyDelaySeconds"] = 1 });
        KeyRotation rotation = Assert.Single(await RotateAsync(Wanted(resource, KeyName.Key1)));

        Assert.True(rotation.Verified);
        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(Assert.Single(_handed).Key)));
    }

    [Fact]
    public async Task A_key_that_is_never_accepted_is_not_handed_over_and_the_old_one_works()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, _) = await KeysAsync(resource);
        await ControlAsync(HttpMethod.Patch, "settings", new JsonObject { ["keyDelaySeconds"] = 3600 });
        ManagementClient hasty = new(Client.Context, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(1) });
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => RotateAsync(Wanted(resource, KeyName.Key1), hasty));

        Assert.Equal("KeyNotVerified", failure.ErrorId);
        Assert.StartsWith("Key2 of 'contoso' was regenerated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Key1 is unchanged and still works", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_handed);
        Assert.Equal(200, await CallAsync(resource, key1));
    }

    [Fact]
    public async Task With_both_the_old_key_follows_after_the_grace_period_and_is_handed_over_too()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, string key2) = await KeysAsync(resource);
        var seen = new List<int>();
        List<KeyRotation> rotations = await RotateAsync(
            Wanted(resource, KeyName.Key1) with { Both = true, GracePeriod = TimeSpan.FromSeconds(1) }, between: async () => seen.Add(await CallAsync(resource, key1)));

        Assert.Equal([KeyName.Key2, KeyName.Key1], rotations.Select(rotation => rotation.RegeneratedKey));
        Assert.Equal([KeyName.Key2, KeyName.Key1], _handed.Select(key => key.KeyName));
        Assert.Equal([200, 401], seen);
        Assert.Equal(401, await CallAsync(resource, key2));
        Assert.All(_handed, key => Assert.True(key.Verified));
        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(_handed[0].Key)));
        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(_handed[1].Key)));
        Assert.Contains(Reporter.Warnings, warning => warning.Contains("Key1 keeps working and will be regenerated in 1 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stopped_in_the_grace_period_both_keys_go_on_working()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, _) = await KeysAsync(resource);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        KeyRotator rotator = new(Client);
        KeyRotationPlan plan = await rotator.PlanAsync(Wanted(resource, KeyName.Key1) with { Both = true, GracePeriod = TimeSpan.FromHours(1) }, Stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (KeyRotation _ in rotator.ApplyAsync(plan, Keep, stop.Token))
                stop.CancelAfter(TimeSpan.FromMilliseconds(100));
        });

        Assert.Equal(200, await CallAsync(resource, key1));
        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(Assert.Single(_handed).Key)));
    }

    [Fact]
    public async Task Somebody_else_who_rotates_meanwhile_does_not_lock_everybody_out()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, _) = await KeysAsync(resource);
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => RotateAsync(
            Wanted(resource, KeyName.Key1) with { Both = true },
            between: () => Client.Resources.RegenerateKeyAsync(resource, KeyName.Key2, null, Stop)));

        Assert.Equal("KeyChangedMeanwhile", failure.ErrorId);
        Assert.StartsWith("Another process changed Key2 of 'contoso'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(200, await CallAsync(resource, key1));
    }

    [Fact]
    public async Task A_sink_that_fails_ends_it_before_the_old_key_is_touched()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, _) = await KeysAsync(resource);
        KeyRotator rotator = new(Client);
        KeyRotationPlan plan = await rotator.PlanAsync(Wanted(resource, KeyName.Key1) with { Both = true }, Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => ScriptedArm.AllAsync(rotator.ApplyAsync(plan, (_, _) => throw new InvalidOperationException("The vault is shut."), Stop)));

        Assert.Equal(200, await CallAsync(resource, key1));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_made_up_for_by_the_keys_themselves_and_nothing_is_sent_twice()
    {
        Resource resource = await CreateResourceAsync();
        (string key1, string key2) = await KeysAsync(resource);
        await FaultAsync("drop");
        ResourceKey renewed = await Client.Resources.RegenerateKeyAsync(resource, KeyName.Key2, null, Stop);

        Assert.Equal(key1, SecureText.Reveal(renewed.Key1!));
        Assert.NotEqual(key2, SecureText.Reveal(renewed.Key2!));
        Assert.Single(Wire, line => line.EndsWith("/regenerateKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Garbage_for_an_answer_is_made_up_for_too()
    {
        Resource resource = await CreateResourceAsync();
        await FaultAsync("garbage");
        ResourceKey renewed = await Client.Resources.RegenerateKeyAsync(resource, KeyName.Key2, null, Stop);

        Assert.Equal(200, await CallAsync(resource, SecureText.Reveal(renewed.Key2!)));
    }

    [Fact]
    public async Task A_failure_of_the_service_is_not_tried_again_and_the_state_is_told()
    {
        Resource resource = await CreateResourceAsync();
        (string, string) before = await KeysAsync(resource);
        await FaultAsync("status", new JsonObject { ["status"] = 503 });
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => Client.Resources.RegenerateKeyAsync(resource, KeyName.Key1, null, Stop));

        Assert.Equal("KeyNotRegenerated", failure.ErrorId);
        Assert.Contains("both keys are unchanged", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await KeysAsync(resource));
        Assert.Single(Wire, line => line.EndsWith("/regenerateKey", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_keys_cannot_be_read_either_nobody_claims_to_know()
    {
        Resource resource = await CreateResourceAsync();
        await FaultAsync("drop", new JsonObject { ["match"] = new JsonObject { ["path"] = "/regenerateKey" } });
        // The first listKeys is the look before the change.
        ManagementClient client = new(Client.Context, new ServiceOptions { MaxWait = TimeSpan.FromSeconds(1) });
        KeyRotator rotator = new(client);
        KeyRotationPlan plan = await rotator.PlanAsync(Wanted(resource, KeyName.Key1) with { Probe = false }, Stop);
        await FaultAsync("status", new JsonObject { ["status"] = 500, ["match"] = new JsonObject { ["path"] = "/listKeys" } });
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => ScriptedArm.AllAsync(rotator.ApplyAsync(plan, Keep, Stop)));

        Assert.Equal("KeyStateUnknown", failure.ErrorId);
        Assert.Contains("Key1 is unchanged and still works", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_handed);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        Resource resource = await CreateResourceAsync();
        await FaultAsync("throttle", new JsonObject { ["seconds"] = 1, ["count"] = 1 });
        await Client.Resources.RegenerateKeyAsync(resource, KeyName.Key1, null, Stop);

        Assert.Equal(2, Wire.Count(line => line.EndsWith("/regenerateKey", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_resource_is_found_by_its_endpoint()
    {
        Resource resource = await CreateResourceAsync();
        Assert.Equal(resource.Id, (await Client.Resources.FindByEndpointAsync(resource.Endpoint!, Stop)).Id);
        AzOpenAIException failure = await ScriptedArm.FailsAsync(() => Client.Resources.FindByEndpointAsync(new Uri("https://nobody.openai.azure.com/"), Stop));
        Assert.Equal("ResourceNotFoundAtEndpoint", failure.ErrorId);
    }

    private static KeyRotationRequest Wanted(Resource resource, KeyName inUse) => new() { Resource = resource, KeyInUse = inUse };

    private Task Keep(RotatedKey key, CancellationToken cancellationToken)
    {
        _handed.Add(key);
        return Task.CompletedTask;
    }

    private async Task<List<KeyRotation>> RotateAsync(KeyRotationRequest request, ManagementClient? client = null, Func<Task>? between = null)
    {
        KeyRotator rotator = new(client ?? Client);
        KeyRotationPlan plan = await rotator.PlanAsync(request, Stop);
        var all = new List<KeyRotation>();
        await foreach (KeyRotation rotation in rotator.ApplyAsync(plan, Keep, Stop))
        {
            all.Add(rotation);
            await (between?.Invoke() ?? Task.CompletedTask);
        }

        return all;
    }

    private async Task<(string Key1, string Key2)> KeysAsync(Resource resource)
    {
        ResourceKey keys = await Client.Resources.GetKeysAsync(resource, null, Stop);
        return (SecureText.Reveal(keys.Key1!), SecureText.Reveal(keys.Key2!));
    }

    /// <summary>Status of a call with that key, by a plain client.</summary>
    private static async Task<int> CallAsync(Resource resource, string key)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(resource.Endpoint!, "openai/v1/models"));
        request.Headers.Add("api-key", key);
        using HttpResponseMessage response = await client.SendAsync(request, Stop);
        return (int)response.StatusCode;
    }

    private Task FaultAsync(string kind, JsonObject? more = null)
    {
        JsonObject fault = more ?? [];
        fault["kind"] = kind;
        fault["match"] ??= new JsonObject { ["path"] = "/regenerateKey" };
        return ControlAsync(HttpMethod.Post, "faults", fault);
    }

    private async Task ControlAsync(HttpMethod method, string path, JsonObject body)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(method, new Uri(Host.BaseUri, "_emulator/" + path)) { Content = JsonContent.Create(body) };
        using HttpResponseMessage response = await client.SendAsync(request, Stop);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }
}
