using AzOpenAI.Core.Authentication;

namespace AzOpenAI.Core.Sessions;

/// <summary>The target of a session.</summary>
public sealed record ConnectRequest
{
    /// <summary>The credential.</summary>
    public required CredentialOptions Credential { get; init; }

    /// <summary>The cloud.</summary>
    public required CloudEnvironment Environment { get; init; }

    /// <summary>Name or ID of the subscription; null for <c>AZURE_SUBSCRIPTION_ID</c>, or else the first enabled one.</summary>
    public string? Subscription { get; init; }

    /// <summary>Tenant ID or domain name; overrides <see cref="CredentialOptions.TenantId"/>.</summary>
    public string? Tenant { get; init; }
}
