using System.Text.RegularExpressions;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Determines with reads only whether a deployment would be accepted, and finds all problems.</summary>
public sealed partial class DeploymentPreflight(ManagementClient client)
{
    /// <summary>Runs the check. Problems are in the result, not thrown.</summary>
    /// <exception cref="AzOpenAIException">The check isn't possible: no token, no permission to read, service not reachable.</exception>
    public async Task<DeploymentCheck> CheckAsync(DeploymentCheckRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return (await CheckAsync(request, LookAsync(request, cancellationToken), replace: false, cancellationToken).ConfigureAwait(false)).Check;
    }

    /// <summary>Runs the check and throws its problems.</summary>
    /// <param name="request">The deployment to check.</param>
    /// <param name="existing">The existing deployment with that name, read meanwhile.</param>
    /// <param name="replace">True if it is to be updated, so that it isn't a problem.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    internal async Task<(DeploymentCheck Check, IReadOnlyList<AzOpenAIException> Problems)> CheckAsync(
        DeploymentCheckRequest request, Task<Deployment?> existing, bool replace, CancellationToken cancellationToken)
    {
        ManagementClient own = request.Resource is null ? client : client.For(request.Resource.SubscriptionId);
        string location = LocationName.Normalize(request.Resource?.Location ?? request.Location ?? throw new ArgumentException("Neither a resource nor a region was specified.", nameof(request)));
        string kind = request.Resource?.Kind ?? request.Kind ?? "OpenAI";

        // For a region that doesn't exist, nothing else can be checked.
        Finding? region = request.Resource is null ? await CheckRegionAsync(own, location, cancellationToken).ConfigureAwait(false) : null;
        if (region is not null)
            return (Refused(request, location, region), [region.ToException("")]);

        Task<Finding?> place = request.Resource is null ? Task.FromResult<Finding?>(null) : CheckStateAsync(own, request.Resource, cancellationToken);
        Task<List<Model>> models = ReadModelsAsync(own, request.Resource, location, kind, cancellationToken);
        Task<IReadOnlyDictionary<string, Usage>?> usages = ReadUsagesAsync(own, location, cancellationToken);
        Task<Finding?> filter = ContentFilterCheck.FindAsync(own, request.Resource, request.ContentFilter, cancellationToken);
        Task<Finding?> overflow = SpilloverCheck.FindAsync(own, request.Resource, request.Name ?? request.Model, request.Spillover, cancellationToken);
        await Task.WhenAll(place, models, usages, existing, filter, overflow).ConfigureAwait(false);
        Deployment? live = await existing.ConfigureAwait(false);

        ModelChoice model = ModelChoice.Of(await models.ConfigureAwait(false), request.Model, request.Version, request.Format, location, own.ServiceNow);
        Task<int?> need = ReadNeedAsync(own, request, model.Model, cancellationToken);
        SkuQuestion? question = model.Model is null ? null : new SkuQuestion
        {
            Model = model.Model,
            Location = location,
            Now = own.ServiceNow,
            Sku = request.Sku,
            Capacity = request.Capacity,
            Workload = request.Workload,
            Usages = await usages.ConfigureAwait(false),
            Stock = await own.Models.ReadStockAsync(location, model.Model, cancellationToken).ConfigureAwait(false),
            ProvisionedNeed = await need.ConfigureAwait(false),
            Replaces = replace ? live : null,
        };
        SkuChoice? sku = question is null ? null : SkuChoice.Of(question);

        // A model's retirement applies to all its SKUs: one cause, one problem.
        bool retired = model.Findings.Any(f => f.ErrorId == nameof(Messages.ModelRetired));
        IEnumerable<Finding> ofSku = (sku?.Findings ?? []).Where(f => !retired || f.ErrorId != nameof(Messages.SkuNotOffered));
        // A version that accepts no new deployments may still accept changes to one that uses it: only the service knows.
        bool keeps = replace && live is not null && model.Model is Model kept && kept.Version.Equals(live.Version, StringComparison.OrdinalIgnoreCase);
        IEnumerable<Finding> ofModel = keeps ? model.Findings.Select(f => f with { IsUnknown = true }) : model.Findings;
        List<Finding> findings = [.. General(request, await place.ConfigureAwait(false), replace ? null : live), .. ofModel, .. ofSku];
        if (await filter.ConfigureAwait(false) is Finding noFilter)
            findings.Add(noFilter);
        if (await overflow.ConfigureAwait(false) is Finding noOverflow)
            findings.Add(noOverflow);
        else if (SpilloverCheck.OfSku(request.Name ?? request.Model, request.Spillover, sku?.Sku?.Name ?? request.Sku) is Finding noSpill)
            findings.Add(noSpill);
        if (request.Sku is not null && sku is { Sku: null } && !(await models.ConfigureAwait(false)).SelectMany(m => m.Skus).Any(s => s.Name.Equals(request.Sku, StringComparison.OrdinalIgnoreCase)))
            findings = [.. findings.Where(f => f.ErrorId != nameof(Messages.SkuNotOffered)), new Finding(nameof(Messages.SkuInvalid), ErrorKind.InvalidInput, "unknown SKU", request.Sku)];

        var alternatives = new AlternativeSearch(own, request, location, kind);
        var problems = new List<DeploymentProblem>();
        var exceptions = new List<AzOpenAIException>();
        foreach (Finding finding in findings.OrderBy(f => f.IsUnknown))
        {
            string suggestion = finding.IsUnknown ? "" : await alternatives.ForAsync(finding, model, sku, question, cancellationToken).ConfigureAwait(false);
            problems.Add(finding.ToProblem(suggestion));
            if (!finding.IsUnknown)
                exceptions.Add(finding.ToException(suggestion));
        }

        if (sku?.Reason is string reason)
            own.Options.Reporter.Verbose(reason);
        return (new DeploymentCheck
        {
            Passed = exceptions.Count == 0,
            Location = location,
            ResourceName = request.Resource?.Name,
            Name = request.Name ?? request.Model,
            Model = model.Model?.Name ?? request.Model,
            Format = model.Model?.Format,
            Version = model.Model?.Version ?? request.Version,
            Sku = sku?.Sku?.Name ?? request.Sku,
            SkuReason = sku?.Reason,
            Capacity = sku?.Capacity ?? request.Capacity,
            EstimatedCapacity = sku?.Need,
            UsageName = sku?.Sku?.UsageName,
            QuotaFree = sku?.Free,
            QuotaLimit = sku?.Usage?.Limit,
            Stock = sku?.Stock,
            RetirementDate = model.Model?.RetirementDate,
            Problems = problems,
        }, exceptions);
    }

    private static DeploymentCheck Refused(DeploymentCheckRequest request, string location, Finding finding) => new()
    {
        Location = location,
        Name = request.Name ?? request.Model,
        Model = request.Model,
        Version = request.Version,
        Sku = request.Sku,
        Capacity = request.Capacity,
        Problems = [finding.ToProblem("")],
    };

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex NamePattern();

    private static IEnumerable<Finding> General(DeploymentCheckRequest request, Finding? place, Deployment? inTheWay)
    {
        if (place is not null)
            yield return place;
        string name = request.Name ?? request.Model;
        if (!NamePattern().IsMatch(name) || !ArmName.IsValid(name))
            yield return new Finding(nameof(Messages.DeploymentNameInvalid), ErrorKind.InvalidInput, "invalid name", name);
        if (inTheWay is not null)
        {
            yield return new Finding(
                nameof(Messages.DeploymentExists), ErrorKind.AlreadyExists, "name in use", inTheWay.Name, inTheWay.ResourceName,
                $"{inTheWay.Model} {inTheWay.Version}, {inTheWay.Sku} {inTheWay.Capacity}".Trim());
        }
    }

    private static async Task<List<Model>> ReadModelsAsync(ManagementClient client, Resource? resource, string location, string kind, CancellationToken cancellationToken)
    {
        var models = new List<Model>();
        IAsyncEnumerable<Model> source = resource is null
            ? client.Models.ListAsync(location, kind, cancellationToken)
            : client.Models.ListForResourceAsync(resource, cancellationToken);
        await foreach (Model model in source.ConfigureAwait(false))
            models.Add(model);
        return models;
    }

    private static async Task<IReadOnlyDictionary<string, Usage>?> ReadUsagesAsync(ManagementClient client, string location, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Usages.ReadAsync(location, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            client.Options.Reporter.Verbose($"Can't read the quotas of {location}: {e.Message}");
            return null;
        }
    }

    /// <summary>For a provisioned SKU, only the service knows the throughput of a unit; the catalog has rate limits for the others.</summary>
    private static async Task<int?> ReadNeedAsync(ManagementClient client, DeploymentCheckRequest request, Model? model, CancellationToken cancellationToken) =>
        model is not null && request is { Workload: Workload workload, Sku: string name }
            && model.Skus.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is ModelSku sku && CapacityUnit.IsProvisioned(sku.Name)
                ? await client.Models.CalculateCapacityAsync(model, sku.Name, workload, cancellationToken).ConfigureAwait(false)
                : null;

    private static async Task<Finding?> CheckStateAsync(ManagementClient client, Resource resource, CancellationToken cancellationToken)
    {
        string? state = resource.ProvisioningState;
        if (state != "Succeeded")
            state = (await client.Resources.GetAsync(resource.ResourceGroupName, resource.Name, cancellationToken).ConfigureAwait(false)).ProvisioningState;
        return state is null or "Succeeded"
            ? null
            : new Finding(nameof(Messages.ResourceNotReady), ErrorKind.Busy, $"resource {state}", resource.Name, state, resource.ResourceGroupName);
    }

    private static async Task<Finding?> CheckRegionAsync(ManagementClient client, string location, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> locations = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        if (locations.Count == 0 || locations.Any(l => l.Name == location))
            return null;
        string nearest = Nearest.List(location, locations.Select(l => l.Name));
        return new Finding(nameof(Messages.LocationNotAvailable), ErrorKind.InvalidInput, "unknown region", location, nearest.Length > 0 ? $"Did you mean {nearest}? " : "");
    }

    private Task<Deployment?> LookAsync(DeploymentCheckRequest request, CancellationToken cancellationToken) =>
        request.Resource is Resource resource && ArmName.IsValid(request.Name ?? request.Model)
        ? client.For(resource.SubscriptionId).Deployments.FindAsync(resource, request.Name ?? request.Model, cancellationToken)
        : Task.FromResult<Deployment?>(null);
}
