using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Compares an existing resource with the request; what wasn't requested never counts as drift.</summary>
internal static class ResourceDrift
{
    /// <summary>Drift uses the names of parameters, and this one differs from its property.</summary>
    public const string Tag = "Tag";

    /// <summary>The differences that can be changed.</summary>
    public static IReadOnlyList<PropertyDrift> Of(ResourceRequest request, Resource live)
    {
        var drift = new List<PropertyDrift>();
        if (request.Tags is not null && !SameTags(request.Tags, live.Tags))
            drift.Add(new PropertyDrift(Tag, Show(live.Tags), Show(request.Tags)));
        IdentityChange identity = IdentityChange.Of(request, live);
        if (identity.Type is not null && !Same(identity.Type, live.IdentityType))
            drift.Add(new PropertyDrift(nameof(ResourceRequest.IdentityType), live.IdentityType, identity.Type));
        if (identity.Users is not null && !identity.Users.SetEquals(live.UserAssignedIdentity))
            drift.Add(new PropertyDrift(nameof(ResourceRequest.UserAssignedIdentity), Show(live.UserAssignedIdentity), Show(identity.Users)));
        // A subdomain can be added to a resource that doesn't have one.
        if (request.CustomSubdomain is not null && live.CustomSubdomain is null)
            drift.Add(new PropertyDrift(nameof(ResourceRequest.CustomSubdomain), null, request.CustomSubdomain));
        if (request.PublicNetworkAccess is not null && !Same(request.PublicNetworkAccess, live.PublicNetworkAccess ?? "Enabled"))
            drift.Add(new PropertyDrift(nameof(ResourceRequest.PublicNetworkAccess), live.PublicNetworkAccess, request.PublicNetworkAccess));
        if (request.DisableLocalAuth is bool disable && disable != live.LocalAuthDisabled)
            drift.Add(new PropertyDrift(nameof(ResourceRequest.DisableLocalAuth), live.LocalAuthDisabled, disable));
        if (request.AllowedIpRange is not null && NetworkRules.Differ(request.AllowedIpRange, live))
            drift.Add(new PropertyDrift(nameof(ResourceRequest.AllowedIpRange), NetworkRules.ShowLive(live), NetworkRules.ShowWanted(request.AllowedIpRange, live)));
        return drift;
    }

    /// <summary>The differences that can't be changed: region, kind, an existing subdomain.</summary>
    public static IEnumerable<AzOpenAIException> Fixed(ResourceRequest request, Resource live)
    {
        if (!LocationName.Same(request.Location, live.Location))
            yield return Cannot("region", live, live.Location, LocationName.Normalize(request.Location));
        if (request.Kind is not null && !Same(request.Kind, live.Kind))
            yield return Cannot("kind", live, live.Kind, request.Kind);
        if (request.CustomSubdomain is not null && live.CustomSubdomain is not null && !Same(request.CustomSubdomain, live.CustomSubdomain))
            yield return Cannot("subdomain", live, live.CustomSubdomain, request.CustomSubdomain);
    }

    private static AzOpenAIException Cannot(string property, Resource live, string was, string asked) =>
        Failure.Of(nameof(Messages.ResourceFixedProperty), ErrorKind.AlreadyExists, property, live.Name, was, asked, live.ResourceGroupName);

    private static bool Same(string? left, string? right) =>
        string.Equals(left?.Replace(" ", "", StringComparison.Ordinal), right?.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static bool SameTags(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> live) =>
        wanted.Count == live.Count
        && wanted.All(w => live.Any(l => l.Key.Equals(w.Key, StringComparison.OrdinalIgnoreCase) && l.Value == w.Value));

    private static string? Show(IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? null : string.Join(", ", ids.Select(id => id[(id.LastIndexOf('/') + 1)..]).Order(StringComparer.OrdinalIgnoreCase));

    private static string? Show(IReadOnlyDictionary<string, string> tags) => tags.Count == 0 ? null : string.Join("; ", tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"));
}
