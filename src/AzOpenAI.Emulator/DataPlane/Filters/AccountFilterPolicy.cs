using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>
/// A user's policy, as of the time of the request. A category that it doesn't include is handled by its base policy; one in neither
/// isn't checked.
/// </summary>
internal sealed class AccountFilterPolicy : IContentFilterPolicy
{
    private readonly Dictionary<(FilterSource Source, string Category), FilterRule?> _rules = [];
    private readonly List<(FilterSource Source, bool Blocking, BlocklistTerms Terms)> _blocklists = [];

    private AccountFilterPolicy(bool asynchronous) => Asynchronous = asynchronous;

    public bool Asynchronous { get; }

    /// <summary>Copies the policy; must be called under the subscription's gate.</summary>
    public static AccountFilterPolicy Of(AccountState account, ChildState policy, bool asynchronous)
    {
        AccountFilterPolicy copy = new(asynchronous || policy.Text("mode") is "Asynchronous_filter" or "Deferred");
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase) { policy.Name };
        for (JsonObject? properties = policy.Properties; properties is not null;)
        {
            copy.AddRules(properties["contentFilters"] as JsonArray ?? []);
            string? below = ArmRequest.Text(properties["basePolicyName"]);
            properties = below is not null && seen.Add(below) ? RaiPolicyOperations.Properties(account, below) : null;
        }

        foreach (JsonObject list in (policy.Properties["customBlocklists"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (Source(list) is { } source && account.RaiBlocklists.GetValueOrDefault(ArmRequest.Text(list["blocklistName"]) ?? "") is { } state)
            {
                copy._blocklists.Add((source, ArmRequest.Flag(list["blocking"]) ?? false, new BlocklistTerms(state)));
            }
        }

        return copy;
    }

    public FilterRule? Rule(FilterSource source, string category) => _rules.GetValueOrDefault((source, category));

    public IReadOnlyList<BlocklistMatch>? Blocklists(FilterSource source, string text)
    {
        (FilterSource Source, bool Blocking, BlocklistTerms Terms)[] here = [.. _blocklists.Where(l => l.Source == source)];
        return here.Length == 0 ? null : [.. here.Where(l => l.Terms.Match(text)).Select(l => new BlocklistMatch(l.Terms.Name, l.Blocking))];
    }

    private static FilterSource? Source(JsonObject json) =>
        Enum.TryParse(ArmRequest.Text(json["source"]), ignoreCase: true, out FilterSource source) ? source : null;

    private void AddRules(JsonArray filters)
    {
        foreach (JsonObject filter in filters.OfType<JsonObject>())
        {
            if (Source(filter) is not { } source || RaiCategory.Find(ArmRequest.Text(filter["name"]) ?? "") is not { } category)
            {
                continue;
            }

            FilterSeverity threshold = Enum.TryParse(ArmRequest.Text(filter["severityThreshold"]), ignoreCase: true, out FilterSeverity named) ? named : FilterSeverity.Medium;
            FilterRule? rule = ArmRequest.Flag(filter["enabled"]) == true ? new FilterRule(ArmRequest.Flag(filter["blocking"]) ?? false, threshold) : null;
            _rules.TryAdd((source, category.Wire), rule);
        }
    }
}
