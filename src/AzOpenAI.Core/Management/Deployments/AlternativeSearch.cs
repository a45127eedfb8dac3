using System.Globalization;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.Regions;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Suggests alternatives from live data, in this region and others. Only used if something prevents the deployment.</summary>
internal sealed class AlternativeSearch(ManagementClient client, DeploymentCheckRequest request, string location, string kind)
{
    private const int MaxRegions = 3;
    private const int MaxHolders = 3;
    private const int Chunk = 6;

    private IReadOnlyList<string>? _regions;

    public async Task<string> ForAsync(Finding finding, ModelChoice model, SkuChoice? sku, SkuQuestion? question, CancellationToken cancellationToken) => finding.ErrorId switch
    {
        nameof(Messages.ModelNotOffered) => Join(
            model.Instead.Count > 0 ? $"Similar models in this region: {string.Join(", ", model.Instead)}." : null,
            Regions(await RegionsAsync(null, null, cancellationToken).ConfigureAwait(false), "Available in"),
            model.Instead.Count == 0 ? $"Use Get-AzOpenAIModel -Location {location} to list the available models." : null),
        nameof(Messages.ModelVersionNotFound) or nameof(Messages.ModelRetired) or nameof(Messages.ModelDeprecating) => model.Instead.Count > 0
            ? $"Use -Version {model.Instead[0]}{(model.Instead.Count > 1 ? $" (or {string.Join(", ", model.Instead.Skip(1))})" : "")}."
            : $"No version of this model can be deployed here today. Use Get-AzOpenAIModel -Location {location} -Available to list the models that can.",
        nameof(Messages.SkuNotOffered) => Join(
            Others(question),
            Regions(await RegionsAsync(model.Model, request.Sku, cancellationToken).ConfigureAwait(false), $"{request.Sku ?? "One of these SKUs"} is available in")),
        nameof(Messages.CapacityBelowWorkload) => $"Use -Capacity {sku!.Need} or more.",
        nameof(Messages.CapacityInvalid) => string.Join(" or ", CapacityRules.NearestLegal(sku!.Sku!.Capacity, sku.Capacity!.Value).Select(c => $"-Capacity {c}")),
        nameof(Messages.QuotaExceeded) => Join(
            Smaller(sku!, sku!.Free!.Value),
            Roomier(question!, sku),
            Regions(await RegionsAsync(model.Model, request.Sku, cancellationToken).ConfigureAwait(false), "Enough quota and capacity is available in"),
            await HoldersAsync(sku, cancellationToken).ConfigureAwait(false)),
        nameof(Messages.StockExceeded) => Join(
            Smaller(sku!, sku!.Stock!.Value),
            Roomier(question!, sku),
            Regions(await RegionsAsync(model.Model, request.Sku, cancellationToken).ConfigureAwait(false), "Enough quota and capacity is available in")),
        _ => "",
    };

    private static string Join(params string?[] parts) => string.Join(" ", parts.Where(p => !string.IsNullOrEmpty(p)));

    private string Regions(IReadOnlyList<string> regions, string lead) => regions.Count > 0
        ? $"{lead} {string.Join(", ", regions)}{(regions.Count > 1 ? " (nearest first)" : "")}."
        : $"No nearby region meets the request. Use Get-AzOpenAIRegion {request.Model} to check all regions.";

    private static string? Smaller(SkuChoice sku, double room) =>
        CapacityRules.LargestUpTo(sku.Sku!.Capacity, room) is int fits and > 0 ? $"Use -Capacity {fits} or less." : null;

    private static string? Others(SkuQuestion? question)
    {
        string[] open = [.. (question?.Model.Skus ?? []).Where(s => ModelMapper.IsOpen(s, question!.Now)).Select(s => s.Name)];
        return open.Length > 0 ? $"Available here: -Sku {string.Join(", ", open)}." : "The model is listed here, but without a SKU that can be deployed.";
    }

