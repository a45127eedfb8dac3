using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>The bodies of changes to accounts. Properties that weren't requested aren't sent.</summary>
internal static class ResourceBody
{
    public static AccountDto Create(ResourceRequest request) => new()
    {
        Location = LocationName.Normalize(request.Location),
        Kind = request.KindOrUsual,
        Sku = new AccountSkuDto("S0"),
        Identity = IdentityChange.Of(request, null).ToBody(null),
        Tags = Tags(request),
        Properties = new AccountPropertiesDto
        {
            CustomSubDomainName = Subdomain(request),
            PublicNetworkAccess = request.PublicNetworkAccess,
            DisableLocalAuth = request.DisableLocalAuth,
            NetworkAcls = request.AllowedIpRange is null ? null : NetworkRules.ToBody(request.AllowedIpRange, null),
        },
    };

    public static AccountDto Restore(Resource deleted) => new() { Location = deleted.Location, Properties = new AccountPropertiesDto { Restore = true } };

    /// <summary>Only the properties that differ.</summary>
    public static AccountDto Update(ResourceRequest request, Resource live, IReadOnlyList<PropertyDrift> drift)
    {
        bool Has(string property) => drift.Any(d => d.Property == property);
        return new AccountDto
        {
            Tags = Has(ResourceDrift.Tag) ? Tags(request) : null,
            Identity = Has(nameof(ResourceRequest.IdentityType)) || Has(nameof(ResourceRequest.UserAssignedIdentity)) ? IdentityChange.Of(request, live).ToBody(live) : null,
            Properties = new AccountPropertiesDto
            {
                CustomSubDomainName = Has(nameof(ResourceRequest.CustomSubdomain)) ? request.CustomSubdomain : null,
                PublicNetworkAccess = Has(nameof(ResourceRequest.PublicNetworkAccess)) ? request.PublicNetworkAccess : null,
                DisableLocalAuth = Has(nameof(ResourceRequest.DisableLocalAuth)) ? request.DisableLocalAuth : null,
                NetworkAcls = Has(nameof(ResourceRequest.AllowedIpRange)) ? NetworkRules.ToBody(request.AllowedIpRange!, live) : null,
            },
        };
    }

    public static string Subdomain(ResourceRequest request) => request.CustomSubdomain ?? request.Name.ToLowerInvariant();

    private static Dictionary<string, string?>? Tags(ResourceRequest request) => request.Tags?.ToDictionary(t => t.Key, t => (string?)t.Value);
}
