using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Paths relative to the Azure Resource Manager endpoint. Every name is validated and escaped, so that none leads to another object.</summary>
internal static class ArmPath
{
    private const string Provider = "providers/Microsoft.CognitiveServices";

    public const string Subscriptions = "subscriptions";

    public static string Subscription(string subscriptionId) => $"subscriptions/{RequestPath.Segment(ArmName.CheckSubscription(subscriptionId))}";

    public static string ProviderMetadata(string subscriptionId) => $"{Subscription(subscriptionId)}/{Provider}";

    public static string ResourceGroups(string subscriptionId) => $"{Subscription(subscriptionId)}/resourcegroups";

    public static string ResourceGroup(string subscriptionId, string group) => $"{ResourceGroups(subscriptionId)}/{RequestPath.Segment(ArmName.CheckResourceGroup(group))}";

    public static string OfSubscription(string subscriptionId, string child) => $"{Subscription(subscriptionId)}/{Provider}/{child}";

    public static string OfLocation(string subscriptionId, string location, string child) =>
        $"{Subscription(subscriptionId)}/{Provider}/locations/{RequestPath.Segment(LocationName.Normalize(location))}/{child}";

    public static string Accounts(string subscriptionId, string? group) => group is null
        ? OfSubscription(subscriptionId, "accounts")
        : $"{Subscription(subscriptionId)}/resourceGroups/{RequestPath.Segment(ArmName.CheckResourceGroup(group))}/{Provider}/accounts";

    public static string Account(string subscriptionId, string group, string name) => $"{Accounts(subscriptionId, group)}/{RequestPath.Segment(ArmName.CheckResource(name))}";

    public static string Account(Resource resource) => Account(resource.SubscriptionId, resource.ResourceGroupName, resource.Name);

    public static string Deployments(Resource resource) => $"{Account(resource)}/deployments";

    public static string Deployment(Resource resource, string name) => DeploymentOf(Account(resource), name);

    public static string DeploymentOf(string account, string name) => $"{account}/deployments/{RequestPath.Segment(ArmName.CheckDeployment(name))}";

    public static string ContentFilters(Resource resource) => $"{Account(resource)}/raiPolicies";

    public static string ContentFilter(Resource resource, string name) => $"{ContentFilters(resource)}/{RequestPath.Segment(ArmName.CheckContentFilter(name))}";

    public static string Blocklists(Resource resource) => $"{Account(resource)}/raiBlocklists";

    public static string Blocklist(Resource resource, string name) => $"{Blocklists(resource)}/{RequestPath.Segment(ArmName.CheckBlocklist(name))}";

    public static string Blocklist(Blocklist list) =>
        $"{Account(list.SubscriptionId, list.ResourceGroupName, list.ResourceName)}/raiBlocklists/{RequestPath.Segment(ArmName.CheckBlocklist(list.Name))}";

    public static string BlocklistItem(Blocklist list, string name) => $"{Blocklist(list)}/raiBlocklistItems/{RequestPath.Segment(ArmName.CheckBlocklistItem(name))}";

    public static string Projects(Resource resource) => $"{Account(resource)}/projects";

    public static string DeletedAccount(string subscriptionId, string location, string group, string name) =>
        OfLocation(subscriptionId, location, $"resourceGroups/{RequestPath.Segment(ArmName.CheckResourceGroup(group))}/deletedAccounts/{RequestPath.Segment(ArmName.CheckResource(name))}");

    public static string RoleAssignments(string scope) => $"{scope}/providers/Microsoft.Authorization/roleAssignments";

    public static string RoleAssignment(string scope, string name) => $"{RoleAssignments(scope)}/{RequestPath.Segment(name)}";

    public static string RoleDefinition(string subscriptionId, string guid) =>
        $"{Subscription(subscriptionId)}/providers/Microsoft.Authorization/roleDefinitions/{RequestPath.Segment(guid)}";
}
