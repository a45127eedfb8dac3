using AzOpenAI.Core.Authentication;

namespace AzOpenAI.Core.Sessions;

/// <summary>What a session is to be connected to.</summary>
public sealed record ConnectRequest
{
    /// <summary>The credential.</summary>
    public required CredentialOptions Credential { get; init; }

    /// <summary>The cloud.</summary>
    public required CloudEnvironment Environment { get; init; }

    /// <summary>Name or id of the subscription; null: <c>AZURE_SUBSCRIPTION_ID</c>, else the first enabled one.</summary>
    public string? Subscription { get; init; }

    /// <summary>Tenant id or domain name; wins over <see cref="CredentialOptions.TenantId"/>.</summary>
    public string? Tenant { get; init; }
}