    private static string? Roomier(SkuQuestion question, SkuChoice taken)
    {
        IEnumerable<string> roomy = question.Model.Skus
            .Where(s => s != taken.Sku && SkuChoice.Preferred.Contains(s.Name, StringComparer.OrdinalIgnoreCase))
            .Select(s => SkuChoice.Assess(question, s))
            .Where(c => c.MayFit && c.Free is not null)
            .Select(c => $"-Sku {c.Sku!.Name} has {c.Free!.Value.ToString("0.##", CultureInfo.InvariantCulture)} available");
        string text = string.Join(", ", roomy);
        return text.Length > 0 ? text + "." : null;
    }

    private async Task<string?> HoldersAsync(SkuChoice sku, CancellationToken cancellationToken)
    {
        if (request.Resource is not Resource resource)
            return null;
        try
        {
            var holders = new List<Deployment>();
            await foreach (Deployment deployment in client.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            {
                if (deployment.Model.Equals(request.Model, StringComparison.OrdinalIgnoreCase)
                    && string.Equals(deployment.Sku, sku.Sku!.Name, StringComparison.OrdinalIgnoreCase))
                    holders.Add(deployment);
            }

            string text = string.Join(", ", holders.OrderByDescending(d => d.Capacity).Take(MaxHolders).Select(d => $"'{d.Name}' ({d.Capacity})"));
            return text.Length > 0 ? $"On this resource, the quota is used by {text}." : null;
        }
        catch (AzOpenAIException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> RegionsAsync(Model? known, string? sku, CancellationToken cancellationToken)
    {
        if (_regions is not null)
            return _regions;
        RegionQuery query = new()
        {
            Model = request.Model,
            Version = request.Version,
            Sku = sku,
            Capacity = request.Capacity,
            Format = known?.Format ?? request.Format,
            Kind = kind,
        };
        try
        {
            return _regions = known is null
                ? await new RegionSearch(client).OfferingAsync(query, location, MaxRegions, cancellationToken).ConfigureAwait(false)
                : await WithRoomAsync(query, known, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e)
        {
            client.Options.Reporter.Verbose($"Can't check other regions: {e.Message}");
            return _regions = [];
        }
    }

    /// <summary>A single list of the available capacity in all regions shows for which few of them the quota is worth reading.</summary>
    private async Task<IReadOnlyList<string>> WithRoomAsync(RegionQuery query, Model known, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<(string Location, string Sku), int>? stock = await client.Models.ReadStockAsync(null, known, cancellationToken).ConfigureAwait(false);
        if (stock is null)
            return await new RegionSearch(client).OfferingAsync(query, location, MaxRegions, cancellationToken).ConfigureAwait(false);

        string[] skus = query.Sku is null ? [.. SkuChoice.Preferred] : [query.Sku];
        IEnumerable<string> stocked = stock.Where(s => s.Value >= (query.Capacity ?? 1) && skus.Contains(s.Key.Sku, StringComparer.OrdinalIgnoreCase)).Select(s => s.Key.Location);
        RegionMap map = await RegionMap.ReadAsync(client, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> nearest = map.ByDistance(location, stocked);
        if (known.Skus.Any(s => skus.Contains(s.Name, StringComparer.OrdinalIgnoreCase)))
            return await WithQuotaAsync(query, known, stock, nearest, cancellationToken).ConfigureAwait(false);

        // Models that aren't offered here are only described in other regions.
        ProviderLocation[] candidates = [.. nearest.Take(Chunk).Select(l => new ProviderLocation(l, l))];
        RegionAvailability[] rows = await new RegionSearch(client).JudgeAsync(query, candidates, cancellationToken).ConfigureAwait(false);
        return [.. rows.Where(r => r.Available == true).Take(MaxRegions).Select(r => r.Location)];
    }

    /// <summary>Model and capacity are known: one read per region shows whether the quota is sufficient. Whole zones can share a quota that is used up.</summary>
    private async Task<IReadOnlyList<string>> WithQuotaAsync(
        RegionQuery query, Model known, IReadOnlyDictionary<(string Location, string Sku), int> stock, IReadOnlyList<string> nearest, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (string[] some in nearest.Take(RegionSearch.MaxAdvised).Chunk(Chunk))
        {
            SkuChoice[] choices = await Task.WhenAll(some.Select(async region => SkuChoice.Of(new SkuQuestion
            {
                Model = known,
                Location = region,
                Now = client.ServiceNow,
                Sku = query.Sku,
                Capacity = query.Capacity,
                SmallestWillDo = true,
                Usages = await client.Usages.ReadAsync(region, cancellationToken).ConfigureAwait(false),
                Stock = stock,
            }))).ConfigureAwait(false);
            found.AddRange(some.Where((_, i) => choices[i].Fits));
            if (found.Count >= MaxRegions)
                break;
        }

        return [.. found.Take(MaxRegions)];
    }
}
