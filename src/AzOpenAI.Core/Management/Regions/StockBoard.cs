using System.Collections.Concurrent;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>The stock of versions over all regions: one list per version, asked for as soon as a region names the version, while others are still asked.</summary>
internal sealed class StockBoard(ManagementClient client, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<(string Location, string Sku), int>?>>> _lists = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The version's stock by region and SKU, or null where the service does not tell.</summary>
    public Task<IReadOnlyDictionary<(string Location, string Sku), int>?> ReadAsync(Model model) => _lists.GetOrAdd(
        $"{model.Format}/{model.Name}/{model.Version}",
        _ => new Lazy<Task<IReadOnlyDictionary<(string, string), int>?>>(() => client.Models.ReadStockAsync(null, model, cancellationToken))).Value;
}
