using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>The data of one region.</summary>
/// <param name="Location">The region.</param>
/// <param name="Choice">Model and version, or null if reading failed.</param>
/// <param name="Usages">Quotas by name, or null if unknown.</param>
/// <param name="Now">The service's clock.</param>
/// <param name="Failure">Why reading failed.</param>
internal sealed record RegionFacts(
    ProviderLocation Location, ModelChoice? Choice, IReadOnlyDictionary<string, Usage>? Usages, DateTimeOffset Now, string? Failure)
{
    /// <summary>Creates the row of the region.</summary>
    /// <param name="query">The query.</param>
    /// <param name="stock">Available capacity for the version by region and SKU, or null if unknown.</param>
    public RegionAvailability Judge(RegionQuery query, IReadOnlyDictionary<(string, string), int>? stock)
    {
        var row = new RegionAvailability { Location = Location.Name, DisplayName = Location.DisplayName, Model = query.Model, Version = query.Version };
        if (Choice is null)
            return row with { Reason = Failure };
        if (Choice.Model is not Model model)
            return row with { Available = false, Reason = string.Join("; ", Choice.Findings.Select(f => f.Reason)) };

        SkuChoice sku = SkuChoice.Of(new SkuQuestion
        {
            Model = model,
            Location = Location.Name,
            Now = Now,
            Sku = query.Sku,
            Capacity = query.Capacity,
            SmallestWillDo = true,
            Usages = Usages,
            Stock = stock,
        });
        Errors.Finding[] findings = [.. Choice.Findings, .. sku.Findings];
        return row with
        {
            Version = model.Version,
            Sku = sku.Sku?.Name,
            Skus = [.. model.Skus.Where(s => ModelMapper.IsOpen(s, Now)).Select(s => s.Name)],
            Available = findings.Any(f => !f.IsUnknown) ? false : findings.Length > 0 ? null : true,
            QuotaLimit = sku.Usage?.Limit,
            QuotaUsed = sku.Usage?.Used,
            QuotaFree = sku.Free,
            Stock = sku.Stock,
            Reason = findings.Length == 0 ? null : string.Join("; ", findings.OrderBy(f => f.IsUnknown).Select(f => f.Reason)),
        };
    }
}
