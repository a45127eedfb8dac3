namespace AzOpenAI.Cli.Quickstart;

/// <summary>Chooses a model at run time, because a hard-coded name would be retired one day.</summary>
internal static class SmallChatModel
{
    // The publisher's suffixes for small models, in order of preference.
    private static readonly string[] Marks = ["mini", "nano"];
    private static readonly string[] UsableSkus = ["Standard", "DataZoneStandard", "GlobalStandard"];

    /// <summary>The newest generally available small chat model, or null if the region offers none.</summary>
    public static Model? Choose(IEnumerable<Model> models)
    {
        List<Model> candidates = [.. models.Where(IsUsable)];
        foreach (string mark in Marks)
        {
            Model? newest = candidates.Where(model => model.Name.Split('-').Contains(mark)).MaxBy(model => model.Version, StringComparer.Ordinal);
            if (newest is not null)
                return newest;
        }

        return candidates.MaxBy(model => model.Version, StringComparer.Ordinal);
    }

    private static bool IsUsable(Model model) =>
        model is { IsDeployable: true, IsDefaultVersion: true, LifecycleStatus: "GenerallyAvailable" or "Stable" }
        && model.Capabilities.GetValueOrDefault("chatCompletion") == "true"
        && !model.Name.Contains("audio", StringComparison.Ordinal)
        && model.Skus.Any(sku => UsableSkus.Contains(sku.Name));
}
