namespace AzOpenAI;

/// <summary>Which dialect of the API a connection speaks.</summary>
public enum ConnectionKind : long
{
    /// <summary>Azure, <c>/openai/v1/</c>, no api-version; the deployment goes into <c>model</c>.</summary>
    AzureV1,

    /// <summary>Azure, <c>/openai/deployments/{name}/</c> with a dated api-version.</summary>
    AzureDated,

    /// <summary>API Management or another gateway before Azure: any base path, own headers, Azure's dated routes.</summary>
    ApiManagement,

    /// <summary>OpenAI, a relay, or anything else that speaks OpenAI's API below the base.</summary>
    OpenAI,
}
