namespace AzOpenAI.Core.Management.Resources;

/// <summary>Whom a change locks out, and what cannot be taken back: said before it is made.</summary>
internal static class ResourceWarnings
{
    public static IReadOnlyList<string> Of(ResourceRequest request, Resource live, IReadOnlyList<PropertyDrift> drift)
    {
        bool Changes(string property) => drift.Any(d => d.Property == property);
        var warnings = new List<string>();
        if (Changes(nameof(ResourceRequest.DisableLocalAuth)) && request.DisableLocalAuth == true)
        {
            warnings.Add(
                $"Both keys of '{live.Name}' stop working for everybody. From then on only Entra ID opens it, for those who have a role (Grant-AzOpenAIAccess; Get-AzOpenAIAccess "
                + "lists them). -DisableLocalAuth:$false brings the keys back.");
            if (live.CustomSubdomain is null && request.CustomSubdomain is null)
                warnings.Add($"'{live.Name}' has no custom subdomain, which Entra ID needs: without keys nobody can call it. Give -CustomSubdomain as well.");
        }

        if (Changes(nameof(ResourceRequest.PublicNetworkAccess)) && request.PublicNetworkAccess!.Equals("Disabled", StringComparison.OrdinalIgnoreCase))
            warnings.Add($"'{live.Name}' answers private endpoints only from then on, and refuses this machine unless it comes through one.");
        if (Changes(nameof(ResourceRequest.AllowedIpRange)))
            warnings.Add(OfAddresses(live, request.AllowedIpRange!));
        if (Changes(nameof(ResourceRequest.CustomSubdomain)))
            warnings.Add($"The subdomain '{request.CustomSubdomain}' cannot be changed or removed once '{live.Name}' has it, and the endpoint of the resource changes with it.");
        return warnings;
    }

    private static string OfAddresses(Resource live, IReadOnlyList<string> ranges)
    {
        bool networks = NetworkRules.HasVirtualNetworks(live);
        if (ranges.Count > 0)
            return $"'{live.Name}' refuses everybody from then on whose address is not among {string.Join(", ", ranges)}{(networks ? " or in one of its virtual networks" : "")}.";
        return NetworkRules.WouldOpen(ranges, live) || !networks
            ? $"'{live.Name}' takes requests from every address from then on: only its keys and Entra ID keep others out."
            : $"'{live.Name}' takes requests from its virtual networks only from then on: their rules stay.";
    }
}
