namespace AzOpenAI.Core.Management.Arm;

/// <summary>The role that an action requires, for suggestions.</summary>
internal static class RequiredRole
{
    public static string For(string? action)
    {
        if (action is null)
            return "Cognitive Services Contributor";
        if (action.EndsWith("/listKeys/action", StringComparison.OrdinalIgnoreCase))
            return "Cognitive Services User";
        // A Contributor can manage everything but access.
        if (action.StartsWith("Microsoft.Authorization/", StringComparison.OrdinalIgnoreCase))
            return action.EndsWith("/read", StringComparison.OrdinalIgnoreCase) ? "Reader" : "User Access Administrator";
        if (!action.StartsWith("Microsoft.CognitiveServices/", StringComparison.OrdinalIgnoreCase)
            || action.Contains("/register/", StringComparison.OrdinalIgnoreCase)
            || action.Contains("/deletedAccounts/", StringComparison.OrdinalIgnoreCase))
            return action.EndsWith("/read", StringComparison.OrdinalIgnoreCase) ? "Reader" : "Contributor";
        return action.EndsWith("/read", StringComparison.OrdinalIgnoreCase) ? "Cognitive Services OpenAI User" : "Cognitive Services Contributor";
    }
}
