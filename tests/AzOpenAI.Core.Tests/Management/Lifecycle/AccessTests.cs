using System.Net.Http.Json;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

public sealed class AccessTests : EmulatedAzure
{
    private const string Principal = "33333333-3333-4333-8333-333333333333";
    private const string UserRole = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";

    private AccessProvisioner Provisioner => new(Client);

    [Fact]
    public async Task Granting_twice_writes_once_under_the_id_that_a_template_gives()
    {
        Resource resource = await CreateResourceAsync();
        int before = Writes.Count;

        ResourceAccess first = await GrantAsync(resource);
        ResourceAccess second = await GrantAsync(resource, "Cognitive Services OpenAI User");

        Assert.Equal((true, false), (first.Changed, second.Changed));
        Assert.Equal(first.Id, second.Id);
        Assert.EndsWith(
            TemplateGuid.Of(resource.Id, $"/subscriptions/{Host.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{UserRole}", Principal).ToString(),
            first.Id,
            StringComparison.Ordinal);
        Assert.Equal(before + 1, Writes.Count);
        Assert.Equal(("Cognitive Services OpenAI User", "ServicePrincipal", AccessRoute.Token, false), (first.Role, first.PrincipalType, first.Route, first.Inherited));
    }

    [Fact]
    public async Task A_plan_says_what_it_would_do_and_writes_nothing()
    {
        Resource resource = await CreateResourceAsync();
        int before = Writes.Count;

        AccessPlan plan = await PlanAsync(resource, "Contributor");

        Assert.Contains("Grant 'Cognitive Services OpenAI Contributor' to ServicePrincipal " + Principal, Assert.Single(plan.Steps).Action, StringComparison.Ordinal);
        Assert.Equal(before, Writes.Count);
    }

