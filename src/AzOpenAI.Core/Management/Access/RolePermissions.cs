using System.Text.RegularExpressions;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Reads from the permissions of a role how it opens the data plane.</summary>
internal static class RolePermissions
{
    private const string ListKeys = "Microsoft.CognitiveServices/accounts/listKeys/action";

    /// <summary>The calls of models; a role that allows one of them gives data access.</summary>
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
