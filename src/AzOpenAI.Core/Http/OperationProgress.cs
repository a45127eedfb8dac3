namespace AzOpenAI.Core.Http;

/// <summary>How far a lasting operation is.</summary>
/// <param name="Activity">What goes on, on which object: <c>Creating resource 'contoso'</c>.</param>
/// <param name="Status">Where it stands, in the service's word where it has one.</param>
/// <param name="PercentComplete">0 to 100, or null where nobody knows.</param>
/// <param name="Remaining">Time left, or null where nobody knows.</param>
/// <param name="Completed">True once: the activity is over, whatever its outcome.</param>
public sealed record OperationProgress(
    string Activity, string Status, int? PercentComplete = null, TimeSpan? Remaining = null, bool Completed = false);
