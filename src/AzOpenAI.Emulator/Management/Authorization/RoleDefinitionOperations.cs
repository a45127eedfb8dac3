using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>Reads role definitions: the same built-in ones at every scope.</summary>
internal static partial class RoleDefinitionOperations
{
    private const string Type = "Microsoft.Authorization/roleDefinitions";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        foreach (string scope in AuthorizationScope.Templates)
        {
            routes.Add("GET", $"{scope}/providers/{Type}", new ArmRoute(Type + "/read", List));
            routes.Add("GET", $"{scope}/providers/{Type}" + "/{definition}", new ArmRoute(Type + "/read", Get));
        }
    }

    private static Reply List(ArmRequest request)
    {
        IEnumerable<RoleDefinition> roles = BuiltInRoles.All;
        if (request.Exchange.Query("$filter") is { Length: > 0 } filter)
        {
            Match name = RoleName().Match(filter);
            if (!name.Success)
            {
                throw UnverifiedArmErrors.InvalidFilter(filter);
            }

            roles = roles.Where(r => r.Name.Equals(name.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        }

        return Paging.Page(request, roles.Select(r => r.ToJson(request.Subscription.Id)));
    }

    private static Reply Get(ArmRequest request) =>
        Reply.Ok((BuiltInRoles.Find(request["definition"]) ?? throw UnverifiedArmErrors.RoleDefinitionNotFound(request["definition"])).ToJson(request.Subscription.Id));

    [GeneratedRegex(@"^roleName\s+eq\s+'(.+)'$", RegexOptions.IgnoreCase)]
    private static partial Regex RoleName();
}
