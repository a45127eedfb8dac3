namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>The desired setting for one category on one side.</summary>
/// <param name="Property">Name of the parameter for it, to report drift: <c>HatePrompt</c>.</param>
/// <param name="Category">In the service's spelling: <c>Hate</c>, <c>Protected Material Text</c>.</param>
/// <param name="Side">Prompt or Completion.</param>
/// <param name="Level">Off, Annotate, Block (categories without severities), or Low, Medium, High.</param>
public sealed record ContentFilterSetting(string Property, string Category, string Side, string Level)
{
    private bool HasSeverity => Category is "Hate" or "Sexual" or "Selfharm" or "Violence";

    /// <summary>True if the rule matches the setting.</summary>
    internal bool IsMet(ContentFilter filter) => Level.Equals(filter.LevelOf(Category, Side), StringComparison.OrdinalIgnoreCase);

    internal bool Matches(string? category, string? side) =>
        Category.Equals(category, StringComparison.OrdinalIgnoreCase) && Side.Equals(side, StringComparison.OrdinalIgnoreCase);

    /// <summary>The threshold to send: an existing one is kept if none is requested.</summary>
    internal string? Threshold(string? old) => Level is "Low" or "Medium" or "High" ? Level : HasSeverity ? old ?? "Medium" : old;
}
