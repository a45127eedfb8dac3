namespace AzOpenAI.Core.Connections;

/// <summary>The service behind a host.</summary>
internal enum HostKind
{
    /// <summary>Unknown: a relay, a gateway with a custom domain, the emulator.</summary>
    Other,

    /// <summary>An Azure AI resource.</summary>
    Azure,

    /// <summary>Azure API Management.</summary>
    ApiManagement,

    /// <summary>OpenAI.</summary>
    OpenAI,
}

/// <summary>Determines the service from the host of an endpoint.</summary>
internal static class EndpointHosts
{
    // Azure AI resources of the public cloud; the sovereign clouds have the same names below azure.us and azure.cn.
    private static readonly string[] AzureSuffixes =
        [".openai.azure.", ".cognitiveservices.azure.", ".services.ai.azure.", ".api.cognitive.microsoft.", ".api.cognitive.azure."];
    private static readonly string[] GatewaySuffixes = [".azure-api.net", ".azure-api.us", ".azure-api.cn"];

    private static readonly (string Host, string Reason)[] NoEndpoints =
    [
        ("portal.azure.com", "it's the address of the Azure portal"),
        ("portal.azure.us", "it's the address of the Azure portal"),
        ("portal.azure.cn", "it's the address of the Azure portal"),
        ("oai.azure.com", "it's the address of the old Azure OpenAI studio"),
        ("ai.azure.com", "it's the address of the Foundry portal"),
        ("platform.openai.com", "it's the address of OpenAI's portal"),
        ("learn.microsoft.com", "it's a documentation page"),
        ("management.azure.com", "it's the address of Azure Resource Manager"),
        ("login.microsoftonline.com", "it's the address of Entra ID"),
    ];

    /// <summary>Returns the service behind the host.</summary>
    public static HostKind Classify(Uri endpoint)
    {
        string host = endpoint.IdnHost.ToLowerInvariant();
        if (host == "api.openai.com")
            return HostKind.OpenAI;
        if (GatewaySuffixes.Any(host.EndsWith))
            return HostKind.ApiManagement;
        foreach (string suffix in AzureSuffixes)
        {
            int end = host.LastIndexOf(suffix, StringComparison.Ordinal);
            if (end > 0 && host[(end + suffix.Length)..] is "com" or "us" or "cn")
                return HostKind.Azure;
        }

        return HostKind.Other;
    }

    /// <summary>Why the URL isn't a valid endpoint of a resource, or null.</summary>
    public static string? WhyNoEndpoint(Uri endpoint)
    {
        string host = endpoint.IdnHost.ToLowerInvariant();
        foreach ((string known, string reason) in NoEndpoints)
        {
            // Foundry's portal has no subdomains; resources do (contoso.services.ai.azure.com).
            if (host == known || host == "www." + known || (known is "portal.azure.com" && host.EndsWith(".portal.azure.com", StringComparison.Ordinal)))
                return reason;
        }

        return null;
    }
}
