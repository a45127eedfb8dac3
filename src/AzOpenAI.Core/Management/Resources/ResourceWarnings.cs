namespace AzOpenAI.Core.Management.Resources;

/// <summary>Warnings before a change: which clients lose access, and what can't be undone.</summary>
internal static class ResourceWarnings
{
    public static IReadOnlyList<string> Of(ResourceRequest request, Resource live, IReadOnlyList<PropertyDrift> drift)
    {
        bool Changes(string property) => drift.Any(d => d.Property == property);
        var warnings = new List<string>();
        if (Changes(nameof(ResourceRequest.DisableLocalAuth)) && request.DisableLocalAuth == true)
        {
            warnings.Add(
                $"Both keys of '{live.Name}' will stop working. Clients must then use Entra ID and have a role on the resource (see Grant-AzOpenAIAccess and "
                + "Get-AzOpenAIAccess). Use -DisableLocalAuth:$false to enable the keys again.");
            if (live.CustomSubdomain is null && request.CustomSubdomain is null)
                warnings.Add($"'{live.Name}' doesn't have a custom subdomain, which Entra ID requires. Without keys, it can't be called. Specify -CustomSubdomain as well.");
        }

        if (Changes(nameof(ResourceRequest.PublicNetworkAccess)) && request.PublicNetworkAccess!.Equals("Disabled", StringComparison.OrdinalIgnoreCase))
            warnings.Add($"'{live.Name}' will accept calls only through private endpoints. Calls from this machine are rejected unless they use one.");
        if (Changes(nameof(ResourceRequest.AllowedIpRange)))
            warnings.Add(OfAddresses(live, request.AllowedIpRange!));
        if (Changes(nameof(ResourceRequest.CustomSubdomain)))
            warnings.Add($"The custom subdomain '{request.CustomSubdomain}' of '{live.Name}' can't be changed or removed later, and it changes the endpoint of the resource.");
        return warnings;
    }

    private static string OfAddresses(Resource live, IReadOnlyList<string> ranges)
    {
        bool networks = NetworkRules.HasVirtualNetworks(live);
        if (ranges.Count > 0)
            return $"'{live.Name}' will accept calls only from {string.Join(", ", ranges)}{(networks ? " and its virtual networks" : "")}.";
        return NetworkRules.WouldOpen(ranges, live) || !networks
            ? $"'{live.Name}' will accept calls from any address. Access is then controlled only by keys and Entra ID."
            : $"'{live.Name}' will accept calls only from its virtual networks, whose rules are kept.";
    }
}
