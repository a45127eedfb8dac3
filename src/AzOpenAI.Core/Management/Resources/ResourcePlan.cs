using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>What making or matching a resource would change.</summary>
public sealed record ResourcePlan
{
    internal ResourcePlan(ResourceRequest request) => Request = request;

    /// <summary>What was asked for.</summary>
    public ResourceRequest Request { get; }

    /// <summary>The changes in order; empty: nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps => [.. Actions.Select(a => a.Step)];

    /// <summary>The live resource, or null.</summary>
    public Resource? Existing { get; internal init; }

    /// <summary>In what the live resource differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>Whom the changes lock out, and what cannot be taken back.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    internal Resource? Deleted { get; init; }

    /// <summary>The account's write gate before the reads.</summary>
    internal long Seen { get; init; }

    internal IReadOnlyList<(ResourceAction Action, PlannedStep Step)> Actions { get; init; } = [];
}

/// <summary>The kinds of change that a plan is made of.</summary>
internal enum ResourceAction
{
    RegisterProvider,
    CreateGroup,
    Purge,
    Restore,
    Create,
    Update,
}
