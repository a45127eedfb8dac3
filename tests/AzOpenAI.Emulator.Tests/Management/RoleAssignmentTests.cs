using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Management;

public sealed class RoleAssignmentTests : EmulatorFixture
{
    private const string Version = "2022-04-01";
    private const string User = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
    private const string Contributor = "a001fd3d-188f-4b5d-821b-7da978bf7442";
    private const string Principal = "33333333-3333-4333-8333-333333333333";
    private const string Me = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
    private const string First = "00000000-0000-4000-8000-000000000001";
    private const string Second = "00000000-0000-4000-8000-000000000002";

    [Fact]
    public async Task A_role_is_assigned_read_listed_and_taken_away()
    {
        await CreateAccountAsync();
        Answer made = await PutAsync(AccountPath(), First);
        Assert.Equal(201, made.Status);
        JsonNode properties = made.Json["properties"]!;
        Assert.Equal($"/{AccountPath()}/providers/Microsoft.Authorization/roleAssignments/{First}", (string?)made.Json["id"]);
        Assert.Equal("/" + AccountPath(), (string?)properties["scope"]);
        Assert.Equal(("ServicePrincipal", Principal), ((string?)properties["principalType"], (string?)properties["principalId"]));
        Assert.EndsWith(User, (string?)properties["roleDefinitionId"], StringComparison.Ordinal);

        Assert.Equal(200, (await PutAsync(AccountPath(), First)).Status);
        Assert.Equal(First, (string?)(await CallAsync("GET", AccountPath(), First)).Json["name"]);
        Assert.Single(await ListAsync(AccountPath()));
        Assert.Equal(200, (await CallAsync("DELETE", AccountPath(), First)).Status);
        Assert.Equal(204, (await CallAsync("DELETE", AccountPath(), First)).Status);
        Assert.Equal("RoleAssignmentNotFound", Code(await CallAsync("GET", AccountPath(), First)));
        Assert.Empty(await ListAsync(AccountPath()));
    }

    [Fact]
    public async Task The_same_role_under_another_id_is_refused_with_the_id_that_there_is()
    {
        await CreateAccountAsync();
        await PutAsync(AccountPath(), First);
        AssertError(
            await PutAsync(AccountPath(), Second), 409, "RoleAssignmentExists",
            "The role assignment already exists. The ID of the existing role assignment is 00000000000040008000000000000001.");
        Assert.Equal("RoleAssignmentUpdateNotPermitted", Code(await PutAsync(AccountPath(), First, Contributor)));
        Assert.Equal(201, (await PutAsync(AccountPath(), Second, Contributor)).Status);
    }

    [Fact]
    public async Task A_list_reaches_up_and_down_and_atScope_only_up()
    {
        await CreateAccountAsync();
        await PutAsync(Subscription, First);
        await PutAsync($"{Subscription}/{Group()}", Second);
        await PutAsync(AccountPath(), "00000000-0000-4000-8000-000000000003");
        Assert.Equal(3, (await ListAsync(AccountPath(), "atScope()")).Count);
        Assert.Equal(2, (await ListAsync($"{Subscription}/{Group()}", "atScope()")).Count);
        Assert.Equal(3, (await ListAsync(Subscription, $"principalId eq '{Principal}'")).Count);
        Assert.Empty(await ListAsync(Subscription, $"principalId eq '{Me}'"));
        Assert.Equal(400, (await ArmAsync("GET", $"{AccountPath()}/providers/Microsoft.Authorization/roleAssignments?$filter=colour", version: Version)).Status);
    }

    [Fact]
    public async Task Small_pages_are_followed_by_their_links()
    {
        await CreateAccountAsync();
        for (int i = 1; i <= 5; i++)
        {
            await PutAsync(AccountPath(), $"00000000-0000-4000-8000-00000000000{i}", principal: $"33333333-3333-4333-8333-33333333333{i}");
        }

        await ControlAsync("PATCH", "settings", new JsonObject { ["pageSize"] = 2 });
        var names = new List<string>();
        string? next = $"{AccountPath()}/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()&api-version={Version}";
        int pages = 0;
        for (; next is not null; pages++)
        {
            JsonNode page = (await ArmAsync("GET", next, version: Version)).Json;
            names.AddRange(page["value"]!.AsArray().Select(a => (string)a!["name"]!));
            next = (string?)page["nextLink"];
        }

        Assert.Equal((3, 5), (pages, names.Distinct().Count()));
    }

