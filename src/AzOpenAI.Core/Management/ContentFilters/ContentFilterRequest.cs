namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>The desired content filter. Properties that are null aren't requested: a create uses the base policy for them, and they never count as drift.</summary>
public sealed record ContentFilterRequest
{
    /// <summary>The default base policy of a new filter.</summary>
    public const string DefaultBasePolicy = "Microsoft.DefaultV2";

    /// <summary>The resource of the filter.</summary>
    public required Resource Resource { get; init; }

    /// <summary>Name of the filter.</summary>
    public required string Name { get; init; }

    /// <summary>The filter whose rules are used where none are requested.</summary>
    public string? BasePolicy { get; init; }

    /// <summary>Default, Blocking, Asynchronous_filter.</summary>
    public string? Mode { get; init; }

    /// <summary>Requested rules.</summary>
    public IReadOnlyList<ContentFilterSetting> Settings { get; init; } = [];

    /// <summary>Complete list of the blocklists for prompts; may be empty.</summary>
    public IReadOnlyList<string>? PromptBlocklists { get; init; }

    /// <summary>Complete list of the blocklists for completions; may be empty.</summary>
    public IReadOnlyList<string>? CompletionBlocklists { get; init; }

    /// <summary>True to update an existing filter instead of failing.</summary>
    public bool Ensure { get; init; }
}
