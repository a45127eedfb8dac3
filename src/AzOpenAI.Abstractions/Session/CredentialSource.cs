namespace AzOpenAI;

/// <summary>The source of a context's Entra ID token.</summary>
public enum CredentialSource : long
{
    /// <summary>Environment, workload identity, managed identity, Azure CLI, Azure PowerShell: the first that succeeds.</summary>
    Default,

    /// <summary>Device code, entered in a browser on any device.</summary>
    DeviceCode,

    /// <summary>The browser on this machine.</summary>
    Interactive,

    /// <summary>Service principal with a client secret.</summary>
    ClientSecret,

    /// <summary>Service principal with a certificate.</summary>
    ClientCertificate,

    /// <summary>Service principal with a token of another issuer (GitHub Actions, Azure Pipelines, Kubernetes).</summary>
    FederatedToken,

    /// <summary>The managed identity of the machine or service.</summary>
    ManagedIdentity,

    /// <summary>The sign-in of <c>az</c>.</summary>
    AzureCli,

    /// <summary>The sign-in of <c>Connect-AzAccount</c>.</summary>
    AzurePowerShell,

    /// <summary>A token that the caller provides; never refreshed.</summary>
    AccessToken,

    /// <summary>The emulator's dummy token.</summary>
    Emulator,
}
