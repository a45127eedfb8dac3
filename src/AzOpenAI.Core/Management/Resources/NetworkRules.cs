using System.Text.Json;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Applies a list of IP addresses to the network rules of a resource. Rules for virtual networks aren't changed and keep restricting access.</summary>
internal static class NetworkRules
{
    private const string Deny = "Deny";
    private const string Allow = "Allow";

    public static bool Differ(IReadOnlyList<string> ranges, Resource live) =>
        !new HashSet<string>(ranges, StringComparer.OrdinalIgnoreCase).SetEquals(live.AllowedIpRange) || IsClosed(live) != WouldClose(ranges, live);

    /// <summary>True if access becomes unrestricted.</summary>
    public static bool WouldOpen(IReadOnlyList<string> ranges, Resource live) => IsClosed(live) && !WouldClose(ranges, live);

    public static bool HasVirtualNetworks(Resource? live) => HasVirtualNetworks(Read(live));

    public static string? ShowLive(Resource live) => Show(live.AllowedIpRange, IsClosed(live), HasVirtualNetworks(live));

    public static string? ShowWanted(IReadOnlyList<string> ranges, Resource live) => Show(ranges, WouldClose(ranges, live), HasVirtualNetworks(live));

    /// <summary>The rules to send; virtual network rules are sent back unchanged.</summary>
    public static NetworkAclsDto ToBody(IReadOnlyList<string> ranges, Resource? live)
    {
        NetworkAclsDto? now = Read(live);
        return new NetworkAclsDto
        {
            DefaultAction = WouldClose(ranges, live) ? Deny : Allow,
            Bypass = now?.Bypass,
            IpRules = [.. ranges.Select(r => new IpRuleDto(r))],
            VirtualNetworkRules = now?.VirtualNetworkRules,
        };
    }

    private static bool IsClosed(Resource live) => Deny.Equals(live.NetworkDefaultAction, StringComparison.OrdinalIgnoreCase);

    private static bool WouldClose(IReadOnlyList<string> ranges, Resource? live) => ranges.Count > 0 || HasVirtualNetworks(live);

    private static bool HasVirtualNetworks(NetworkAclsDto? rules) => rules?.VirtualNetworkRules is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;

    private static NetworkAclsDto? Read(Resource? live) =>
        live?.Raw is string raw ? JsonSerializer.Deserialize(raw, AccountJson.Default.AccountDto)?.Properties?.NetworkAcls : null;

    private static string? Show(IReadOnlyList<string> ranges, bool closed, bool networks) => (ranges.Count, closed) switch
    {
        (0, false) => null,
        (0, true) => networks ? "virtual networks only" : "no addresses",
        (_, false) => $"{string.Join(", ", ranges)} (not enforced)",
        _ => string.Join(", ", ranges),
    };
}