    [Fact]
    public async Task A_role_that_is_there_under_another_id_is_nothing_to_do()
    {
        Resource resource = await CreateResourceAsync();
        AccessPlan plan = await PlanAsync(resource);
        await AssignAsync(resource.Id, UserRole);

        ResourceAccess access = await Provisioner.ApplyAsync(plan, Stop);

        Assert.False(access.Changed);
        Assert.EndsWith("/00000000-0000-4000-8000-000000000001", access.Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_principal_is_waited_for_and_the_wait_is_shown()
    {
        Resource resource = await CreateResourceAsync();
        await SettingsAsync(new { principalNotFoundSeconds = 3 });

        ResourceAccess access = await GrantAsync(resource);

        Assert.True(access.Changed);
        Assert.Contains(Reporter.VerboseLines, v => v.Contains("PrincipalNotFound", StringComparison.Ordinal));
        Assert.Contains(Reporter.ProgressRecords, p => p.Activity == "Granting access to 'contoso'" && p.Remaining is not null);
    }

    [Fact]
    public async Task A_principal_that_never_appears_is_an_error_with_what_to_check()
    {
        Resource resource = await CreateResourceAsync();
        await SettingsAsync(new { principalNotFoundSeconds = 100000 });
        var client = new ManagementClient(Client.Context, new AzOpenAI.Core.Http.ServiceOptions { MaxWait = TimeSpan.FromSeconds(1) });
        var provisioner = new AccessProvisioner(client);

        AzOpenAIException e = await ScriptedArm.FailsAsync(async () => await provisioner.ApplyAsync(
            await provisioner.PlanAsync(resource, new AccessRequest("User", Principal, "User"), Stop), Stop));

        Assert.Equal(("PrincipalNotFound", ErrorKind.NotFound, 400), (e.ErrorId, e.Kind, e.StatusCode));
        Assert.Contains(Principal, e.Message, StringComparison.Ordinal);
        Assert.Contains("service principal", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_opens_the_data_plane_is_listed_with_where_it_was_assigned()
    {
        Resource resource = await CreateResourceAsync();
        await AssignAsync(resource.Id, UserRole);
        await AssignAsync($"/subscriptions/{Host.SubscriptionId}/resourceGroups/rg", "b24988ac-6180-42a0-ab88-20f7382dd24c");
        await AssignAsync($"/subscriptions/{Host.SubscriptionId}", "acdd72a7-3385-48ef-bd42-f606fba81ae7");

        IReadOnlyList<ResourceAccess> open = await Client.Access.ListAsync(resource, null, null, Stop);
        IReadOnlyList<ResourceAccess> keyless = await Client.Access.ListAsync(resource with { LocalAuthDisabled = true }, null, null, Stop);
        IReadOnlyList<ResourceAccess> readers = await Client.Access.ListAsync(resource, "acdd72a7-3385-48ef-bd42-f606fba81ae7", null, Stop);

        Assert.Equal(
            [("Cognitive Services OpenAI User", AccessRoute.Token, false), ("Contributor", AccessRoute.Keys, true)],
            open.Select(a => (a.Role, a.Route, a.Inherited)));
        Assert.Equal("Cognitive Services OpenAI User", Assert.Single(keyless).Role);
        Assert.Equal(("Reader", AccessRoute.None), (readers[0].Role, readers[0].Route));
        Assert.Empty(await Client.Access.ListAsync(resource, null, Guid.Empty.ToString(), Stop));
    }

    [Fact]
    public async Task A_role_whose_definition_is_closed_counts_as_unknown_and_is_shown()
    {
        Resource resource = await CreateResourceAsync();
        await AssignAsync(resource.Id, UserRole);
        await FaultAsync(new { kind = "deny", match = new { action = "roleDefinitions/read" } });

        ResourceAccess access = Assert.Single(await Client.Access.ListAsync(resource, null, null, Stop));

        Assert.Equal((UserRole, AccessRoute.Unknown), (access.Role, access.Route));
    }

    [Fact]
    public async Task Revoking_takes_away_what_is_here_and_leaves_what_is_above()
    {
        Resource resource = await CreateResourceAsync();
        await AssignAsync($"/subscriptions/{Host.SubscriptionId}", UserRole);
        ResourceAccess here = await GrantAsync(resource, "Contributor");
        ResourceAccess above = Assert.Single(await Client.Access.ListAsync(resource, "User", null, Stop));

        Assert.True(await Client.Access.RevokeAsync(here, Stop));
        Assert.False(await Client.Access.RevokeAsync(here, Stop));
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Client.Access.RevokeAsync(above, Stop));

        Assert.Equal("AccessInherited", e.ErrorId);
        Assert.Contains(above.Scope, e.Message, StringComparison.Ordinal);
        Assert.Equal(above.Id, Assert.Single(await Client.Access.ListAsync(resource, null, null, Stop)).Id);
    }

    [Theory]
    [InlineData("someone@contoso.com", "PrincipalIdInvalid")]
    [InlineData("", "PrincipalIdInvalid")]
    public async Task A_principal_is_an_object_id(string principal, string errorId)
    {
        Resource resource = await CreateResourceAsync();

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => Provisioner.PlanAsync(resource, new AccessRequest("User", principal, "User"), Stop));

        Assert.Equal(errorId, e.ErrorId);
    }

    [Fact]
    public async Task The_right_to_assign_is_asked_for_by_the_role_that_has_it()
    {
        Resource resource = await CreateResourceAsync();
        await FaultAsync(new { kind = "deny", match = new { action = "roleAssignments/write" } });

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => GrantAsync(resource));

        Assert.Equal("PermissionDenied", e.ErrorId);
        Assert.Contains("User Access Administrator", e.Message + e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_caller_is_known_from_the_emulator_and_from_claims()
    {
        AccessPrincipal me = await Provisioner.GetCurrentPrincipalAsync(Stop);

        Assert.Equal(("bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb", "User"), (me.Id, me.Type));
    }

    [Theory]
    [InlineData("""{"oid":"1","idtyp":"app"}""", true)]
    [InlineData("""{"oid":"1","idtyp":"user","appid":"2"}""", false)]
    [InlineData("""{"oid":"1","appid":"2"}""", true)]
    [InlineData("""{"oid":"1","appid":"2","scp":"user_impersonation"}""", false)]
    public void A_token_tells_whether_a_person_or_an_application_holds_it(string claims, bool application)
    {
        string token = $"e30.{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims))}.x";
        Assert.Equal(("1", application), (TokenClaims.Read(token)!.ObjectId, TokenClaims.Read(token)!.IsApplication));
    }

    private Task<AccessPlan> PlanAsync(Resource resource, string role = "User") =>
        Provisioner.PlanAsync(resource, new AccessRequest(role, Principal, "ServicePrincipal"), Stop);

    private async Task<ResourceAccess> GrantAsync(Resource resource, string role = "User") =>
        await Provisioner.ApplyAsync(await PlanAsync(resource, role), Stop);

    private async Task AssignAsync(string scope, string role)
    {
        using var http = new HttpClient { BaseAddress = Host.BaseUri };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "emulator");
        using HttpResponseMessage answer = await http.PutAsJsonAsync(
            $"{scope}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001?api-version=2022-04-01",
            new { properties = new { roleDefinitionId = $"/providers/Microsoft.Authorization/roleDefinitions/{role}", principalId = Principal, principalType = "ServicePrincipal" } },
            Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private Task SettingsAsync(object settings) => ControlAsync(HttpMethod.Patch, "settings", settings);

    private Task FaultAsync(object fault) => ControlAsync(HttpMethod.Post, "faults", fault);

    private async Task ControlAsync(HttpMethod method, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = Host.BaseUri };
        using var request = new HttpRequestMessage(method, "_emulator/" + path) { Content = JsonContent.Create(body) };
        (await http.SendAsync(request, Stop)).EnsureSuccessStatusCode();
    }
}
