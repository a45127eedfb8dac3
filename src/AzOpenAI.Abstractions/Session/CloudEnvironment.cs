namespace AzOpenAI;

/// <summary>The endpoints of a cloud. Source: the tables of sovereign clouds of the Azure SDK and Microsoft Learn.</summary>
public sealed record CloudEnvironment
{
    /// <summary>Public Azure.</summary>
    public static CloudEnvironment AzureCloud { get; } = new()
    {
        Name = "AzureCloud",
        ManagementEndpoint = new Uri("https://management.azure.com/"),
        ManagementScope = "https://management.azure.com/.default",
        AuthorityHost = new Uri("https://login.microsoftonline.com/"),
        DataPlaneScope = "https://cognitiveservices.azure.com/.default",
        DataPlaneV1Scope = "https://ai.azure.com/.default",
        DataPlaneSuffixes = ["openai.azure.com", "cognitiveservices.azure.com", "services.ai.azure.com", "api.cognitive.microsoft.com"],
    };

    /// <summary>Azure Government.</summary>
    public static CloudEnvironment AzureUSGovernment { get; } = new()
    {
        Name = "AzureUSGovernment",
        ManagementEndpoint = new Uri("https://management.usgovcloudapi.net/"),
        ManagementScope = "https://management.usgovcloudapi.net/.default",
        AuthorityHost = new Uri("https://login.microsoftonline.us/"),
        DataPlaneScope = "https://cognitiveservices.azure.us/.default",
        // Unverified: no document has a separate scope for the v1 API in this cloud, so the classic one is used.
        DataPlaneV1Scope = "https://cognitiveservices.azure.us/.default",
        // The second is reported by clients. Unverified: the third.
        DataPlaneSuffixes = ["openai.azure.us", "cognitiveservices.azure.us", "api.cognitive.microsoft.us"],
    };

    /// <summary>Azure operated by 21Vianet. Unverified: whether the service is available there.</summary>
    public static CloudEnvironment AzureChinaCloud { get; } = new()
    {
        Name = "AzureChinaCloud",
        ManagementEndpoint = new Uri("https://management.chinacloudapi.cn/"),
        ManagementScope = "https://management.core.chinacloudapi.cn/.default",
        AuthorityHost = new Uri("https://login.chinacloudapi.cn/"),
        DataPlaneScope = "https://cognitiveservices.azure.cn/.default",
        DataPlaneV1Scope = "https://cognitiveservices.azure.cn/.default",
        // Unverified: both are in allow-lists of clients.
        DataPlaneSuffixes = ["openai.azure.cn", "cognitiveservices.azure.cn"],
    };

    /// <summary>Name as in Azure PowerShell and the Azure CLI, or <c>Emulator</c> or <c>Custom</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Base URL of Azure Resource Manager, with a trailing slash.</summary>
    public required Uri ManagementEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Token scope of Azure Resource Manager.</summary>
    public required string ManagementScope { get; init; }

    /// <summary>Base URL of Entra ID.</summary>
    public required Uri AuthorityHost { get; init => field = ServiceUri.Of(value); }

    /// <summary>Token scope of the data plane's dated API versions.</summary>
    public required string DataPlaneScope { get; init; }

    /// <summary>Token scope of the data plane's v1 API.</summary>
    public required string DataPlaneV1Scope { get; init; }

    /// <summary>Domains of the data plane. A host one label below one of them gets Entra ID tokens by default; empty if the cloud's hosts are unknown.</summary>
    public IReadOnlyList<string> DataPlaneSuffixes { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True for the emulator on loopback.</summary>
    public bool IsEmulator { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
