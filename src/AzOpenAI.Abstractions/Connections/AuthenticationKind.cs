namespace AzOpenAI;

/// <summary>How a connection authenticates.</summary>
public enum AuthenticationKind : long
{
    /// <summary>A key: <c>api-key</c> on Azure, a bearer token elsewhere.</summary>
    ApiKey,

    /// <summary>An Entra ID token of the session's context.</summary>
    EntraId,

    /// <summary>Only the connection's own headers, such as <c>Ocp-Apim-Subscription-Key</c>.</summary>
    Header,
}
