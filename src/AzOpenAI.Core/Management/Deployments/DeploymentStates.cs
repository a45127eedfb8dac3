using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Whether a deployment accepts requests, and which deployments can be paused.</summary>
internal static class DeploymentStates
{
    public const string Running = "Running";
    public const string Paused = "Paused";

    private static readonly string[] PausableSkus = ["Standard", "DataZoneStandard", "GlobalStandard"];

    /// <exception cref="AzOpenAIException">DeploymentNotPausable.</exception>
    public static void CheckPausable(Deployment deployment)
    {
        if (deployment.Sku is string sku && !PausableSkus.Contains(sku, StringComparer.OrdinalIgnoreCase))
            throw Failure.Of(nameof(Messages.DeploymentNotPausable), ErrorKind.NotAvailable, deployment.Name, deployment.ResourceName, sku, string.Join(", ", PausableSkus));
    }
}
