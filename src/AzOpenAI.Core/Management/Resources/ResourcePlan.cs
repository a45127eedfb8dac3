using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>The changes that creating or updating a resource requires.</summary>
public sealed record ResourcePlan
{
    internal ResourcePlan(ResourceRequest request) => Request = request;

    /// <summary>The request.</summary>
    public ResourceRequest Request { get; }

    /// <summary>The changes in order; empty if there is nothing to do.</summary>
    public IReadOnlyList<PlannedStep> Steps => [.. Actions.Select(a => a.Step)];

    /// <summary>The existing resource, or null.</summary>
    public Resource? Existing { get; internal init; }

    /// <summary>How the existing resource differs from the request.</summary>
    public IReadOnlyList<PropertyDrift> Drift { get; internal init; } = [];

    /// <summary>Which clients lose access through the changes, and what can't be undone.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    internal Resource? Deleted { get; init; }

    /// <summary>The version of the account's write gate before the reads.</summary>
    internal long Seen { get; init; }

    internal IReadOnlyList<(ResourceAction Action, PlannedStep Step)> Actions { get; init; } = [];
}

/// <summary>The kinds of changes in a plan.</summary>
internal enum ResourceAction
{
    RegisterProvider,
    CreateGroup,
    Purge,
    Restore,
    Create,
    Update,
}
