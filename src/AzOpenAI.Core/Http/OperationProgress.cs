namespace AzOpenAI.Core.Http;

/// <summary>The progress of a long-running operation.</summary>
/// <param name="Activity">The activity and its object: <c>Creating resource 'contoso'</c>.</param>
/// <param name="Status">The status, in the service's wording if it has one.</param>
/// <param name="PercentComplete">0 to 100, or null if unknown.</param>
/// <param name="Remaining">Time remaining, or null if unknown.</param>
/// <param name="Completed">True once, when the activity is over, whatever its outcome.</param>
public sealed record OperationProgress(
    string Activity, string Status, int? PercentComplete = null, TimeSpan? Remaining = null, bool Completed = false);
