namespace AzOpenAI.Core.Management.Models;

/// <summary>The unit of a SKU's capacity.</summary>
internal static class CapacityUnit
{
    public const string ThousandTokensPerMinute = "1,000 tokens/min";
    public const string RequestsPerMinute = "requests/min";
    public const string Provisioned = "PTU";
    public const string Count = "count";

    /// <summary>Unverified: the unit of a batch SKU isn't documented.</summary>
    public const string ThousandEnqueuedTokens = "1,000 enqueued tokens";

    private static readonly string[] TokenSkus = ["Standard", "GlobalStandard", "DataZoneStandard", "DeveloperTier"];

    public static bool IsProvisioned(string sku) => sku.Contains("Provisioned", StringComparison.OrdinalIgnoreCase);

    /// <summary>The unit, or null if unknown.</summary>
    public static string? Of(ModelSku sku)
    {
        if (IsProvisioned(sku.Name))
            return Provisioned;
        if (sku.Name.Contains("Batch", StringComparison.OrdinalIgnoreCase))
            return ThousandEnqueuedTokens;
        if (sku.RateLimits.Any(l => l.Key.Equals("token", StringComparison.OrdinalIgnoreCase)))
            return ThousandTokensPerMinute;
        // Speech and images are limited by requests only.
        if (sku.RateLimits.Any(l => l.Key.Equals("request", StringComparison.OrdinalIgnoreCase)))
            return RequestsPerMinute;
        return TokenSkus.Contains(sku.Name, StringComparer.OrdinalIgnoreCase) ? ThousandTokensPerMinute : null;
    }
}
