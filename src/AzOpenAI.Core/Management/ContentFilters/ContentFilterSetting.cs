namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>What is wanted for one category on one side.</summary>
/// <param name="Property">Name of the parameter that asks for it, for drift: <c>HatePrompt</c>.</param>
/// <param name="Category">As the service spells it: <c>Hate</c>, <c>Protected Material Text</c>.</param>
/// <param name="Side">Prompt or Completion.</param>
/// <param name="Level">Off, Annotate, Block (categories without severities), or Low, Medium, High.</param>
public sealed record ContentFilterSetting(string Property, string Category, string Side, string Level)
{
    private bool HasSeverity => Category is "Hate" or "Sexual" or "Selfharm" or "Violence";

    /// <summary>Whether the rule does what is wanted.</summary>
    internal bool IsMet(ContentFilter filter) => Level.Equals(filter.LevelOf(Category, Side), StringComparison.OrdinalIgnoreCase);

    internal bool Matches(string? category, string? side) =>
        Category.Equals(category, StringComparison.OrdinalIgnoreCase) && Side.Equals(side, StringComparison.OrdinalIgnoreCase);

    /// <summary>The threshold to send: an old one is kept where none is asked for.</summary>
    internal string? Threshold(string? old) => Level is "Low" or "Medium" or "High" ? Level : HasSeverity ? old ?? "Medium" : old;
}
