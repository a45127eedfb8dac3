namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>The content filter that is wanted. What is left null is not asked for: taken from the base policy on a create, never drift.</summary>
public sealed record ContentFilterRequest
{
    /// <summary>The base policy of a new filter for which none is asked.</summary>
    public const string DefaultBasePolicy = "Microsoft.DefaultV2";

    /// <summary>The resource that has or gets it.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Name of the filter.</summary>
    public required string Name { get; init; }

    /// <summary>The filter from which the rules that are not asked for come.</summary>
    public string? BasePolicy { get; init; }

    /// <summary>Default, Blocking, Asynchronous_filter.</summary>
    public string? Mode { get; init; }

    /// <summary>Rules asked for.</summary>
    public IReadOnlyList<ContentFilterSetting> Settings { get; init; } = [];

    /// <summary>Blocklists for prompts, all of them; empty: none.</summary>
    public IReadOnlyList<string>? PromptBlocklists { get; init; }

    /// <summary>Blocklists for completions, all of them; empty: none.</summary>
    public IReadOnlyList<string>? CompletionBlocklists { get; init; }

    /// <summary>An existing filter is brought in line instead of refused.</summary>
    public bool Ensure { get; init; }
}
