using System.Text.Json;

namespace AzOpenAI.Emulator.Catalogue;

/// <summary>Queries the embedded catalog.</summary>
internal sealed class ModelCatalogue
{
    private readonly Dictionary<string, CatalogueRegion> _regions;
    private readonly Dictionary<string, QuotaDefault> _quotas;

    private ModelCatalogue(CatalogueData data)
    {
        Data = data;
        _regions = data.Regions.ToDictionary(r => r.Name, StringComparer.Ordinal);
        _quotas = new Dictionary<string, QuotaDefault>(StringComparer.OrdinalIgnoreCase);
        foreach (QuotaDefault quota in data.QuotaDefaults)
        {
            _quotas[quota.UsageName] = quota;
        }
    }

    public CatalogueData Data { get; }

    /// <summary>The date of the statuses in the file; the emulator's clock starts there.</summary>
    public DateTimeOffset Date => new(Data.StatusesComputedFor.ToDateTime(new TimeOnly(9, 0)), TimeSpan.Zero);

    public static ModelCatalogue Load()
    {
        using Stream stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("catalogue.json")
            ?? throw new InvalidOperationException("The catalogue is missing from the assembly.");
        return new ModelCatalogue(
            JsonSerializer.Deserialize(stream, CatalogueJsonContext.Default.CatalogueData)
            ?? throw new InvalidOperationException("The catalogue is empty."));
    }

    /// <summary>Locations are compared ignoring case and spaces: "West Europe" is "westeurope".</summary>
    public static string Normalise(string location) => location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    public CatalogueRegion? Region(string location) => _regions.GetValueOrDefault(Normalise(location));

    public QuotaDefault? Quota(string usageName) => _quotas.GetValueOrDefault(usageName);

    public CatalogueModel? Model(string format, string name, string? version)
    {
        IEnumerable<CatalogueModel> versions = Data.Models.Where(m =>
            m.Format.Equals(format, StringComparison.OrdinalIgnoreCase) && m.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return string.IsNullOrEmpty(version)
            ? versions.FirstOrDefault(m => m.IsDefaultVersion)
            : versions.FirstOrDefault(m => m.Version.Equals(version, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Models that a region lists, including retired ones.</summary>
    public IEnumerable<CatalogueModel> ModelsIn(string region) => Data.Models.Where(m => SkusIn(m, region).Any());

    /// <summary>SKUs for deploying a base model in a region.</summary>
    public static IEnumerable<CatalogueSku> SkusIn(CatalogueModel model, string region) =>
        model.Skus.Where(s => !s.FineTunedOnly && s.OfferedIn(region));

    /// <summary>The pool of a quota row in a region.</summary>
    public string QuotaPool(string usageName, string region) => Quota(usageName)?.Scope switch
    {
        "subscription" => "*",
        "dataZone" => Region(region)?.DataZone is { } zone ? "zone:" + zone : region,
        _ => region,
    };

    public bool IsDeploymentSku(string name) =>
        Data.Models.Any(m => m.Sku(name) is not null) || LegacySkus.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] LegacySkus = ["Provisioned", "LowPriority", "Dedicated", "Manual"];
}
