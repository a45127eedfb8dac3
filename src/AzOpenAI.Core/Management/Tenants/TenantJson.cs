using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Tenants;

internal sealed record TenantDto(string? TenantId, string? DisplayName, string? DefaultDomain, string[]? Domains)
{
    public bool Is(string nameOrId)
    {
        bool Same(string? own) => nameOrId.Equals(own, StringComparison.OrdinalIgnoreCase);
        return Same(TenantId) || Same(DisplayName) || Same(DefaultDomain) || (Domains ?? []).Any(Same);
    }
}

[JsonSerializable(typeof(TenantDto))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class TenantJson : JsonSerializerContext;
