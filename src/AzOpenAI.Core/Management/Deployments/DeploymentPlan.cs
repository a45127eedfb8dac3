using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>The changes that creating or updating a deployment requires.</summary>
public sealed record DeploymentPlan
{
    internal DeploymentPlan(DeploymentRequest request) => Request = request;

    /// <summary>The request.</summary>
    public DeploymentRequest Request { get; }

    /// <summary>The changes in order; empty if there is nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The preflight, or null if it was skipped or nothing is to be created.</summary>
    public DeploymentCheck? Check { get; internal init; }

    /// <summary>The existing deployment, or null.</summary>
    public Deployment? Existing { get; internal init; }

    /// <summary>How the existing deployment differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>The version of the account's write gate before the reads.</summary>
    internal long Seen { get; init; }
}
