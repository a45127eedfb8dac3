using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Access;

/// <summary>A role by name and GUID.</summary>
internal sealed record AccessRole(string Guid, string? Name)
{
    /// <summary>The built-in roles for Azure OpenAI. Their IDs are the same in every tenant. Unverified: the ID of Cognitive Services Contributor.</summary>
    private static readonly AccessRole[] Known =
    [
        new("5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", "Cognitive Services OpenAI User"),
        new("a001fd3d-188f-4b5d-821b-7da978bf7442", "Cognitive Services OpenAI Contributor"),
        new("a97b65f3-24c7-4388-baec-2e87135dc908", "Cognitive Services User"),
        new("25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68", "Cognitive Services Contributor"),
        new("64702f94-c441-49e6-a78b-ef80e0188fee", "Azure AI Developer"),
    ];

    public static IReadOnlyList<string> Names => ["User", "Contributor", .. Known.Select(k => k.Name!)];

    public string Display => Name ?? Guid;

    /// <summary>Azure Resource Manager ID, as returned by <c>subscriptionResourceId('Microsoft.Authorization/roleDefinitions', guid)</c> in a template.</summary>
    public string IdIn(string subscriptionId) => $"/subscriptions/{subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/{Guid}";

    public bool Is(string roleDefinitionId) => GuidOf(roleDefinitionId).Equals(Guid, StringComparison.OrdinalIgnoreCase);

    /// <summary>Finds the role by short name, name, GUID or ID.</summary>
    /// <exception cref="AzOpenAIException">RoleUnknown with the valid names.</exception>
    public static AccessRole Parse(string role)
    {
        string text = role.Trim();
        AccessRole? known = text.ToUpperInvariant() switch
        {
            "USER" => Known[0],
            "CONTRIBUTOR" => Known[1],
            _ => Known.FirstOrDefault(k => k.Name!.Equals(text, StringComparison.OrdinalIgnoreCase) || k.Is(text)),
        };
        if (known is not null)
            return known;
        if (System.Guid.TryParse(GuidOf(text), out System.Guid guid) && (!text.Contains('/', StringComparison.Ordinal) || IsDefinition(text)))
            return new AccessRole(guid.ToString(), null);
        throw Failure.Of(nameof(Messages.RoleUnknown), ErrorKind.InvalidInput, role, string.Join(", ", Known.Select(k => $"'{k.Name}'")));
    }

    /// <summary>The GUID at the end of a role definition ID; the same role has one ID per subscription.</summary>
    public static string GuidOf(string roleDefinitionId) => roleDefinitionId[(roleDefinitionId.LastIndexOf('/') + 1)..];

    private static bool IsDefinition(string id) => id.Contains("/providers/Microsoft.Authorization/roleDefinitions/", StringComparison.OrdinalIgnoreCase);
}
