using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Usages;

/// <summary>Which models and SKUs of a region use which quota. The name of a quota doesn't tell: it doesn't always contain the model's.</summary>
internal sealed class QuotaIndex
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the catalog of the region; if that fails, nothing is joined.</summary>
    public static async Task<QuotaIndex> ReadAsync(ManagementClient client, string location, string? kind, CancellationToken cancellationToken)
    {
        var index = new QuotaIndex();
        try
        {
            await foreach (Model model in client.Models.ListAsync(location, kind, cancellationToken).ConfigureAwait(false))
            {
                foreach (ModelSku sku in model.Skus)
                    index.Add(model, sku);
            }
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            client.Options.Reporter.Verbose($"Can't determine which models use the quotas of {location}: {e.Message}");
        }

        return index;
    }

    public Usage Join(Usage usage) => _entries.TryGetValue(usage.Name, out Entry? entry)
        ? usage with { Sku = string.Join(", ", entry.Skus), Models = [.. entry.Models.Order(StringComparer.OrdinalIgnoreCase)], Unit = entry.Unit }
        : usage with { Unit = usage.Name.EndsWith("Count", StringComparison.OrdinalIgnoreCase) ? CapacityUnit.Count : null };

    private void Add(Model model, ModelSku sku)
    {
        if (sku.UsageName is null)
            return;
        if (!_entries.TryGetValue(sku.UsageName, out Entry? entry))
            _entries.Add(sku.UsageName, entry = new Entry { Unit = CapacityUnit.Of(sku) });
        entry.Models.Add(model.Name);
        entry.Skus.Add(sku.Name);
        // Two SKUs with different units can't be combined in one number.
        if (entry.Unit != CapacityUnit.Of(sku))
            entry.Unit = null;
    }

    private sealed record Entry
    {
        public string? Unit { get; set; }

        public HashSet<string> Models { get; } = new(StringComparer.OrdinalIgnoreCase);

        public SortedSet<string> Skus { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
