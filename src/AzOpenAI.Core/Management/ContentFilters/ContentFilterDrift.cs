namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>Compares an existing content filter with the request.</summary>
internal static class ContentFilterDrift
{
    public static IReadOnlyList<PropertyDrift> Of(ContentFilterRequest request, ContentFilter live)
    {
        var drift = new List<PropertyDrift>();
        if (request.BasePolicy is string basePolicy && !basePolicy.Equals(live.BasePolicy, StringComparison.OrdinalIgnoreCase))
            drift.Add(new PropertyDrift(nameof(ContentFilterRequest.BasePolicy), live.BasePolicy, basePolicy));
        if (request.Mode is string mode && !Modern(mode).Equals(Modern(live.Mode), StringComparison.OrdinalIgnoreCase))
            drift.Add(new PropertyDrift(nameof(ContentFilterRequest.Mode), live.Mode, mode));
        foreach (ContentFilterSetting setting in request.Settings.Where(s => !s.IsMet(live)))
            drift.Add(new PropertyDrift(setting.Property, live.LevelOf(setting.Category, setting.Side), setting.Level));
        Compare("PromptBlocklist", "Prompt", request.PromptBlocklists);
        Compare("CompletionBlocklist", "Completion", request.CompletionBlocklists);
        return drift;

        void Compare(string property, string side, IReadOnlyList<string>? wanted)
        {
            ContentFilterBlocklist[] there = [.. live.Blocklists.Where(l => l.Side.Equals(side, StringComparison.OrdinalIgnoreCase))];
            if (wanted is null || (there.All(l => l.Blocking) && there.Select(l => l.Name).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(wanted)))
                return;
            drift.Add(new PropertyDrift(property, Show(there.Select(l => l.Name)), Show(wanted)));
        }
    }

    private static string? Show(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : null;

    // Asynchronous_filter used to be called Deferred, and no mode means the default.
    private static string Modern(string? mode) => "Deferred".Equals(mode, StringComparison.OrdinalIgnoreCase) ? "Asynchronous_filter" : mode ?? "Default";
}
