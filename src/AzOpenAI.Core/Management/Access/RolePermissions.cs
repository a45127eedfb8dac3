using System.Text.RegularExpressions;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Determines from a role's permissions how it grants access to the data plane.</summary>
internal static class RolePermissions
{
    private const string ListKeys = "Microsoft.CognitiveServices/accounts/listKeys/action";

    /// <summary>The data actions that call models; a role that allows one of them grants data access.</summary>
    private static readonly string[] Inference =
    [
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/completions/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/embeddings/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/audio/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action",
    ];

    public static AccessRoute Route(IEnumerable<RolePermissionDto> permissions)
    {
        AccessRoute route = AccessRoute.None;
        foreach (RolePermissionDto permission in permissions)
        {
            if (Inference.Any(action => Allows(permission.DataActions, permission.NotDataActions, action)))
                route |= AccessRoute.Token;
            if (Allows(permission.Actions, permission.NotActions, ListKeys))
                route |= AccessRoute.Keys;
        }

        return route;
    }

    private static bool Allows(string[]? allowed, string[]? except, string action) =>
        (allowed ?? []).Any(pattern => Covers(pattern, action)) && !(except ?? []).Any(pattern => Covers(pattern, action));

    private static bool Covers(string pattern, string action) =>
        Regex.IsMatch(action, $@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
}
