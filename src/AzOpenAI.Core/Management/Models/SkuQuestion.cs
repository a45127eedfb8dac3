using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Models;

/// <summary>What is known when a SKU and a capacity are to be chosen.</summary>
internal sealed record SkuQuestion
{
    public required Model Model { get; init; }

    public required string Location { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The SKU asked for, or null.</summary>
    public string? Sku { get; init; }

    /// <summary>The capacity asked for, or null.</summary>
    public int? Capacity { get; init; }

    /// <summary>True: without a capacity asked for, the smallest will do; else the SKU's default within the free quota.</summary>
    public bool SmallestWillDo { get; init; }

    /// <summary>The workload that has to fit, or null.</summary>
    public Workload? Workload { get; init; }

    /// <summary>What the service says that the workload needs of the provisioned SKU asked for; null where it was not asked or does not tell.</summary>
    public int? ProvisionedNeed { get; init; }

    /// <summary>Quotas by name, or null where the service did not tell.</summary>
    public IReadOnlyDictionary<string, Usage>? Usages { get; init; }

    /// <summary>Stock by region and SKU (upper case), or null where the service did not tell.</summary>
    public IReadOnlyDictionary<(string Location, string Sku), int>? Stock { get; init; }

    /// <summary>The deployment that would be replaced: what it holds is free for its successor.</summary>
    public Deployment? Replaces { get; init; }

    public int? StockOf(ModelSku sku) =>
        Stock is not null && Stock.TryGetValue((LocationName.Normalize(Location), sku.Name.ToUpperInvariant()), out int available) ? available + Credit(sku) : null;

    public Usage? UsageOf(ModelSku sku) => sku.UsageName is not null && Usages is not null && Usages.TryGetValue(sku.UsageName, out Usage? usage) ? usage : null;

    /// <summary>The capacity that the workload needs, or null where none was given or nobody knows.</summary>
    public int? NeedOf(ModelSku sku) =>
        Workload is null ? null : Workload.CapacityOf(sku) ?? (sku.Name.Equals(Sku, StringComparison.OrdinalIgnoreCase) ? ProvisionedNeed : null);

    public int Credit(ModelSku sku)
    {
        if (Replaces is null || Replaces.Capacity is not int held || !Replaces.Model.Equals(Model.Name, StringComparison.OrdinalIgnoreCase))
            return 0;
        return sku.Name.Equals(Replaces.Sku, StringComparison.OrdinalIgnoreCase) ? held : 0;
    }
}
