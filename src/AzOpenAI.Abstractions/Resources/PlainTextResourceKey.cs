namespace AzOpenAI;

/// <summary>Endpoint and keys in plain text, asked for explicitly. No connection, so that it is not passed on by accident.</summary>
public sealed record PlainTextResourceKey
{
    /// <summary>Name of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Base of the v1 API.</summary>
    public required Uri Endpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Base without a path.</summary>
    public required Uri ClassicEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>First key; null when keys are disabled.</summary>
    public string? Key1 { get; init; }

    /// <summary>Second key; null when keys are disabled.</summary>
    public string? Key2 { get; init; }

    /// <summary>The deployment that was piped in.</summary>
    public string? Deployment { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ResourceName;
}
