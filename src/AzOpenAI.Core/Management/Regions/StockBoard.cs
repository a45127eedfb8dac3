using System.Collections.Concurrent;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>The available capacity for versions in all regions: one list per version, requested when the first region reports the version.</summary>
internal sealed class StockBoard(ManagementClient client, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<(string Location, string Sku), int>?>>> _lists = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The version's available capacity by region and SKU, or null if the service doesn't report it.</summary>
    public Task<IReadOnlyDictionary<(string Location, string Sku), int>?> ReadAsync(Model model) => _lists.GetOrAdd(
        $"{model.Format}/{model.Name}/{model.Version}",
        _ => new Lazy<Task<IReadOnlyDictionary<(string, string), int>?>>(() => client.Models.ReadStockAsync(null, model, cancellationToken))).Value;
}
