namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>The built-in roles for Azure OpenAI, with their documented permissions. Other roles aren't emulated.</summary>
internal static class BuiltInRoles
{
    private const string Provider = "Microsoft.CognitiveServices";
    private const string OpenAI = Provider + "/accounts/OpenAI";

    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        new("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", "Cognitive Services OpenAI User", "Reads files, models and deployments, and calls models.")
        {
            Actions = [Provider + "/*/read", "Microsoft.Authorization/roleAssignments/read", "Microsoft.Authorization/roleDefinitions/read"],
            DataActions =
            [
                OpenAI + "/*/read", OpenAI + "/engines/completions/action", OpenAI + "/engines/search/action", OpenAI + "/engines/generate/action",
                OpenAI + "/deployments/audio/action", OpenAI + "/deployments/search/action", OpenAI + "/deployments/completions/action",
                OpenAI + "/deployments/chat/completions/action", OpenAI + "/deployments/extensions/chat/completions/action",
                OpenAI + "/deployments/embeddings/action", OpenAI + "/images/generations/action",
            ],
        },
        new("a001fd3d-188f-4b5d-821b-7da978bf7442", "Cognitive Services OpenAI Contributor", "Fine-tunes, deploys and calls models.")
        {
            Actions =
            [
                Provider + "/*/read", Provider + "/accounts/deployments/write", Provider + "/accounts/deployments/delete", Provider + "/accounts/raiPolicies/read",
                Provider + "/accounts/raiPolicies/write", Provider + "/accounts/raiPolicies/delete", "Microsoft.Authorization/roleAssignments/read",
                "Microsoft.Authorization/roleDefinitions/read",
            ],
            DataActions = [OpenAI + "/*"],
        },
        new("a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User", "Reads resources, lists keys and calls every API.")
        {
            Actions = [Provider + "/*/read", Provider + "/accounts/listkeys/action"],
            DataActions = [Provider + "/*"],
        },
        new("25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", "Cognitive Services Contributor", "Manages resources and their keys.")
        {
            Actions = ["Microsoft.Authorization/*/read", Provider + "/*", "Microsoft.Resources/deployments/*"],
        },
        new("64702f94-c441-49e6-a78b-ef80e0188fee", "Azure AI Developer", "Calls models and works in projects.")
        {
            Actions = ["Microsoft.Authorization/*/read", "Microsoft.Resources/deployments/*"],
            DataActions = [OpenAI + "/*", Provider + "/accounts/SpeechServices/*", Provider + "/accounts/ContentSafety/*"],
        },
        new("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader", "Reads everything, without secrets.") { Actions = ["*/read"] },
        new("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor", "Manages everything but access.")
        {
            Actions = ["*"],
            NotActions = ["Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action"],
        },
    ];

    /// <summary>The role with the GUID at the end of an ID, or null.</summary>
    public static RoleDefinition? Find(string roleDefinitionId) =>
        All.FirstOrDefault(role => role.Guid.Equals(roleDefinitionId[(roleDefinitionId.LastIndexOf('/') + 1)..], StringComparison.OrdinalIgnoreCase));
}
