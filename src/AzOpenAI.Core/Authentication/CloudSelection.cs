using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>Selects the cloud: by name, by endpoints, or by the authority host in the environment.</summary>
public static class CloudSelection
{
    private const string AuthorityVariable = "AZURE_AUTHORITY_HOST";

    private static readonly CloudEnvironment[] Known = [CloudEnvironment.AzureCloud, CloudEnvironment.AzureUSGovernment, CloudEnvironment.AzureChinaCloud];

    /// <summary>Returns the cloud.</summary>
    /// <param name="name">Name of the cloud, such as <c>AzureUSGovernment</c>; null for the one in <c>AZURE_AUTHORITY_HOST</c>, or else AzureCloud.</param>
    /// <param name="managementEndpoint">Endpoint of Azure Resource Manager instead of the cloud's.</param>
    /// <param name="authorityHost">Authority host instead of the cloud's. If it belongs to a known cloud, that cloud's other endpoints are used too.</param>
    /// <exception cref="AzOpenAIException">CloudUnknown, AuthorityHostInvalid, EndpointInvalid.</exception>
    public static CloudEnvironment Select(string? name, Uri? managementEndpoint = null, Uri? authorityHost = null) =>
        Select(name, managementEndpoint, authorityHost, CredentialHost.Process);

    internal static CloudEnvironment Select(string? name, Uri? managementEndpoint, Uri? authorityHost, CredentialHost host)
    {
        Uri? authority = authorityHost is not null ? Authority(authorityHost.OriginalString, "-AuthorityHost")
            : name is null && host.Value(AuthorityVariable) is string text ? Authority(text, AuthorityVariable)
            : null;
        CloudEnvironment cloud = name is not null ? Named(name) : Known.FirstOrDefault(known => Same(known.AuthorityHost, authority)) ?? CloudEnvironment.AzureCloud;
        bool ownAuthority = authority is not null && !Same(cloud.AuthorityHost, authority);
        if (managementEndpoint is null && !ownAuthority)
            return cloud;

        Uri management = managementEndpoint is null ? cloud.ManagementEndpoint : Base(managementEndpoint);
        return cloud with
        {
            Name = "Custom",
            ManagementEndpoint = management,
            ManagementScope = managementEndpoint is null ? cloud.ManagementScope : new Uri(management, ".default").ToString(),
            AuthorityHost = ownAuthority ? authority! : cloud.AuthorityHost,
            // The hosts of such a cloud are unknown: its tokens are only sent where the user allows it.
            DataPlaneSuffixes = [],
        };
    }

    /// <summary>True for the authority host of a cloud that the public one can validate.</summary>
    internal static bool IsKnown(Uri authorityHost) => Known.Any(cloud => Same(cloud.AuthorityHost, authorityHost));

    /// <summary>The cloud of a data-plane endpoint, by its host name; AzureCloud if it can't be determined.</summary>
    public static CloudEnvironment OfEndpoint(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        string host = endpoint.IdnHost;
        return host.EndsWith(".azure.us", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure-api.us", StringComparison.OrdinalIgnoreCase) ? CloudEnvironment.AzureUSGovernment
            : host.EndsWith(".azure.cn", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".azure-api.cn", StringComparison.OrdinalIgnoreCase) ? CloudEnvironment.AzureChinaCloud
            : CloudEnvironment.AzureCloud;
    }

    private static CloudEnvironment Named(string name) => Known.FirstOrDefault(cloud => cloud.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw Failure.Of(nameof(Messages.CloudUnknown), ErrorKind.InvalidInput, name, string.Join(", ", Known.Select(static cloud => cloud.Name)));

    private static Uri Authority(string text, string source) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
            ? new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
            : throw Failure.Of(nameof(Messages.AuthorityHostInvalid), ErrorKind.InvalidInput, source);

    private static Uri Base(Uri endpoint) => endpoint.IsAbsoluteUri && endpoint.Scheme is "https" or "http" && endpoint.UserInfo.Length == 0
        ? new Uri(endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/")
        : throw Failure.Of(nameof(Messages.EndpointInvalid), ErrorKind.InvalidInput, endpoint.IsAbsoluteUri ? ShownText.Address(endpoint) : ShownText.Hidden, "it isn't an https address without a user name");

    private static bool Same(Uri one, Uri? other) => other is not null && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase) && one.Port == other.Port;
}
