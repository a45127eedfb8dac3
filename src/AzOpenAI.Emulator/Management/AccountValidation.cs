using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>The service's validation of an account.</summary>
internal static partial class AccountValidation
{
    public const string Sku = "S0";

    /// <summary>First path segments that the emulator itself uses and that therefore can't be subdomains.</summary>
    private static readonly string[] Reserved = ["subscriptions", "tenants", "providers", "_emulator"];

    public static CatalogueRegion Region(ArmRequest request, string location) =>
        request.Emulation.Catalogue.Region(location)
        ?? throw ArmErrors.LocationNotAvailable(location, request.Emulation.Catalogue.Data.Regions.Select(r => r.Name));

    public static void KindAndSku(ArmRequest request, string kind, string sku, CatalogueRegion region)
    {
        if (!region.Openai || !request.Emulation.Catalogue.Data.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw ArmErrors.InvalidKind(kind);
        }

        if (!sku.Equals(Sku, StringComparison.OrdinalIgnoreCase))
        {
            throw ArmErrors.InvalidSku(sku, kind);
        }
    }

    public static bool IsName(string name) => AccountName().IsMatch(name);

    public static void Name(string name)
    {
        if (!IsName(name))
        {
            throw UnverifiedArmErrors.InvalidName(name);
        }
    }

    public static bool IsSubdomain(string subdomain) =>
        SubdomainName().IsMatch(subdomain) && !Reserved.Contains(subdomain, StringComparer.OrdinalIgnoreCase);

    public static void Quota(ArmRequest request, CatalogueRegion region, string kind)
    {
        string[] rows = kind == "OpenAI" ? ["AccountCount", "OpenAI.S0.AccountCount"] : ["AccountCount"];
        foreach (string name in rows)
        {
            QuotaRow row = request.Emulation.Quota.Read(request.Subscription, region.Name, name);
            if (row.Available < 1)
            {
                throw ArmErrors.InsufficientQuota(1, row);
            }
        }
    }

    public static void Network(JsonObject properties)
    {
        bool rules = properties["networkAcls"] is JsonObject acls
            && string.Equals(ArmRequest.Text(acls["defaultAction"]), "Deny", StringComparison.OrdinalIgnoreCase);
        if (rules && ArmRequest.Text(properties["customSubDomainName"]) is null)
        {
            throw UnverifiedArmErrors.SubdomainRequiredForNetworkRules();
        }
    }

    /// <summary>Reserves a subdomain for an account, or reports that it is in use.</summary>
    public static void ClaimSubdomain(ArmRequest request, AccountState account, string subdomain)
    {
        if (!IsSubdomain(subdomain))
        {
            throw UnverifiedArmErrors.InvalidSubdomain(subdomain);
        }

        if (!request.Emulation.State.Subdomains.TryAdd(subdomain, account) && request.Emulation.State.Subdomains[subdomain] != account)
        {
            throw ArmErrors.CustomDomainInUse(subdomain);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$")]
    private static partial Regex AccountName();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}[a-zA-Z0-9]$")]
    private static partial Regex SubdomainName();
}
