namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Compares an existing deployment with the request; what wasn't requested never counts as drift.</summary>
internal static class DeploymentDrift
{
    public static IReadOnlyList<PropertyDrift> Of(DeploymentRequest request, Deployment live)
    {
        var drift = new List<PropertyDrift>();
        void Compare(string property, string? was, string? asked)
        {
            if (asked is not null && !asked.Equals(was ?? "", StringComparison.OrdinalIgnoreCase))
                drift.Add(new PropertyDrift(property, was, asked.Length > 0 ? asked : null));
        }

        Compare(nameof(DeploymentRequest.Version), live.Version, request.Version);
        Compare(nameof(DeploymentRequest.Sku), live.Sku, request.Sku);
        if (request.Capacity is int capacity && capacity != live.Capacity)
            drift.Add(new PropertyDrift(nameof(DeploymentRequest.Capacity), live.Capacity, capacity));
        Compare(nameof(DeploymentRequest.VersionUpgrade), live.VersionUpgrade, request.VersionUpgrade);
        Compare(nameof(DeploymentRequest.ContentFilter), live.ContentFilter, request.ContentFilter);
        Compare(nameof(DeploymentRequest.Spillover), live.Spillover, request.Spillover);
        // A failed deployment exists but doesn't work: it is created again.
        if (live.ProvisioningState is "Failed" or "Canceled")
            drift.Add(new PropertyDrift(nameof(Deployment.ProvisioningState), live.ProvisioningState, "Succeeded"));
        return drift;
    }

    /// <summary>True if a PATCH is sufficient for the change.</summary>
    public static bool IsSkuOnly(IReadOnlyList<PropertyDrift> drift) =>
        drift.All(d => d.Property is nameof(DeploymentRequest.Sku) or nameof(DeploymentRequest.Capacity));

    /// <summary>True if the change needs quota or another model, and therefore a preflight.</summary>
    public static bool NeedsCheck(IReadOnlyList<PropertyDrift> drift) =>
        drift.Any(d => d.Property is nameof(DeploymentRequest.Sku) or nameof(DeploymentRequest.Capacity) or nameof(DeploymentRequest.Version));
}
