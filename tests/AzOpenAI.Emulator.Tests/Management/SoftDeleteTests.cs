using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class SoftDeleteTests : EmulatorFixture
{
    private string Deleted => $"{Subscription}/{Provider}/locations/swedencentral/{Group()}/deletedAccounts/contoso";

    private static JsonObject RestoreBody() => new() { ["location"] = "SWEDENCENTRAL", ["properties"] = new JsonObject { ["restore"] = true } };

    [Fact]
    public async Task A_deleted_account_can_be_read_for_48_hours()
    {
        await CreateAccountAsync();
        await ArmAsync("DELETE", AccountPath());
        JsonNode deleted = (await ArmAsync("GET", Deleted)).Json;
        Assert.Equal("/" + Deleted, (string?)deleted["id"]);
        Assert.Equal("Microsoft.CognitiveServices/deletedAccounts", (string?)deleted["type"]);
        DateTimeOffset gone = DateTimeOffset.Parse((string)deleted["properties"]!["deletionDate"]!, System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset purge = DateTimeOffset.Parse((string)deleted["properties"]!["scheduledPurgeDate"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromHours(48), purge - gone);

        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 48 * 3600 });
        Assert.Equal(404, (await ArmAsync("GET", Deleted)).Status);
        Assert.Equal(201, (await ArmAsync("PUT", AccountPath(), AccountBody())).Status);
    }

    [Fact]
    public async Task Its_name_and_subdomain_stay_taken_until_it_is_purged()
    {
        await CreateAccountAsync();
        await ArmAsync("DELETE", AccountPath());
        AssertError(
            await ArmAsync("PUT", AccountPath(), AccountBody()), 409, "FlagMustBeSetForRestore",
            $"An existing resource with ID '/{AccountPath()}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. "
            + "If you don't want to restore existing resource, please purge it first.");
        Answer other = await ArmAsync("PUT", AccountPath("other"), AccountBody());
        Assert.Equal("CustomDomainInUse", (string?)other.Json["error"]!["code"]);
        await ArmAsync("DELETE", Deleted);
        Assert.Equal(201, (await ArmAsync("PUT", AccountPath(), AccountBody())).Status);
    }

    [Fact]
    public async Task Restore_brings_back_the_same_account_with_keys_and_deployments()
    {
        string key = await CreateChatAsync();
        string before = (string)(await ArmAsync("GET", AccountPath())).Json["properties"]!["internalId"]!;
        await ArmAsync("DELETE", AccountPath());
        Answer restored = await ArmAsync("PUT", AccountPath(), RestoreBody());
        Assert.Equal(201, restored.Status);
        await PollAsync(restored.Header("Azure-AsyncOperation")!);
        JsonNode account = (await ArmAsync("GET", AccountPath())).Json;
        Assert.Equal(before, (string?)account["properties"]!["internalId"]);
        Assert.Equal("OpenAI", (string?)account["kind"]);
        Assert.Equal(key, await KeyAsync());
        Assert.Equal(200, (await DataAsync("contoso/openai/v1/chat/completions", Chat("Hi", "chat"), key)).Status);
        Assert.Equal(404, (await ArmAsync("GET", Deleted)).Status);
    }

    [Fact]
    public async Task There_is_nothing_to_restore_where_nothing_was_deleted()
    {
        await CreateGroupAsync();
        Assert.Equal(404, (await ArmAsync("PUT", AccountPath(), RestoreBody())).Status);
    }

    [Fact]
    public async Task Deployments_of_a_deleted_account_hold_their_quota()
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync(body: DeploymentBody(capacity: 30));
        await ArmAsync("DELETE", AccountPath());
        Assert.Equal(30, await UsedAsync());
        await ArmAsync("DELETE", Deleted);
        Assert.Equal(0, await UsedAsync());
    }

    private async Task<int> UsedAsync()
    {
        JsonNode usages = (await ArmAsync("GET", $"{Subscription}/{Provider}/locations/swedencentral/usages?$top=1000")).Json;
        string? next = "";
        while (next is not null)
        {
            JsonNode? row = usages["value"]!.AsArray().FirstOrDefault(r => (string?)r!["name"]!["value"] == "OpenAI.GlobalStandard.gpt-5-mini");
            if (row is not null)
            {
                return (int)row["currentValue"]!;
            }

            next = (string?)usages["nextLink"];
            usages = next is null ? usages : (await ArmAsync("GET", next)).Json;
        }

        Assert.Fail("The quota row is missing.");
        return -1;
    }
}
