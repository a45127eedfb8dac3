namespace AzOpenAI;

/// <summary>One quota of a subscription in a region.</summary>
public sealed record Usage
{
    /// <summary>Name of the quota, such as <c>OpenAI.GlobalStandard.gpt-5-mini</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Region, normalised.</summary>
    public required string Location { get; init; }

    /// <summary>Units taken.</summary>
    public double Used { get; init; }

    /// <summary>Units granted.</summary>
    public double Limit { get; init; }

    /// <summary>Units free.</summary>
    public double Free => Math.Max(0, Limit - Used);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
