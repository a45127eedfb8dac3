using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>
/// Checks the spillover of a deployment: a provisioned deployment sends requests beyond its capacity to a standard one of the same resource.
/// Reads only if one is requested.
/// </summary>
internal static class SpilloverCheck
{
    private static readonly string[] Standard = ["Standard", "DataZoneStandard", "GlobalStandard"];

    /// <summary>Returns the problem with the target deployment, or null.</summary>
    public static async Task<Finding?> FindAsync(ManagementClient client, Resource? resource, string name, string? spillover, CancellationToken cancellationToken)
    {
        if (resource is null || string.IsNullOrEmpty(spillover))
            return null;
        if (spillover.Equals(name, StringComparison.OrdinalIgnoreCase))
            return Invalid(name, spillover, "it's the same deployment");
        if (!ArmName.IsValid(spillover))
            return Invalid(name, spillover, "it isn't a valid deployment name");
        Deployment? target = await client.Deployments.FindAsync(resource, spillover, cancellationToken).ConfigureAwait(false);
        if (target is null)
            return Invalid(name, spillover, $"the deployment doesn't exist on '{resource.Name}'");
        return target.Sku is string sku && !Standard.Contains(sku, StringComparer.OrdinalIgnoreCase)
            ? Invalid(name, spillover, $"the SKU of '{spillover}' is {sku}")
            : null;
    }

    /// <summary>Returns the problem with the SKU of the source deployment, or null.</summary>
    public static Finding? OfSku(string name, string? spillover, string? sku) =>
        string.IsNullOrEmpty(spillover) || sku is null || CapacityUnit.IsProvisioned(sku) ? null : Invalid(name, spillover, $"the SKU of '{name}' is {sku}");

    /// <exception cref="AzOpenAIException">SpilloverInvalid.</exception>
    public static async Task RunAsync(ManagementClient client, DeploymentRequest request, Deployment existing, CancellationToken cancellationToken)
    {
        Finding? finding = await FindAsync(client, request.Resource, existing.Name, request.Spillover, cancellationToken).ConfigureAwait(false)
            ?? OfSku(existing.Name, request.Spillover, request.Sku ?? existing.Sku);
        if (finding is not null)
            throw finding.ToException("");
    }

    private static Finding Invalid(string name, string spillover, string reason) =>
        new(nameof(Messages.SpilloverInvalid), ErrorKind.InvalidInput, $"spillover: {reason}", name, spillover, reason);
}
