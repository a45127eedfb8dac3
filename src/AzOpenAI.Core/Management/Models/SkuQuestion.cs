using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Models;

/// <summary>The data for choosing a SKU and a capacity.</summary>
internal sealed record SkuQuestion
{
    public required Model Model { get; init; }

    public required string Location { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>The requested SKU, or null.</summary>
    public string? Sku { get; init; }

    /// <summary>The requested capacity, or null.</summary>
    public int? Capacity { get; init; }

    /// <summary>True to use the smallest capacity if none is requested; false for the SKU's default within the available quota.</summary>
    public bool SmallestWillDo { get; init; }

    /// <summary>The workload to fit, or null.</summary>
    public Workload? Workload { get; init; }

    /// <summary>The capacity of the requested provisioned SKU that the workload needs according to the service; null if it wasn't read or isn't reported.</summary>
    public int? ProvisionedNeed { get; init; }

    /// <summary>Quotas by name, or null if the service didn't report them.</summary>
    public IReadOnlyDictionary<string, Usage>? Usages { get; init; }

    /// <summary>Available capacity by region and SKU (upper case), or null if the service didn't report it.</summary>
    public IReadOnlyDictionary<(string Location, string Sku), int>? Stock { get; init; }

    /// <summary>The deployment to replace: its capacity becomes available for the new one.</summary>
    public Deployment? Replaces { get; init; }

    public int? StockOf(ModelSku sku) =>
        Stock is not null && Stock.TryGetValue((LocationName.Normalize(Location), sku.Name.ToUpperInvariant()), out int available) ? available + Credit(sku) : null;

    public Usage? UsageOf(ModelSku sku) => sku.UsageName is not null && Usages is not null && Usages.TryGetValue(sku.UsageName, out Usage? usage) ? usage : null;

    /// <summary>The capacity that the workload needs, or null if there is no workload or it is unknown.</summary>
    public int? NeedOf(ModelSku sku) =>
        Workload is null ? null : Workload.CapacityOf(sku) ?? (sku.Name.Equals(Sku, StringComparison.OrdinalIgnoreCase) ? ProvisionedNeed : null);

    public int Credit(ModelSku sku)
    {
        if (Replaces is null || Replaces.Capacity is not int held || !Replaces.Model.Equals(Model.Name, StringComparison.OrdinalIgnoreCase))
            return 0;
        return sku.Name.Equals(Replaces.Sku, StringComparison.OrdinalIgnoreCase) ? held : 0;
    }
}
