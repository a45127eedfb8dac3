using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Tests.Management.Arm;

/// <summary>Ids and paths are read as pairs of type and name: nothing is found by a name that looks like a type.</summary>
public sealed class ArmTargetTests
{
    private const string Provider = "providers/Microsoft.CognitiveServices";

    [Theory]
    [InlineData("/subscriptions/s/resourceGroups/deployments/" + Provider + "/accounts/a", "deployments", "a", null)]
    [InlineData("/subscriptions/s/resourceGroups/accounts/" + Provider + "/accounts/contoso/deployments/chat", "accounts", "contoso", "chat")]
    [InlineData("/subscriptions/s/resourceGroups/providers/" + Provider + "/accounts/deployments/deployments/accounts", "providers", "deployments", "accounts")]
    [InlineData("/subscriptions/s/resourceGroups/subscriptions/" + Provider + "/accounts/raiPolicies", "subscriptions", "raiPolicies", null)]
    [InlineData("subscriptions/s/resourcegroups/rg/" + Provider + "/accounts/a/deployments/my%2Fchat/pause", "rg", "a", "my/chat")]
    [InlineData("/subscriptions/s/resourceGroups/rg/" + Provider + "/accounts/a/providers/Microsoft.Authorization/roleAssignments/accounts", "rg", "a", null)]
    [InlineData("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Search/accounts/a/deployments/d", "rg", null, null)]
    [InlineData("/subscriptions/s/resourceGroups/rg", "rg", null, null)]
    public void A_name_is_what_stands_behind_its_type(string path, string? group, string? account, string? deployment)
    {
        ArmTarget target = ArmTarget.Parse(path);
        Assert.Equal(("s", group, account, deployment), (target.SubscriptionId, target.ResourceGroup, target.Account, target.Deployment));
    }

    [Fact]
    public void The_id_of_the_account_is_cut_out_of_those_of_its_children()
    {
        const string id = "/subscriptions/s/resourceGroups/raiBlocklists/" + Provider + "/accounts/a";
        ArmTarget item = ArmTarget.Parse(id + "/raiBlocklists/accounts/raiBlocklistItems/deployments");

        Assert.Equal((id, "accounts", "deployments"), (item.AccountId, item.Blocklist, item.BlocklistItem));
        Assert.Null(item.Deployment);
    }

    [Fact]
    public void A_deleted_account_has_its_group_behind_the_provider_and_no_live_id()
    {
        ArmTarget target = ArmTarget.Parse("/subscriptions/s/" + Provider + "/locations/eastus/resourceGroups/deletedAccounts/deletedAccounts/a");
        Assert.Equal(("eastus", "deletedAccounts", "a", null), (target.Location, target.ResourceGroup, target.Account, target.AccountId));
    }
}
