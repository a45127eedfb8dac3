using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Catalogue;

/// <summary>One version of one model.</summary>
internal sealed record CatalogueModel
{
    public required string Format { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public bool IsDefaultVersion { get; init; }

    public required string LifecycleStatus { get; init; }

    public string? DocumentedLifecycle { get; init; }

    public required CatalogueDeprecation Deprecation { get; init; }

    public IReadOnlyDictionary<string, string> Capabilities { get; set; } = new Dictionary<string, string>();

    public int? MaxCapacity { get; init; }

    public IReadOnlyList<CatalogueSku> Skus { get; set; } = [];

    public string? Family { get; init; }

    public IReadOnlyList<string> Apis { get; set; } = [];

    public CatalogueLimits Limits { get; set; } = new();

    public CatalogueParameterRules ParameterRules { get; set; } = new();

    public bool LimitedAccess { get; init; }

    /// <summary>The status on a date: a retirement date in the past overrides the documented status.</summary>
    public string StatusOn(DateTimeOffset now)
    {
        if (Deprecation.Inference is { } retires)
        {
            if (retires <= DateOnly.FromDateTime(now.UtcDateTime))
            {
                return "Deprecated";
            }

            // The file's status applies to its own date only; before a retirement, the documented status applies.
            if (LifecycleStatus == "Deprecated")
            {
                return DocumentedLifecycle switch
                {
                    "GA" => "GenerallyAvailable",
                    "Preview" => "Preview",
                    // Current documents only list it as retired; before that day it was still available.
                    "Legacy" or "Retired" => "Legacy",
                    _ => "Deprecating",
                };
            }
        }

        return LifecycleStatus;
    }

    public CatalogueSku? Sku(string name) =>
        Skus.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public bool Supports(string api) => Apis.Contains(api, StringComparer.Ordinal);

    public JsonObject ToReference() => new() { ["format"] = Format, ["name"] = Name, ["version"] = Version };

    /// <summary>The service's name for the model in messages.</summary>
    public override string ToString() => $"Format:{Format},Name:{Name},Version:{Version}";
}

/// <summary>Retirement dates.</summary>
internal sealed record CatalogueDeprecation
{
    public DateOnly? Inference { get; init; }

    public DateOnly? FineTune { get; init; }
}

/// <summary>Sizes of a model, in tokens.</summary>
internal sealed record CatalogueLimits
{
    public int? ContextWindow { get; init; }

    public int? MaxOutputTokens { get; init; }

    public int? MaxInputTokens { get; init; }

    /// <summary>Prompt and completion together, for models with one limit for both.</summary>
    public int? MaxTotalTokens { get; init; }

    /// <summary>Dimensions of an embedding.</summary>
    public int? Dimensions { get; init; }
}

/// <summary>The request parameters that a model rejects.</summary>
internal sealed record CatalogueParameterRules
{
    public IReadOnlyList<string> Rejects { get; set; } = [];

    public string? MaxTokensParameter { get; init; }

    public IReadOnlyList<string> AlsoAccepts { get; set; } = [];

    public IReadOnlyList<string>? ReasoningEffort { get; init; }

    public string? ReasoningEffortDefault { get; init; }

    /// <summary>The only effort for which chat completions support function tools.</summary>
    public string? ChatToolsRequireReasoningEffort { get; init; }
}
