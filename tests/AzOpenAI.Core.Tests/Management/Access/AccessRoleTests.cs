using AzOpenAI.Core.Management.Access;

namespace AzOpenAI.Core.Tests.Management.Access;

public sealed class AccessRoleTests
{
    private const string User = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd";
    private const string Custom = "12345678-1234-4234-8234-123456789012";

    [Theory]
    [InlineData("User", User)]
    [InlineData(" user ", User)]
    [InlineData("Contributor", "a001fd3d-188f-4b5d-821b-7da978bf7442")]
    [InlineData("cognitive services openai user", User)]
    [InlineData("Azure AI Developer", "64702f94-c441-49e6-a78b-ef80e0188fee")]
    [InlineData("5E0BD9BD-7B93-4F28-AF87-19FC36AD61BD", User)]
    [InlineData(Custom, Custom)]
    [InlineData("/subscriptions/x/providers/Microsoft.Authorization/roleDefinitions/" + Custom, Custom)]
    [InlineData("/providers/Microsoft.Authorization/roleDefinitions/" + User, User)]
    public void A_role_is_known_by_short_name_name_guid_and_id(string text, string expected) => Assert.Equal(expected, AccessRole.Parse(text).Guid);

    [Theory]
    [InlineData("Usr")]
    [InlineData("Owner of all")]
    [InlineData("/subscriptions/x/resourceGroups/" + Custom)]
    [InlineData("")]
    public void Anything_else_is_refused_with_the_names_there_are(string text)
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() => AccessRole.Parse(text));
        Assert.Equal("RoleUnknown", e.ErrorId);
        Assert.Contains("'Cognitive Services OpenAI User'", e.Suggestion, StringComparison.Ordinal);
    }

    // Expected values come from another implementation of UUID version 5.
    [Fact]
    public void Ids_are_those_of_the_guid_function_of_templates()
    {
        Assert.Equal(new Guid("a98fa280-e03f-5afa-8d8e-92d0a9c201e8"), TemplateGuid.Of("a", "b", "c"));
        Assert.Equal(new Guid("c6af6a26-9a7b-598f-8db7-85a20273732c"), TemplateGuid.Of("contoso"));
    }

    [Theory]
    [InlineData("Microsoft.CognitiveServices/accounts/OpenAI/*", "", "", "", AccessRoute.Token)]
    [InlineData("Microsoft.CognitiveServices/accounts/openai/deployments/embeddings/ACTION", "", "", "", AccessRoute.Token)]
    [InlineData("*", "Microsoft.CognitiveServices/*", "", "", AccessRoute.None)]
    [InlineData("Microsoft.CognitiveServices/accounts/SpeechServices/*", "", "", "", AccessRoute.None)]
    [InlineData("", "", "*", "", AccessRoute.Keys)]
    [InlineData("", "", "*", "Microsoft.CognitiveServices/accounts/listKeys/action", AccessRoute.None)]
    [InlineData("", "", "Microsoft.CognitiveServices/*/read", "", AccessRoute.None)]
    [InlineData("Microsoft.CognitiveServices/*", "", "Microsoft.CognitiveServices/accounts/listkeys/action", "", AccessRoute.Token | AccessRoute.Keys)]
    public void Data_access_is_read_from_the_permissions(string data, string notData, string actions, string notActions, AccessRoute route) =>
        Assert.Equal(route, RolePermissions.Route([new RolePermissionDto(List(actions), List(notActions), List(data), List(notData))]));

    private static string[]? List(string value) => value.Length == 0 ? null : [value];
}
