using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Requests;

/// <summary>The API version for a caller's path: the one that the module itself uses for such objects.</summary>
internal static class RawApiVersions
{
    /// <summary>The version, and the one to use if the cloud doesn't support it yet.</summary>
    /// <exception cref="AzOpenAIException">RequestApiVersionMissing: an object that the module doesn't manage.</exception>
    public static (string Version, string? Fallback) Find(string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // With nested providers, as for an account's role assignments, the last one owns the object.
        int at = Array.FindLastIndex(parts, static part => Is(part, "providers"));
        if (at < 0 || at + 1 >= parts.Length)
        {
            return parts.Any(static part => Is(part, "resourceGroups") || Is(part, "providers") || Is(part, "resources"))
                ? (ArmApiVersions.Resources, null)
                : (ArmApiVersions.Subscriptions, null);
        }

        if (Is(parts[at + 1], "Microsoft.Authorization"))
            return (ArmApiVersions.Authorization, null);
        // A provider alone, or an action on it, belongs to Azure Resource Manager itself.
        if (at + 2 >= parts.Length || (at + 3 == parts.Length && (Is(parts[at + 2], "register") || Is(parts[at + 2], "unregister"))))
            return (ArmApiVersions.Resources, null);
        if (!Is(parts[at + 1], "Microsoft.CognitiveServices"))
            throw Failure.Of(nameof(Messages.RequestApiVersionMissing), ErrorKind.InvalidInput, parts[at + 1]);
        return parts.Skip(at + 2).Any(static part => Is(part, "deployments")) ? (ArmApiVersions.Deployments, ArmApiVersions.CognitiveServices) : (ArmApiVersions.CognitiveServices, null);
    }

    private static bool Is(string part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}
