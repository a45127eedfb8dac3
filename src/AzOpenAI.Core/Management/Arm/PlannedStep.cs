namespace AzOpenAI.Core.Management.Arm;

/// <summary>One change that a plan would make.</summary>
/// <param name="Target">The object: <c>resource 'contoso' in 'rg' (swedencentral)</c>.</param>
/// <param name="Action">The action: <c>Create</c>.</param>
public sealed record PlannedStep(string Target, string Action)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Action}: {Target}";
}
