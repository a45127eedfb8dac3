namespace AzOpenAI;

/// <summary>Endpoint and keys in plain text, if requested explicitly. Not a connection, so that it isn't passed on by accident.</summary>
public sealed record PlainTextResourceKey
{
    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Base URL of the v1 API.</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base URL without a path.</summary>
    public required Uri ClassicEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>First key; null if keys are disabled.</summary>
    public string? Key1 { get; init; }

    /// <summary>Second key; null if keys are disabled.</summary>
    public string? Key2 { get; init; }

    /// <summary>The deployment that was piped in.</summary>
    public string? Deployment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ResourceName;
}
