namespace AzOpenAI;

/// <summary>One reason why a deployment would be rejected.</summary>
/// <param name="Code">The ErrorId that creating the deployment would fail with.</param>
/// <param name="Message">The problem.</param>
/// <param name="Suggestion">The closest alternative, from live data; or null.</param>
public sealed record DeploymentProblem(string Code, string Message, string? Suggestion)
{
    /// <summary>True if the service doesn't provide the information: the deployment may work.</summary>
    public bool IsUnknown { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Suggestion is null ? Message : $"{Message} {Suggestion}";
}
