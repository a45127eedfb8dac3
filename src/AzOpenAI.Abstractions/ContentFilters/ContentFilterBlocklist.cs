namespace AzOpenAI;

/// <summary>A blocklist that a content filter uses.</summary>
/// <param name="Name">Name of the blocklist.</param>
/// <param name="Side">Prompt or Completion.</param>
/// <param name="Blocking">False to only annotate a match.</param>
public sealed record ContentFilterBlocklist(string Name, string Side, bool Blocking)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Side}){(Blocking ? "" : ", annotates")}";
}
