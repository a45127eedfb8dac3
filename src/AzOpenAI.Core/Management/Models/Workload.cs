namespace AzOpenAI.Core.Management.Models;

/// <summary>The expected load of a deployment.</summary>
/// <param name="RequestsPerMinute">Maximum requests per minute.</param>
/// <param name="PromptTokens">Average prompt tokens of a request.</param>
/// <param name="OutputTokens">Average output tokens of a request.</param>
public sealed record Workload(int RequestsPerMinute, int PromptTokens, int OutputTokens)
{
    /// <summary>Tokens per minute, prompt and output.</summary>
    public double TokensPerMinute => (double)RequestsPerMinute * ((double)PromptTokens + OutputTokens);

    /// <summary>
    /// The capacity of a rate-limited SKU that the workload needs; null if the service reports no limit, as for provisioned SKUs.
    /// </summary>
    internal int? CapacityOf(ModelSku sku)
    {
        double[] units =
        [
            .. sku.RateLimits.Where(l => l.PerMinute > 0)
                .Select(l => Math.Ceiling((l.Key.Equals("token", StringComparison.OrdinalIgnoreCase) ? TokensPerMinute : RequestsPerMinute) / l.PerMinute)),
        ];
        return units.Length == 0 ? null : CapacityRules.SmallestFrom(sku.Capacity, (int)Math.Clamp(units.Max(), 1, int.MaxValue));
    }
}
