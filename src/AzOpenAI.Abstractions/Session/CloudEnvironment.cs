namespace AzOpenAI;

/// <summary>The endpoints of one cloud. Source: the Azure SDK's and Microsoft Learn's tables of sovereign clouds.</summary>
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
        // No document names a scope of its own for the v1 API in this cloud: unverified, so the classic one is used.
        DataPlaneV1Scope = "https://cognitiveservices.azure.us/.default",
        // The second is reported by clients, the third is unverified.
        DataPlaneSuffixes = ["openai.azure.us", "cognitiveservices.azure.us", "api.cognitive.microsoft.us"],
    };

    /// <summary>Azure operated by 21Vianet. That the service is sold there is not confirmed.</summary>
    public static CloudEnvironment AzureChinaCloud { get; } = new()
    {
        Name = "AzureChinaCloud",
        ManagementEndpoint = new Uri("https://management.chinacloudapi.cn/"),
        ManagementScope = "https://management.core.chinacloudapi.cn/.default",
        AuthorityHost = new Uri("https://login.chinacloudapi.cn/"),
        DataPlaneScope = "https://cognitiveservices.azure.cn/.default",
        DataPlaneV1Scope = "https://cognitiveservices.azure.cn/.default",
        // Both unverified: they stand in allow-lists of clients.
        DataPlaneSuffixes = ["openai.azure.cn", "cognitiveservices.azure.cn"],
    };

    /// <summary>Name as Azure PowerShell and the Azure CLI spell it, or <c>Emulator</c> or <c>Custom</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Base of Azure Resource Manager, with a trailing slash.</summary>
    public required Uri ManagementEndpoint { get; init => field = ServiceUri.Of(value); }

    /// <summary>Token scope of Azure Resource Manager.</summary>
    public required string ManagementScope { get; init; }

    /// <summary>Base of Entra ID.</summary>
    public required Uri AuthorityHost { get; init => field = ServiceUri.Of(value); }

    /// <summary>Token scope of the data plane's dated API versions.</summary>
    public required string DataPlaneScope { get; init; }

    /// <summary>Token scope of the data plane's v1 API.</summary>
    public required string DataPlaneV1Scope { get; init; }

    /// <summary>Domains of the data plane. A host one label below one of them gets Entra ID tokens by default; empty where the cloud's hosts aren't known.</summary>
    public IReadOnlyList<string> DataPlaneSuffixes { get; init => field = Indexable.Of(value); } = [];

    /// <summary>True for our double of Azure on loopback.</summary>
    public bool IsEmulator { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
