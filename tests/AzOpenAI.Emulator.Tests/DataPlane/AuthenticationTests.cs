using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class AuthenticationTests : EmulatorFixture
{
    private const string V1 = "contoso/openai/v1/chat/completions";
    private const string Dated = "contoso/openai/deployments/chat/chat/completions?api-version=2024-10-21";

    private static readonly JsonObject Body = Chat("Hi", "chat");

    [Fact]
    public async Task Keys_work_as_header_on_both_routes_and_as_bearer_on_v1()
    {
        await CreateChatAsync();
        JsonNode keys = (await ArmAsync("POST", AccountPath() + "/listKeys")).Json;
        foreach (string key in new[] { (string)keys["key1"]!, (string)keys["key2"]! })
        {
            Assert.Equal(200, (await DataAsync(V1, Body, key)).Status);
            Assert.Equal(200, (await DataAsync(Dated, Body, key)).Status);
            Assert.Equal(200, (await DataAsync(V1, Body, bearer: key)).Status);
            Assert.Equal(401, (await DataAsync(Dated, Body, bearer: key)).Status);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_a_regenerated_one_at_once()
    {
        string key = await CreateChatAsync();
        const string message = "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and "
            + "use a correct regional API endpoint for your resource.";
        AssertError(await DataAsync(V1, Body, "wrong"), 401, "401", message);
        await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key1" });
        AssertError(await DataAsync(V1, Body, key), 401, "401", message);
    }

    [Fact]
    public async Task A_new_key_can_be_made_to_take_its_time_while_the_other_goes_on_working()
    {
        string first = await CreateChatAsync();
        string second = (string)(await ArmAsync("POST", AccountPath() + "/listKeys")).Json["key2"]!;
        await ControlAsync("PATCH", "settings", new JsonObject { ["keyDelaySeconds"] = 30 });
        JsonNode keys = (await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key2" })).Json;
        string renewed = (string)keys["key2"]!;

        Assert.Equal(first, (string)keys["key1"]!);
        Assert.NotEqual(second, renewed);
        Assert.Equal(renewed, (string)(await ArmAsync("POST", AccountPath() + "/listKeys")).Json["key2"]!);
        Assert.Equal(401, (await DataAsync(V1, Body, second)).Status);
        Assert.Equal(401, (await DataAsync(V1, Body, renewed)).Status);
        Assert.Equal(401, (await DataAsync("contoso/openai/v1/models", null, renewed, method: "GET")).Status);
        Assert.Equal(200, (await DataAsync(V1, Body, first)).Status);

        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 31 });
        Assert.Equal(200, (await DataAsync(V1, Body, renewed)).Status);
        Assert.Equal(200, (await DataAsync("contoso/openai/v1/models", null, renewed, method: "GET")).Status);
        Assert.Equal(401, (await DataAsync(V1, Body, second)).Status);
    }

    [Fact]
    public async Task A_key_that_takes_its_time_is_unknown_at_the_regional_endpoint_too()
    {
        await CreateAccountAsync(body: AccountBody(subdomain: null));
        await ControlAsync("PATCH", "settings", new JsonObject { ["keyDelaySeconds"] = 30 });
        string renewed = (string)(await ArmAsync("POST", AccountPath() + "/regenerateKey", new JsonObject { ["keyName"] = "Key1" })).Json["key1"]!;
        Assert.Equal(401, (await DataAsync("swedencentral.api/openai/v1/models", null, renewed, method: "GET")).Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 31 });
        Assert.Equal(200, (await DataAsync("swedencentral.api/openai/v1/models", null, renewed, method: "GET")).Status);
    }

    [Fact]
    public async Task Without_credentials_the_gateway_answers_in_its_own_shape()
    {
        await CreateChatAsync();
        Answer answer = await DataAsync(V1, Body);
        Assert.Equal(401, answer.Status);
        Assert.Equal(401, (int)answer.Json["statusCode"]!);
        Assert.Null(answer.Json["error"]);
    }

    [Fact]
    public async Task Entra_tokens_work_on_both_routes_and_need_a_subdomain()
    {
        await CreateChatAsync();
        Assert.Equal(200, (await DataAsync(V1, Body, bearer: EmulatorHost.DummyToken)).Status);
        Assert.Equal(200, (await DataAsync(Dated, Body, bearer: "eyJhbGciOiJub25lIn0.eyJvaWQiOiIxIn0.c2ln")).Status);
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "deny", ["match"] = new JsonObject { ["plane"] = "data" } });
        AssertError(await DataAsync(V1, Body, bearer: EmulatorHost.DummyToken), 401, "PermissionDenied", "Principal does not have access to API/Operation.");
    }

    [Fact]
    public async Task The_regional_endpoint_takes_keys_only()
    {
        await CreateAccountAsync(body: AccountBody(subdomain: null));
        await CreateDeploymentAsync();
        string key = await KeyAsync();
        Assert.Equal(200, (await DataAsync("swedencentral.api/openai/v1/chat/completions", Body, key)).Status);
        Assert.Equal(401, (await DataAsync("swedencentral.api/openai/v1/chat/completions", Body, bearer: EmulatorHost.DummyToken)).Status);
        Assert.Equal(401, (await DataAsync("eastus2.api/openai/v1/chat/completions", Body, key)).Status);
        Assert.Equal(404, (await DataAsync("nowhere.api/openai/v1/chat/completions", Body, key)).Status);
    }

    [Fact]
    public async Task Keys_that_are_disabled_are_a_403()
    {
        string key = await CreateChatAsync();
        await PatchAsync(new JsonObject { ["disableLocalAuth"] = true });
        AssertError(await DataAsync(V1, Body, key), 403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource.");
        Assert.Equal(200, (await DataAsync(V1, Body, bearer: EmulatorHost.DummyToken)).Status);
    }

    [Fact]
    public async Task Network_rules_close_the_door()
    {
        string key = await CreateChatAsync();
        await PatchAsync(new JsonObject { ["networkAcls"] = new JsonObject { ["defaultAction"] = "Deny", ["ipRules"] = new JsonArray(new JsonObject { ["value"] = "10.0.0.0/8" }) } });
        AssertError(await DataAsync(V1, Body, key), 403, "403", "Access denied due to Virtual Network/Firewall rules.");
        await PatchAsync(new JsonObject { ["networkAcls"] = new JsonObject { ["defaultAction"] = "Deny", ["ipRules"] = new JsonArray(new JsonObject { ["value"] = "127.0.0.1" }) } });
        Assert.Equal(200, (await DataAsync(V1, Body, key)).Status);
        await PatchAsync(new JsonObject { ["publicNetworkAccess"] = "Disabled" });
        AssertError(await DataAsync(V1, Body, key), 403, "403", "Public access is disabled. Please configure private endpoint.");
    }

    private async Task PatchAsync(JsonObject properties)
    {
        Answer answer = await ArmAsync("PATCH", AccountPath(), new JsonObject { ["properties"] = properties });
        Assert.Equal(202, answer.Status);
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 60 });
    }
}
