using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>What making or matching a deployment would change.</summary>
public sealed record DeploymentPlan
{
    internal DeploymentPlan(DeploymentRequest request) => Request = request;

    /// <summary>What was asked for.</summary>
    public DeploymentRequest Request { get; }

    /// <summary>The changes in order; empty: nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The preflight, or null where it was skipped or nothing is to be made.</summary>
    public DeploymentCheck? Check { get; internal init; }

    /// <summary>The live deployment, or null.</summary>
    public Deployment? Existing { get; internal init; }

    /// <summary>In what the live deployment differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>The account's write gate before the reads.</summary>
    internal long Seen { get; init; }
}
