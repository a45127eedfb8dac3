using System.Globalization;
using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Creates resources from accounts.</summary>
internal static class ResourceMapper
{
    private const string OpenAIEndpoint = "OpenAI Language Model Instance API";

    public static Resource Map(ArmResponse response) => Map(response, response.Json());

    public static Resource Map(ArmResponse response, JsonElement element)
    {
        AccountDto dto = response.Read(element, AccountJson.Default.AccountDto);
        string id = response.Require(dto.Id, "id");
        ArmTarget target = ArmTarget.Parse(id);
        AccountPropertiesDto properties = dto.Properties ?? new AccountPropertiesDto();
        return new Resource
        {
            Id = id,
            Name = response.Require(dto.Name ?? target.Account, "name"),
            ResourceGroupName = response.Require(target.ResourceGroup, "resource group in the ID"),
            SubscriptionId = response.Require(target.SubscriptionId, "subscription in the ID"),
            Location = LocationName.Normalize(response.Require(dto.Location ?? target.Location, "location")),
            Kind = response.Require(dto.Kind, "kind"),
            Sku = dto.Sku?.Name,
            ProvisioningState = properties.ProvisioningState,
            Endpoint = Endpoint(properties),
            CustomSubdomain = properties.CustomSubDomainName,
            PublicNetworkAccess = properties.PublicNetworkAccess,
            AllowedIpRange = [.. (properties.NetworkAcls?.IpRules ?? []).Select(r => r.Value).OfType<string>()],
            NetworkDefaultAction = properties.NetworkAcls?.DefaultAction,
            LocalAuthDisabled = properties.DisableLocalAuth ?? false,
            IdentityType = dto.Identity?.Type ?? "None",
            PrincipalId = dto.Identity?.PrincipalId,
            UserAssignedIdentity = [.. dto.Identity?.UserAssignedIdentities?.Keys.AsEnumerable() ?? []],
            Tags = (dto.Tags ?? []).ToDictionary(t => t.Key, t => t.Value ?? "", StringComparer.OrdinalIgnoreCase),
            CreatedAt = Date(properties.DateCreated),
            ETag = dto.Etag,
            Raw = element.GetRawText(),
        };
    }

    public static bool IsOurs(Resource resource) =>
        resource.Kind.Equals("OpenAI", StringComparison.OrdinalIgnoreCase) || resource.Kind.Equals("AIServices", StringComparison.OrdinalIgnoreCase);

    /// <summary>As <see cref="IsOurs"/>, or of an unknown kind with a similar name: only included when such an account is requested by name.</summary>
    public static bool MayBeOurs(Resource resource) =>
        resource.Kind.Contains("OpenAI", StringComparison.OrdinalIgnoreCase) || resource.Kind.Contains("AIServices", StringComparison.OrdinalIgnoreCase);

    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date) ? date : null;

    // An AIServices account has a host per API; its first endpoint isn't that of Azure OpenAI.
    private static Uri? Endpoint(AccountPropertiesDto properties)
    {
        string? text = properties.Endpoints?.GetValueOrDefault(OpenAIEndpoint) is { Length: > 0 } own ? own : properties.Endpoint;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http"))
            return null;
        return uri.AbsolutePath.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }
}
