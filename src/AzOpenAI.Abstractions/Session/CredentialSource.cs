namespace AzOpenAI;

/// <summary>Where the Entra ID token of a context comes from.</summary>
public enum CredentialSource : long
{
    /// <summary>Environment, workload identity, managed identity, Azure CLI, Azure PowerShell: the first that answers.</summary>
    Default,

    /// <summary>Device code, typed in a browser elsewhere.</summary>
    DeviceCode,

    /// <summary>The browser of this machine.</summary>
    Interactive,

    /// <summary>Service principal with a client secret.</summary>
    ClientSecret,

    /// <summary>Service principal with a certificate.</summary>
    ClientCertificate,

    /// <summary>Service principal with a token of another issuer (GitHub Actions, Azure Pipelines, Kubernetes).</summary>
    FederatedToken,

    /// <summary>The identity of the machine or service that runs this.</summary>
    ManagedIdentity,

    /// <summary>The login of <c>az</c>.</summary>
    AzureCli,

    /// <summary>The login of <c>Connect-AzAccount</c>.</summary>
    AzurePowerShell,

    /// <summary>A token that the caller brought; never refreshed.</summary>
    AccessToken,

    /// <summary>The emulator's dummy token.</summary>
    Emulator,
}
