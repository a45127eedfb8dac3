using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class IdentityTests : EmulatorFixture
{
    private const string One = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one";
    private const string Two = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/two";

    [Fact]
    public async Task Identities_are_given_and_taken_one_by_one_and_keep_their_principals()
    {
        await CreateAccountAsync();
        JsonNode system = await PatchAsync("SystemAssigned", []);
        string principal = (string)system["principalId"]!;
        JsonNode both = await PatchAsync("SystemAssigned, UserAssigned", new JsonObject { [One] = new JsonObject(), [Two] = new JsonObject() });
        Assert.Equal(principal, (string?)both["principalId"]);
        Assert.NotNull(both["userAssignedIdentities"]![One]!["clientId"]);
        JsonNode less = await PatchAsync("UserAssigned", new JsonObject { [One] = null });
        Assert.Null(less["principalId"]);
        Assert.Equal(Two, Assert.Single(less["userAssignedIdentities"]!.AsObject()).Key);
        Assert.Equal("None", (string?)(await PatchAsync("None", []))["type"]);
    }

    private async Task<JsonNode> PatchAsync(string type, JsonObject users)
    {
        JsonObject identity = new() { ["type"] = type };
        if (users.Count > 0)
        {
            identity["userAssignedIdentities"] = users;
        }

        Answer answer = await ArmAsync("PATCH", AccountPath(), new JsonObject { ["identity"] = identity });
        Assert.Equal(200, answer.Status);
        return answer.Json["identity"]!;
    }
}
