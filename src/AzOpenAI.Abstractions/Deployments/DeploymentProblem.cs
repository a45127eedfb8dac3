namespace AzOpenAI;

/// <summary>One reason why a deployment would be refused.</summary>
/// <param name="Code">The ErrorId that a create would fail with.</param>
/// <param name="Message">The missing fact.</param>
/// <param name="Suggestion">The nearest thing that works, computed from live data; null where there is none.</param>
public sealed record DeploymentProblem(string Code, string Message, string? Suggestion)
{
    /// <summary>True where the service does not tell: the deployment may work.</summary>
    public bool IsUnknown { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Suggestion is null ? Message : $"{Message} {Suggestion}";
}
