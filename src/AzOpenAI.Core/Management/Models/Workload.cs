namespace AzOpenAI.Core.Management.Models;

/// <summary>What an application will ask of a deployment.</summary>
/// <param name="RequestsPerMinute">Requests in a minute, at the busiest.</param>
/// <param name="PromptTokens">Tokens that one request sends, on average.</param>
/// <param name="OutputTokens">Tokens that one request gets back, on average.</param>
public sealed record Workload(int RequestsPerMinute, int PromptTokens, int OutputTokens)
{
    /// <summary>Tokens in a minute, both ways.</summary>
    public double TokensPerMinute => (double)RequestsPerMinute * ((double)PromptTokens + OutputTokens);

    /// <summary>
    /// The capacity of a SKU with rate limits that admits the workload; null where the service tells no limit of it, as for provisioned SKUs.
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
