using System.Globalization;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Models;

/// <summary>The SKU and capacity of a deployment, and the problems with them. Pure: based on known data only.</summary>
internal sealed record SkuChoice
{
    /// <summary>Chosen automatically, in this order. Provisioned SKUs are billed by the hour; batch and developer SKUs aren't for calls of applications.</summary>
    public static IReadOnlyList<string> Preferred { get; } = ["Standard", "DataZoneStandard", "GlobalStandard"];

    public ModelSku? Sku { get; private init; }

    /// <summary>Why this SKU and capacity were chosen, if they weren't requested.</summary>
    public string? Reason { get; private init; }

    public int? Capacity { get; private init; }

    /// <summary>The capacity that the workload needs, or null.</summary>
    public int? Need { get; private init; }

    public Usage? Usage { get; private init; }

    public double? Free { get; private init; }

    public int? Stock { get; private init; }

    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    public bool Fits => Findings.Count == 0;

    public bool MayFit => Findings.All(f => f.IsUnknown);

    public static SkuChoice Of(SkuQuestion question)
    {
        if (question.Sku is string wanted)
        {
            ModelSku? sku = question.Model.Skus.FirstOrDefault(s => Same(s.Name, wanted));
            return sku is null ? NotOffered(question, wanted) : Assess(question, sku);
        }

        var tried = new List<(string Name, SkuChoice? Choice)>();
        foreach (string name in Preferred)
        {
            ModelSku? sku = question.Model.Skus.FirstOrDefault(s => Same(s.Name, name));
            tried.Add((name, sku is null ? null : Assess(question, sku)));
        }

        SkuChoice? taken = tried.Select(t => t.Choice).FirstOrDefault(c => c is { Fits: true })
            ?? tried.Select(t => t.Choice).FirstOrDefault(c => c is { MayFit: true });
        if (taken is null)
            return tried.Select(t => t.Choice).FirstOrDefault(c => c is not null) ?? NotOffered(question, string.Join(", ", Preferred));

        IEnumerable<string> passedOver = tried.TakeWhile(t => t.Choice != taken)
            .Select(t => $"{t.Name}: {(t.Choice is null ? "not available" : string.Join(", ", t.Choice.Findings.Select(f => f.Reason)))}");
        string reason = $"{taken.Sku!.Name} is the first suitable SKU of {string.Join(", ", Preferred)}";
        string before = string.Join("; ", passedOver);
        return taken with { Reason = $"{reason}{(before.Length > 0 ? $" ({before})" : "")}.{(taken.Reason is null ? "" : $" {taken.Reason}")}" };
    }

    /// <summary>Assesses one SKU.</summary>
    public static SkuChoice Assess(SkuQuestion question, ModelSku sku)
    {
        if (!ModelMapper.IsOpen(sku, question.Now))
        {
            string since = sku.DeprecationDate!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var closed = new Finding(
                nameof(Messages.SkuNotOffered), ErrorKind.NotAvailable, $"{sku.Name} closed on {since}", sku.Name, question.Model, $"in {question.Location} as of {since}");
            return new SkuChoice { Sku = sku, Findings = [closed] };
        }

        Usage? usage = question.UsageOf(sku);
        double? free = usage is null ? null : usage.Free + question.Credit(sku);
        int? stock = question.StockOf(sku);
        (int capacity, string? note) = Capacities(question, sku, free, stock);
        var findings = new List<Finding>();
        if (!CapacityRules.IsLegal(sku.Capacity, capacity))
        {
            findings.Add(new Finding(
                nameof(Messages.CapacityInvalid), ErrorKind.InvalidInput, $"capacity {capacity} not in {sku.Capacity}", sku.Name, capacity, question.Model, sku.Capacity));
        }

        int? need = question.NeedOf(sku);
        if (need > capacity)
        {
            findings.Add(new Finding(
                nameof(Messages.CapacityBelowWorkload), ErrorKind.LimitReached, $"workload needs {need}", capacity, need, question.Model, sku.Name));
        }
        else if (question.Workload is not null && need is null)
        {
            findings.Add(new Finding(nameof(Messages.WorkloadUnknown), ErrorKind.LimitReached, "workload requirement unknown", question.Model, sku.Name) { IsUnknown = true });
        }

        if (free is null)
        {
            findings.Add(new Finding(nameof(Messages.QuotaUnknown), ErrorKind.LimitReached, "quota unknown", sku.UsageName ?? sku.Name, question.Location) { IsUnknown = true });
        }
        else if (capacity > free)
        {
            findings.Add(new Finding(
                nameof(Messages.QuotaExceeded), ErrorKind.LimitReached, $"{Show(free.Value)} of {Show(usage!.Limit)} quota available",
                capacity, Show(free.Value), usage.Name, Show(usage.Used), Show(usage.Limit)));
        }

        if (stock is null)
        {
            findings.Add(new Finding(
                nameof(Messages.StockUnknown), ErrorKind.LimitReached, "available capacity unknown", $"{question.Model} with {sku.Name}", question.Location)
            { IsUnknown = true });
        }
        else if (capacity > stock)
        {
            findings.Add(new Finding(
                nameof(Messages.StockExceeded), ErrorKind.LimitReached, $"available capacity {stock}", capacity, stock, question.Model, sku.Name));
        }

        return new SkuChoice { Sku = sku, Capacity = capacity, Need = need, Usage = usage, Free = free, Stock = stock, Reason = note, Findings = findings };
    }

    private static (int Capacity, string? Note) Capacities(SkuQuestion question, ModelSku sku, double? free, int? stock)
    {
        if (question.Capacity is int asked)
            return (asked, null);
        if (question.NeedOf(sku) is int need)
            return (need, $"The capacity is {need}, as required by the workload.");
        int smallest = sku.Capacity.AllowedValues.Count > 0 ? sku.Capacity.AllowedValues.Min() : sku.Capacity.Minimum;
        int usual = question.SmallestWillDo ? smallest : sku.Capacity.Default ?? smallest;
        double room = Math.Min(free ?? double.MaxValue, stock ?? double.MaxValue);
        if (usual <= room)
            return (usual, null);
        // Less than the default but not zero; zero is a finding for the smallest capacity.
        return CapacityRules.LargestUpTo(sku.Capacity, room) is int reduced and > 0
            ? (reduced, $"The capacity is {reduced} instead of the default {usual} because {(free <= (stock ?? double.MaxValue) ? "no more quota is available" : "the region has no more capacity")}.")
            : (smallest, null);
    }

    private static SkuChoice NotOffered(SkuQuestion question, string wanted) => new()
    {
        Findings =
        [
            new Finding(nameof(Messages.SkuNotOffered), ErrorKind.NotAvailable, $"{wanted} not available", wanted, question.Model, $"in {question.Location}"),
        ],
    };

    private static string Show(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
