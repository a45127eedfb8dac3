namespace AzOpenAI.Core.Management.Arm;

/// <summary>The API versions of requests to Azure Resource Manager.</summary>
internal static class ArmApiVersions
{
    /// <summary>
    /// Microsoft.CognitiveServices. The oldest that supports everything this module sends, so that every cloud has it. Later stable ones:
    /// 2025-09-01, 2025-12-01, 2026-03-01, 2026-05-01, 2026-07-01, 2026-09-01.
    /// </summary>
    public const string CognitiveServices = "2025-06-01";

    /// <summary>Role assignments and role definitions of Microsoft.Authorization.</summary>
    public const string Authorization = "2022-04-01";

    /// <summary>
    /// Deployments. The first stable version with deploymentState, serviceTier and routing: a PUT with an older one would remove the properties that it doesn't
    /// support. A cloud that doesn't have it yet gets <see cref="CognitiveServices"/>.
    /// </summary>
    public const string Deployments = "2025-12-01";

    /// <summary>Resource groups and providers of Microsoft.Resources.</summary>
    public const string Resources = "2022-09-01";

    /// <summary>Subscriptions and tenants.</summary>
    public const string Subscriptions = "2022-12-01";
}
