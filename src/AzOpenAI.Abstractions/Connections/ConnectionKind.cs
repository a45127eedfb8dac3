namespace AzOpenAI;

/// <summary>The API dialect of a connection.</summary>
public enum ConnectionKind : long
{
    /// <summary>Azure, <c>/openai/v1/</c>, no API version; the deployment is in <c>model</c>.</summary>
    AzureV1,

    /// <summary>Azure, <c>/openai/deployments/{name}/</c> with a dated API version.</summary>
    AzureDated,

    /// <summary>API Management or another gateway in front of Azure: any base path, own headers, Azure's dated routes.</summary>
    ApiManagement,

    /// <summary>OpenAI, a relay, or any other implementation of OpenAI's API.</summary>
    OpenAI,
}
