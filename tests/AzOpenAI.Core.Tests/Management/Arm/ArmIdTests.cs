using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Tests.Management.Arm;

/// <summary>An id names one object: what is longer, shorter or ambiguous is another id, or none.</summary>
public sealed class ArmIdTests
{
    private const string Group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg";
    private const string Provider = Group + "/providers/Microsoft.CognitiveServices";
    private const string Account = Provider + "/accounts/contoso";

    [Theory]
    [InlineData("/subscriptions/s", ArmIdKind.Subscription, "s")]
    [InlineData(Group, ArmIdKind.ResourceGroup, "rg")]
    [InlineData(Account, ArmIdKind.Resource, "contoso")]
    [InlineData("/SUBSCRIPTIONS/s/RESOURCEGROUPS/rg/PROVIDERS/microsoft.cognitiveservices/Accounts/contoso", ArmIdKind.Resource, "contoso")]
    [InlineData("/subscriptions/s/resourceGroups/providers/providers/Microsoft.CognitiveServices/accounts/providers", ArmIdKind.Resource, "providers")]
    [InlineData("/subscriptions/s/resourceGroups/accounts/providers/Microsoft.CognitiveServices/accounts/deployments/deployments/accounts", ArmIdKind.Deployment, "accounts")]
    [InlineData(Account + "/deployments/chat", ArmIdKind.Deployment, "chat")]
    [InlineData(Account + "/DEPLOYMENTS/chat", ArmIdKind.Deployment, "chat")]
    [InlineData(Account + "/raiPolicies/Microsoft.DefaultV2", ArmIdKind.ContentFilter, "Microsoft.DefaultV2")]
    [InlineData(Account + "/raiPolicies/my filter", ArmIdKind.ContentFilter, "my filter")]
    [InlineData(Account + "/raiBlocklists/rivals", ArmIdKind.Blocklist, "rivals")]
    [InlineData(Account + "/raiBlocklists/rivals/raiBlocklistItems/one", ArmIdKind.BlocklistItem, "one")]
    [InlineData("/subscriptions/s/providers/Microsoft.CognitiveServices/locations/l/resourceGroups/rg/deletedAccounts/gone", ArmIdKind.DeletedResource, "gone")]
    [InlineData(Account + "/providers/Microsoft.Authorization/roleAssignments/g", ArmIdKind.RoleAssignment, "g")]
    [InlineData(Account + "/deployments/chat/providers/Microsoft.Authorization/roleAssignments/g", ArmIdKind.RoleAssignment, "g")]
    [InlineData("/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/g", ArmIdKind.RoleAssignment, "g")]
    [InlineData(Account + "/providers/Microsoft.Authorization/roleAssignments/g/more/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/deployments/chat/more/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/raiBlocklists/rivals/raiBlocklistItems/one/more/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/raiBlocklists/rivals/deployments/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/accounts/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/privateEndpointConnections/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/projects/p/connections/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/providers/Microsoft.Insights/diagnosticSettings/x", ArmIdKind.Other, "x")]
    [InlineData(Account + "/providers/Microsoft.CognitiveServices/accounts/x", ArmIdKind.Other, "x")]
    [InlineData(Group + "/providers/Microsoft.Storage/storageAccounts/x", ArmIdKind.Other, "x")]
    [InlineData("/subscriptions/s/providers/Microsoft.CognitiveServices/accounts/x", ArmIdKind.Other, "x")]
    public void ReadsWhatAnIdNames(string text, ArmIdKind kind, string name)
    {
        ArmId? id = ArmId.TryParse(text, out string? problem);

        Assert.Null(problem);
        Assert.NotNull(id);
        Assert.Equal(kind, id.Kind);
        Assert.Equal(name, id.Name);
        Assert.Equal(text, id.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("contoso")]
    [InlineData("/")]
    [InlineData("/nonsense")]
    [InlineData("/subscriptions")]
    [InlineData("/subscriptions/")]
    [InlineData("/providers/Microsoft.CognitiveServices/accounts/contoso")]
    [InlineData("subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso")]
    [InlineData("https://management.azure.com" + Account)]
    [InlineData(Group + "/accounts/contoso")]
    [InlineData(Group + "/providers/Microsoft.CognitiveServices")]
    [InlineData(Provider + "/accounts")]
    [InlineData(Account + "/")]
    [InlineData(Account + "//")]
    [InlineData(Account + "/deployments")]
    [InlineData(Account + "/deployments/")]
    [InlineData(Account + "//deployments/chat")]
    [InlineData("/" + Account)]
    [InlineData(Account + "/providers/Microsoft.Authorization")]
    [InlineData(Account + "/providers/Microsoft.Authorization/providers/Microsoft.Insights/x/y")]
    [InlineData(Account + "/..")]
    [InlineData(Account + "/../contoso")]
    [InlineData(Account + "/./contoso")]
    [InlineData(Provider + "/accounts/other/../contoso")]
    [InlineData(Provider + "/accounts/..")]
    [InlineData(Provider + "/accounts/%2e%2e")]
    [InlineData(Provider + "/accounts/con%2Ftoso")]
    [InlineData(Account + "?api-version=1")]
    [InlineData(Account + "#x")]
    [InlineData(Account + "\\deployments\\chat")]
    [InlineData(Account + "\n")]
    [InlineData(Account + "\u0000")]
    [InlineData(Account + "\u202e")]
    [InlineData(Account + "\ud800")]
    [InlineData(" " + Account)]
    [InlineData(Account + " ")]
    public void RefusesWhatIsNoId(string text)
    {
        Assert.Null(ArmId.TryParse(text, out string? problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void KnowsTheAccountAndTheParent()
    {
        ArmId item = Read(Account + "/raiBlocklists/rivals/raiBlocklistItems/one");
        Assert.Equal(("contoso", Account, "rg"), (item.Account, item.AccountId, item.ResourceGroup));
        Assert.Equal(Account + "/raiBlocklists/rivals", item.ParentId);

        Assert.Equal(Account, Read(Account + "/providers/Microsoft.Authorization/roleAssignments/g").ParentId);
        Assert.Equal(Account, Read(Account + "/providers/Microsoft.Authorization/locks/x").AccountId);

        ArmId gone = Read("/subscriptions/s/providers/Microsoft.CognitiveServices/locations/l/resourceGroups/rg/deletedAccounts/gone");
        Assert.Equal(("gone", null, "rg"), (gone.Account, gone.AccountId, gone.ResourceGroup));
        Assert.Null(Read(Group + "/providers/Microsoft.Storage/accounts/x").Account);
    }

    [Theory]
    [InlineData(Account + "/providers/Microsoft.Authorization/locks/x", "it's the ID of a lock, but the ID of a deployment is expected")]
    [InlineData(Account, "it's the ID of an Azure OpenAI resource, but the ID of a deployment is expected")]
    [InlineData(Account + "/deployments/chat/more/x", "it's the ID of an object of the type Microsoft.CognitiveServices/accounts/deployments/more, but the ID of a deployment is expected")]
    [InlineData(Account + "/deployments/chat/", "it contains an empty segment")]
    public void SaysWhatAnIdIsAndWhatIsExpected(string text, string reason)
    {
        Assert.Null(ArmId.TryParse(text, ArmIdKind.Deployment, "DeploymentIdInvalid", out AzOpenAIException? failure));
        Assert.Equal("DeploymentIdInvalid", failure!.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contoso", true)]
    [InlineData("Contoso_1.x-y", true)]
    [InlineData("group (1)", true)]
    [InlineData("größe", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("...", false)]
    [InlineData("...a", true)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a?x", false)]
    [InlineData("a#x", false)]
    [InlineData("a%2fb", false)]
    [InlineData("a&b", false)]
    [InlineData(" a", false)]
    [InlineData("a\t", false)]
    [InlineData("a\u001b", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\u200bb", false)]
    [InlineData("a\udc00b", false)]
    public void KnowsWhatCanBeOnePartOfAnId(string name, bool valid) => Assert.Equal(valid, ArmName.IsValid(name));

    private static ArmId Read(string text) => ArmId.TryParse(text, out _) ?? throw new InvalidOperationException($"'{text}' was not read.");
}
