using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>An account, as sent and as received; null members aren't sent.</summary>
internal sealed record AccountDto
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Location { get; init; }

    public string? Kind { get; init; }

    public AccountSkuDto? Sku { get; init; }

    public AccountIdentityDto? Identity { get; init; }

    public Dictionary<string, string?>? Tags { get; init; }

    public string? Etag { get; init; }

    public AccountPropertiesDto? Properties { get; init; }
}

internal sealed record AccountSkuDto(string? Name);

internal sealed record AccountIdentityDto(string? Type, string? PrincipalId = null)
{
    /// <summary>By ID. In a request, an empty object adds one, null removes one.</summary>
    public Dictionary<string, UserIdentityDto?>? UserAssignedIdentities { get; init; }
}

internal sealed record UserIdentityDto(string? PrincipalId = null, string? ClientId = null);

internal sealed record AccountPropertiesDto
{
    public string? ProvisioningState { get; init; }

    public string? Endpoint { get; init; }

    public Dictionary<string, string?>? Endpoints { get; init; }

    public string? CustomSubDomainName { get; init; }

    public string? PublicNetworkAccess { get; init; }

    public bool? DisableLocalAuth { get; init; }

    public NetworkAclsDto? NetworkAcls { get; init; }

    public bool? Restore { get; init; }

    public string? DateCreated { get; init; }

    public string? DeletionDate { get; init; }

    public string? ScheduledPurgeDate { get; init; }
}

internal sealed record NetworkAclsDto
{
    public string? DefaultAction { get; init; }

    public string? Bypass { get; init; }

    public IpRuleDto[]? IpRules { get; init; }

    /// <summary>Sent back unchanged.</summary>
    public JsonElement? VirtualNetworkRules { get; init; }
}

internal sealed record IpRuleDto(string? Value);

internal sealed record AccountKeysDto(string? Key1, string? Key2);

internal sealed record RegenerateKeyDto(string KeyName);

internal sealed record SkuQuestionDto(string[] Skus, string Kind, string Type);

internal sealed record SkuAnswersDto(SkuAnswerDto[]? Value);

internal sealed record SkuAnswerDto(bool? SkuAvailable, string? Reason, string? Message);

internal sealed record DomainQuestionDto(string SubdomainName, string Type, string Kind);

internal sealed record DomainAnswerDto(bool? IsSubdomainAvailable, string? Reason);

[JsonSerializable(typeof(AccountDto))]
[JsonSerializable(typeof(AccountKeysDto))]
[JsonSerializable(typeof(RegenerateKeyDto))]
[JsonSerializable(typeof(SkuQuestionDto))]
[JsonSerializable(typeof(SkuAnswersDto))]
[JsonSerializable(typeof(DomainQuestionDto))]
[JsonSerializable(typeof(DomainAnswerDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AccountJson : JsonSerializerContext;