    [Fact]
    public async Task A_new_principal_is_unknown_for_as_long_as_the_setting_says()
    {
        await CreateAccountAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["principalNotFoundSeconds"] = 30 });
        Answer refused = await PutAsync(AccountPath(), First);
        Assert.Equal((400, "PrincipalNotFound"), (refused.Status, Code(refused)));
        await ControlAsync("PATCH", "clock", new JsonObject { ["advanceSeconds"] = 31 });
        Assert.Equal(201, (await PutAsync(AccountPath(), First)).Status);
    }

    [Theory]
    [InlineData("not-a-guid", User, Principal, "BadRequestFormat")]
    [InlineData(First, "11111111-1111-4111-8111-111111111112", Principal, "RoleDefinitionDoesNotExist")]
    [InlineData(First, User, "somebody", "BadRequestFormat")]
    public async Task What_is_no_assignment_is_refused(string name, string role, string principal, string code)
    {
        await CreateAccountAsync();
        Assert.Equal(code, Code(await PutAsync(AccountPath(), name, role, principal)));
        Assert.Empty(await ListAsync(AccountPath()));
    }

    [Fact]
    public async Task An_unknown_account_has_no_assignments()
    {
        await CreateGroupAsync();
        Assert.Equal("ResourceNotFound", Code(await PutAsync(AccountPath("nobody"), First)));
    }

    [Fact]
    public async Task Role_definitions_are_read_by_id_and_by_name()
    {
        Answer one = await ArmAsync("GET", $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{User}", version: Version);
        Assert.Equal("Cognitive Services OpenAI User", (string?)one.Json["properties"]!["roleName"]);
        Answer named = await ArmAsync(
            "GET", $"{Subscription}/providers/Microsoft.Authorization/roleDefinitions?$filter=roleName%20eq%20'Azure%20AI%20Developer'", version: Version);
        Assert.Equal("64702f94-c441-49e6-a78b-ef80e0188fee", (string?)Assert.Single(named.Json["value"]!.AsArray())!["name"]);
    }

    [Fact]
    public async Task A_token_needs_a_role_only_where_the_settings_want_it()
    {
        await CreateChatAsync();
        Assert.Equal(200, await CallModelAsync());
        await ControlAsync("PATCH", "settings", new JsonObject { ["dataRoles"] = true });
        Assert.Equal(401, await CallModelAsync());
        await PutAsync(AccountPath(), First, "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", Me);
        Assert.Equal(401, await CallModelAsync());
        await PutAsync($"{Subscription}/{Group()}", Second, User, Me);
        Assert.Equal(200, await CallModelAsync());
    }

    private async Task<int> CallModelAsync() =>
        (await DataAsync("contoso/openai/v1/chat/completions", Chat("Hi", "chat"), bearer: EmulatorHost.DummyToken)).Status;

    private static string? Code(Answer answer) => (string?)answer.Json["error"]!["code"];

    private Task<Answer> CallAsync(string method, string scope, string name, JsonNode? body = null) =>
        ArmAsync(method, $"{scope}/providers/Microsoft.Authorization/roleAssignments/{name}", body, Version);

    private Task<Answer> PutAsync(string scope, string name, string role = User, string principal = Principal) => CallAsync("PUT", scope, name, new JsonObject
    {
        ["properties"] = new JsonObject
        {
            ["roleDefinitionId"] = $"/{Subscription}/providers/Microsoft.Authorization/roleDefinitions/{role}",
            ["principalId"] = principal,
            ["principalType"] = "ServicePrincipal",
        },
    });

    private async Task<JsonArray> ListAsync(string scope, string? filter = null)
    {
        string query = filter is null ? "" : "?$filter=" + Uri.EscapeDataString(filter);
        return (await ArmAsync("GET", $"{scope}/providers/Microsoft.Authorization/roleAssignments{query}", version: Version)).Json["value"]!.AsArray();
    }
}
