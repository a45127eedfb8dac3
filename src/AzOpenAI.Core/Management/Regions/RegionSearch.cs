using System.Globalization;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Management.Regions;

/// <summary>Searches regions for a model.</summary>
public sealed class RegionSearch(ManagementClient client)
{
    // Each region is asked for its models and its quotas at the same time, so twice as many requests are in flight.
    private const int Parallelism = 10;
    private const int AdviceChunk = 6;

    /// <summary>Maximum number of regions to read for a suggestion.</summary>
    internal const int MaxAdvised = 12;

    /// <summary>
    /// A row per region: available ones first, then those with unknown data, then the others with the reason; within these by available quota, then by name.
    /// </summary>
    public async IAsyncEnumerable<RegionAvailability> SearchAsync(RegionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        IReadOnlyList<ProviderLocation> all = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ProviderLocation> wanted = query.Locations is null ? all : [.. query.Locations.Select(l => Find(all, l)).DistinctBy(l => l.Name)];
        if (query.Model is null)
        {
            foreach (ProviderLocation location in wanted.OrderBy(l => l.Name, StringComparer.Ordinal))
            {
                yield return all.Contains(location)
                    ? new RegionAvailability { Location = location.Name, DisplayName = location.DisplayName }
                    : Unknown(query, location, all);
            }

            yield break;
        }

        RegionAvailability[] judged = await JudgeAsync(query, [.. wanted.Where(all.Contains)], cancellationToken).ConfigureAwait(false);
        IEnumerable<RegionAvailability> rows = judged.Concat(wanted.Where(l => !all.Contains(l)).Select(l => Unknown(query, l, all)));
        foreach (RegionAvailability row in rows.OrderByDescending(r => r.Available == true).ThenByDescending(r => r.Available is null)
            .ThenByDescending(r => r.QuotaFree ?? -1).ThenBy(r => r.Location, StringComparer.Ordinal))
            yield return row;
    }

    /// <summary>The rows of the regions, in the order of the regions.</summary>
    internal async Task<RegionAvailability[]> JudgeAsync(RegionQuery query, IReadOnlyList<ProviderLocation> locations, CancellationToken cancellationToken)
    {
        string activity = $"Checking {query.Model} in {locations.Count} regions";
        var rows = new RegionAvailability[locations.Count];
        var stock = new StockBoard(client, cancellationToken);
        int done = 0;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, locations.Count),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (index, token) =>
                {
                    RegionFacts facts = await ReadAsync(query, locations[index], withUsages: true, token).ConfigureAwait(false);
                    rows[index] = facts.Judge(query, facts.Choice?.Model is Model model ? await stock.ReadAsync(model).ConfigureAwait(false) : null);
                    int count = Interlocked.Increment(ref done);
                    client.Options.Reporter.Progress(new OperationProgress(
                        activity, string.Create(CultureInfo.InvariantCulture, $"{count} of {locations.Count}"), 100 * count / locations.Count));
                }).ConfigureAwait(false);
        }
        finally
        {
            client.Options.Reporter.Progress(new OperationProgress(activity, "", Completed: true));
        }

        return rows;
    }

    /// <summary>
    /// The nearest regions that list the model for a new deployment, regardless of quota: one read per region, and no more regions than needed. For suggestions,
    /// which must not use up the caller's read limit.
    /// </summary>
    internal async Task<IReadOnlyList<string>> OfferingAsync(RegionQuery query, string near, int atMost, CancellationToken cancellationToken)
    {
        Task<RegionMap> map = RegionMap.ReadAsync(client, cancellationToken);
        IReadOnlyList<ProviderLocation> all = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> nearest = (await map.ConfigureAwait(false)).ByDistance(near, all.Select(l => l.Name));
        var found = new List<string>();
        foreach (string[] some in nearest.Take(MaxAdvised).Chunk(AdviceChunk))
        {
            RegionFacts[] facts = await Task.WhenAll(some.Select(l => ReadAsync(query, new ProviderLocation(l, l), withUsages: false, cancellationToken)))
                .ConfigureAwait(false);
            found.AddRange(facts.Where(f => f.Choice is { Model: Model model, Findings.Count: 0 } && Has(model, query.Sku, f.Now)).Select(f => f.Location.Name));
            if (found.Count >= atMost)
                break;
        }

        return [.. found.Take(atMost)];
    }

    private static bool Has(Model model, string? sku, DateTimeOffset now) =>
        model.Skus.Any(s => (sku is null || s.Name.Equals(sku, StringComparison.OrdinalIgnoreCase)) && ModelMapper.IsOpen(s, now));

    private static ProviderLocation Find(IReadOnlyList<ProviderLocation> all, string name) =>
        all.FirstOrDefault(l => LocationName.Same(l.Name, name)) ?? new ProviderLocation(LocationName.Normalize(name), name);

    private static RegionAvailability Unknown(RegionQuery query, ProviderLocation location, IReadOnlyList<ProviderLocation> all)
    {
        string nearest = Nearest.List(location.Name, all.Select(l => l.Name));
        return new RegionAvailability
        {
            Location = location.Name,
            Model = query.Model,
            Available = false,
            Reason = $"unknown region{(nearest.Length > 0 ? $" (did you mean {nearest}?)" : "")}",
        };
    }

    private async Task<RegionFacts> ReadAsync(RegionQuery query, ProviderLocation location, bool withUsages, CancellationToken cancellationToken)
    {
        try
        {
            Task<IReadOnlyDictionary<string, Usage>?> usages = withUsages ? ReadUsagesAsync(location, cancellationToken) : Task.FromResult<IReadOnlyDictionary<string, Usage>?>(null);
            var models = new List<Model>();
            try
            {
                await foreach (Model model in client.Models.ListVersionsAsync(location.Name, query.Kind, query.Model!, cancellationToken).ConfigureAwait(false))
                    models.Add(model);
            }
            finally
            {
                await ((Task)usages).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            ModelChoice choice = ModelChoice.Of(models, query.Model!, query.Version, query.Format, location.Name, client.ServiceNow);
            return new RegionFacts(location, choice, usages.IsCompletedSuccessfully ? await usages.ConfigureAwait(false) : null, client.ServiceNow, null);
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            // A region that fails must not prevent results for the others.
            return new RegionFacts(location, null, null, client.ServiceNow, $"unknown: {e.Message}");
        }
    }

    private async Task<IReadOnlyDictionary<string, Usage>?> ReadUsagesAsync(ProviderLocation location, CancellationToken cancellationToken) =>
        await client.Usages.ReadAsync(location.Name, cancellationToken).ConfigureAwait(false);
}
