namespace AzOpenAI.Core.Errors;

/// <summary>One thing that stands against a deployment, before anybody has looked for a way out.</summary>
/// <param name="ErrorId">The ErrorId that a create fails with.</param>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Reason">Short, for a table of regions.</param>
/// <param name="Arguments">The facts of the message; the suggestion comes after them.</param>
internal sealed record Finding(string ErrorId, ErrorKind Kind, string Reason, params object?[] Arguments)
{
    /// <summary>True: the service does not tell.</summary>
    public bool IsUnknown { get; init; }

    public AzOpenAIException ToException(string suggestion) => Failure.Of(ErrorId, Kind, [.. Arguments, suggestion]);

    public DeploymentProblem ToProblem(string suggestion)
    {
        AzOpenAIException exception = ToException(suggestion);
        return new DeploymentProblem(ErrorId, exception.Message, string.IsNullOrWhiteSpace(exception.Suggestion) ? null : exception.Suggestion) { IsUnknown = IsUnknown };
    }
}
