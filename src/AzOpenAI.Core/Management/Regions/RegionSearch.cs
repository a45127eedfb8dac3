using System.Globalization;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management;

/// <summary>Looks for a model over regions.</summary>
public sealed class RegionSearch(ManagementClient client)
{
    private const int Parallelism = 8;

    /// <summary>A row per region, available ones first, then by name; each with the reason where it is not possible.</summary>
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

        RegionFacts[] facts = await ReadAsync(query, [.. wanted.Where(all.Contains)], cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<Model, IReadOnlyDictionary<(string, string), int>?> stock = await ReadStockAsync(facts, cancellationToken).ConfigureAwait(false);
        IEnumerable<RegionAvailability> rows = facts.Select(f => Judge(query, f, stock)).Concat(wanted.Where(l => !all.Contains(l)).Select(l => Unknown(query, l, all)));
        foreach (RegionAvailability row in rows.OrderByDescending(r => r.Available == true).ThenByDescending(r => r.Available is null).ThenBy(r => r.Location, StringComparer.Ordinal))
            yield return row;
    }

    /// <summary>
    /// The first regions that list the model for a new deployment, quota left aside: one read per region, and no more regions than needed. For advice;
    /// a refused command must not spend the caller's read allowance.
    /// </summary>
    internal async Task<IReadOnlyList<string>> OfferingAsync(RegionQuery query, string except, int atMost, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> all = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<string>();
        foreach (ProviderLocation[] some in all.Where(l => !LocationName.Same(l.Name, except)).OrderBy(l => l.Name, StringComparer.Ordinal).Chunk(Parallelism))
        {
            RegionFacts[] facts = await Task.WhenAll(some.Select(l => ReadAsync(query, l, withUsages: false, cancellationToken))).ConfigureAwait(false);
            found.AddRange(facts.Where(f => f.Choice is { Model: not null, Findings.Count: 0 }).Select(f => f.Location.Name));
            if (found.Count >= atMost)
                break;
        }

        return [.. found.Take(atMost)];
    }

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
            Reason = $"no such region{(nearest.Length > 0 ? $" (nearest: {nearest})" : "")}",
        };
    }

    private static RegionAvailability Judge(
        RegionQuery query, RegionFacts facts, IReadOnlyDictionary<Model, IReadOnlyDictionary<(string, string), int>?> stock)
    {
        var row = new RegionAvailability { Location = facts.Location.Name, DisplayName = facts.Location.DisplayName, Model = query.Model, Version = query.Version };
        if (facts.Choice is not ModelChoice choice)
            return row with { Reason = facts.Failure };
        if (choice.Model is not Model model)
            return row with { Available = false, Reason = string.Join("; ", choice.Findings.Select(f => f.Reason)) };

        SkuChoice sku = SkuChoice.Of(new SkuQuestion
        {
            Model = model,
            Location = facts.Location.Name,
            Now = facts.Now,
            Sku = query.Sku,
            Capacity = query.Capacity,
            SmallestWillDo = true,
            Usages = facts.Usages,
            Stock = stock.First(s => SameVersion(s.Key, model)).Value,
        });
        Finding[] findings = [.. choice.Findings, .. sku.Findings];
        return row with
        {
            Version = model.Version,
            Sku = sku.Sku?.Name,
            Skus = [.. model.Skus.Where(s => ModelMapper.IsOpen(s, facts.Now)).Select(s => s.Name)],
            Available = findings.Any(f => !f.IsUnknown) ? false : findings.Length > 0 ? null : true,
            QuotaLimit = sku.Usage?.Limit,
            QuotaUsed = sku.Usage?.Used,
            QuotaFree = sku.Free,
            Stock = sku.Stock,
            Reason = findings.Length == 0 ? null : string.Join("; ", findings.OrderBy(f => f.IsUnknown).Select(f => f.Reason)),
        };
    }

    private static bool SameVersion(Model left, Model right) => left.Name == right.Name && left.Version == right.Version && left.Format == right.Format;

    private async Task<RegionFacts[]> ReadAsync(RegionQuery query, IReadOnlyList<ProviderLocation> locations, CancellationToken cancellationToken)
    {
        string activity = $"Looking for {query.Model} in {locations.Count} regions";
        var facts = new RegionFacts[locations.Count];
        int done = 0;
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, locations.Count),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (index, token) =>
                {
                    facts[index] = await ReadAsync(query, locations[index], withUsages: true, token).ConfigureAwait(false);
                    int count = Interlocked.Increment(ref done);
                    client.Options.Reporter.Progress(new OperationProgress(
                        activity, string.Create(CultureInfo.InvariantCulture, $"{count} of {locations.Count}"), 100 * count / locations.Count));
                }).ConfigureAwait(false);
        }
        finally
        {
            client.Options.Reporter.Progress(new OperationProgress(activity, "", Completed: true));
        }

        return facts;
    }

    private async Task<RegionFacts> ReadAsync(RegionQuery query, ProviderLocation location, bool withUsages, CancellationToken cancellationToken)
    {
        try
        {
            Task<IReadOnlyDictionary<string, Usage>?> usages = withUsages ? ReadUsagesAsync(location, cancellationToken) : Task.FromResult<IReadOnlyDictionary<string, Usage>?>(null);
            var models = new List<Model>();
            try
            {
                await foreach (Model model in client.Models.ListAsync(location.Name, query.Kind, cancellationToken).ConfigureAwait(false))
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
            // One region that does not answer is no reason to say nothing about the others.
            return new RegionFacts(location, null, null, client.ServiceNow, $"unknown: {e.Message}");
        }
    }

    private async Task<IReadOnlyDictionary<string, Usage>?> ReadUsagesAsync(ProviderLocation location, CancellationToken cancellationToken) =>
        await client.Usages.ReadAsync(location.Name, cancellationToken).ConfigureAwait(false);

    /// <summary>The stock of each version over all regions: one list per version, not one per region.</summary>
    private async Task<IReadOnlyDictionary<Model, IReadOnlyDictionary<(string, string), int>?>> ReadStockAsync(
        IEnumerable<RegionFacts> facts, CancellationToken cancellationToken)
    {
        var stock = new Dictionary<Model, IReadOnlyDictionary<(string, string), int>?>();
        foreach (Model model in facts.Select(f => f.Choice?.Model).OfType<Model>().DistinctBy(m => (m.Format, m.Name, m.Version)))
            stock[model] = await client.Models.ReadStockAsync(null, model, cancellationToken).ConfigureAwait(false);
        return stock;
    }

    private sealed record RegionFacts(
        ProviderLocation Location, ModelChoice? Choice, IReadOnlyDictionary<string, Usage>? Usages, DateTimeOffset Now, string? Failure);
}
