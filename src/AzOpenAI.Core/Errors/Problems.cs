namespace AzOpenAI.Core.Errors;

/// <summary>Combines several failures into one.</summary>
internal static class Problems
{
    /// <summary>Returns a single problem unchanged; several get the ErrorId of the first, with all of them in the message.</summary>
    public static AzOpenAIException Combine(IReadOnlyList<AzOpenAIException> problems)
    {
        if (problems.Count == 1)
            return problems[0];
        string message = string.Join(" ", problems.Select((p, i) => $"({i + 1}) {p.Message}"));
        string[] advice = [.. problems.Select(p => p.Suggestion).OfType<string>().Distinct()];
        string suggestion = advice.Length == 1 ? advice[0] : string.Join(" ", advice.Select((a, i) => $"({i + 1}) {a}"));
        return new AzOpenAIException(problems[0].ErrorId, problems[0].Kind, Failure.Format(nameof(Messages.PreflightFailed), problems.Count, message, suggestion))
        {
            Suggestion = suggestion,
        };
    }

    /// <summary>Adds to the failure what was left behind or, for a removal, what is already deleted.</summary>
    public static AzOpenAIException WithLeftovers(AzOpenAIException failure, IReadOnlyList<string> left, IReadOnlyList<string>? removed = null) =>
        new(
            failure.ErrorId,
            failure.Kind,
            removed is null
                ? Failure.Format(nameof(Messages.ResourceIncomplete), failure.Message, string.Join(", ", left), failure.Suggestion)
                : Failure.Format(nameof(Messages.RemovalIncomplete), failure.Message, string.Join(", ", removed), string.Join(", ", left), failure.Suggestion),
            failure)
        {
            Suggestion = failure.Suggestion,
            StatusCode = failure.StatusCode,
            ServiceCode = failure.ServiceCode,
            ServiceMessage = failure.ServiceMessage,
            RequestId = failure.RequestId,
            RetryAfter = failure.RetryAfter,
            ResponseBody = failure.ResponseBody,
            Partial = left,
        };
}
