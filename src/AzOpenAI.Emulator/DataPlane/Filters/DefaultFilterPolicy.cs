namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>
/// The policy of a deployment without one: medium and above is blocked, attacks and protected text are blocked, protected code and
/// ungrounded material are annotated. Every known category has a rule, so that a marked prompt can show each shape.
/// </summary>
internal sealed class DefaultFilterPolicy(bool asynchronous) : IContentFilterPolicy
{
    public bool Asynchronous => asynchronous;

    public FilterRule? Rule(FilterSource source, string category) =>
        new(Blocking: category is not (FilterCategories.ProtectedMaterialCode or FilterCategories.UngroundedMaterial));

    public IReadOnlyList<BlocklistMatch>? Blocklists(FilterSource source, string text) => null;
}
