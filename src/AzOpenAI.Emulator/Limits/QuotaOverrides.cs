namespace AzOpenAI.Emulator.Limits;

/// <summary>Limits and other usage that a test has set, by quota pool and usage name.</summary>
internal sealed class QuotaOverrides
{
    private readonly Dictionary<(string Pool, string UsageName), (double? Limit, double ForeignUse)> _rows = [];

    public (double? Limit, double ForeignUse) Get(string pool, string usageName) => _rows.GetValueOrDefault(Key(pool, usageName));

    public void Set(string pool, string usageName, double? limit, double foreignUse) => _rows[Key(pool, usageName)] = (limit, foreignUse);

    private static (string Pool, string UsageName) Key(string pool, string usageName) => (pool, usageName.ToUpperInvariant());
}
