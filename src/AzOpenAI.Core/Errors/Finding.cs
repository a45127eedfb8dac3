namespace AzOpenAI.Core.Errors;

/// <summary>One reason why a deployment can't be created, before alternatives are looked up.</summary>
/// <param name="ErrorId">The ErrorId that creating the deployment would fail with.</param>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Reason">A short reason, for a table of regions.</param>
/// <param name="Arguments">The arguments of the message; the suggestion is appended to them.</param>
internal sealed record Finding(string ErrorId, ErrorKind Kind, string Reason, params object?[] Arguments)
{
    /// <summary>True if the service doesn't provide the information.</summary>
    public bool IsUnknown { get; init; }

    public AzOpenAIException ToException(string suggestion) => Failure.Of(ErrorId, Kind, [.. Arguments, suggestion]);

    public DeploymentProblem ToProblem(string suggestion)
    {
        AzOpenAIException exception = ToException(suggestion);
        return new DeploymentProblem(ErrorId, exception.Message, string.IsNullOrWhiteSpace(exception.Suggestion) ? null : exception.Suggestion) { IsUnknown = IsUnknown };
    }
}
