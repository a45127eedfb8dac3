using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>What making or changing a content filter would change.</summary>
public sealed record ContentFilterPlan
{
    internal ContentFilterPlan(ContentFilterRequest request) => Request = request;

    /// <summary>What was asked for.</summary>
    public ContentFilterRequest Request { get; }

    /// <summary>The changes; empty: nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The live filter, or null.</summary>
    public ContentFilter? Existing { get; internal init; }

    /// <summary>In what the live filter differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>True: the result says whether anything was changed.</summary>
    internal bool ReportsChange { get; init; }

    internal ContentFilter? Base { get; init; }

    /// <summary>The account's write gate before the reads.</summary>
    internal long Seen { get; init; }
}
