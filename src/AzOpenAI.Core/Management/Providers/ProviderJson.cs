using System.Text.Json;
using System.Text.Json.Serialization;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Providers;

internal sealed record ProviderDto(string? RegistrationState, ResourceTypeDto[]? ResourceTypes)
{
    public bool IsRegistered => "Registered".Equals(RegistrationState, StringComparison.OrdinalIgnoreCase);

    /// <summary>Regions for accounts, without the entry for global types.</summary>
    public IReadOnlyList<ProviderLocation> AccountLocations() =>
    [
        .. (ResourceTypes ?? [])
            .Where(t => "accounts".Equals(t.ResourceType, StringComparison.OrdinalIgnoreCase))
            .SelectMany(t => t.Locations ?? [])
            .Select(l => new ProviderLocation(LocationName.Normalize(l), l))
            .Where(l => l.Name != "global")
            .DistinctBy(l => l.Name)
            .OrderBy(l => l.Name, StringComparer.Ordinal),
    ];
}

internal sealed record ResourceTypeDto(string? ResourceType, string[]? Locations);

[JsonSerializable(typeof(ProviderDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class ProviderJson : JsonSerializerContext;
