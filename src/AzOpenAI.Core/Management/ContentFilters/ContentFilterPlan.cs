using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>The changes that creating or updating a content filter requires.</summary>
public sealed record ContentFilterPlan
{
    internal ContentFilterPlan(ContentFilterRequest request) => Request = request;

    /// <summary>The request.</summary>
    public ContentFilterRequest Request { get; }

    /// <summary>The changes; empty if there is nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>The existing filter, or null.</summary>
    public ContentFilter? Existing { get; internal init; }

    /// <summary>How the existing filter differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>True if the result reports whether anything was changed.</summary>
    internal bool ReportsChange { get; init; }

    internal ContentFilter? Base { get; init; }

    /// <summary>The version of the account's write gate before the reads.</summary>
    internal long Seen { get; init; }
}
