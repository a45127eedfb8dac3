using AzOpenAI.Core.Authentication;

namespace AzOpenAI.Core.Tests.Authentication;

public sealed class CloudSelectionTests
{
    [Theory]
    [InlineData(null, null, null, null, "AzureCloud", "https://management.azure.com/", "https://login.microsoftonline.com/")]
    [InlineData("azureusgovernment", null, null, null, "AzureUSGovernment", "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/")]
    [InlineData("AzureChinaCloud", null, null, null, "AzureChinaCloud", "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/")]
    // Workload identity names the login service; it belongs to a whole cloud.
    [InlineData(null, null, null, "https://login.microsoftonline.us/", "AzureUSGovernment", "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/")]
    [InlineData(null, null, null, "https://login.private.example", "Custom", "https://management.azure.com/", "https://login.private.example/")]
    [InlineData("AzureCloud", null, null, "https://login.microsoftonline.us/", "AzureCloud", "https://management.azure.com/", "https://login.microsoftonline.com/")]
    // What is given wins over what is named.
    [InlineData(null, null, "https://login.chinacloudapi.cn", null, "AzureChinaCloud", "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/")]
    [InlineData("AzureUSGovernment", "https://arm.private.example/base", null, null, "Custom", "https://arm.private.example/base/", "https://login.microsoftonline.us/")]
    [InlineData(null, "https://arm.private.example", "https://login.private.example/adfs", null, "Custom", "https://arm.private.example/", "https://login.private.example/adfs/")]
    public void A_cloud_is_named_or_made_of_its_endpoints(string? name, string? management, string? authority, string? variable, string expected, string arm, string login)
    {
        CloudEnvironment cloud = CloudSelection.Select(
            name, management is null ? null : new Uri(management), authority is null ? null : new Uri(authority), Host(variable));

        Assert.Equal((expected, arm, login), (cloud.Name, cloud.ManagementEndpoint.AbsoluteUri, cloud.AuthorityHost.AbsoluteUri));
        Assert.Equal(management is null, !cloud.ManagementScope.Contains("private", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Azure", null, null, "CloudUnknown")]
    [InlineData(null, "http://login.private.example", null, "AuthorityHostInvalid")]
    [InlineData(null, "login.private.example", null, "AuthorityHostInvalid")]
    [InlineData(null, null, "http://127.0.0.1/", "AuthorityHostInvalid")]
    public void What_is_no_cloud_is_refused(string? name, string? authority, string? variable, string errorId) => Assert.Equal(
        errorId,
        Assert.Throws<AzOpenAIException>(() => CloudSelection.Select(name, null, authority is null ? null : new Uri(authority, UriKind.RelativeOrAbsolute), Host(variable))).ErrorId);

    [Theory]
    [InlineData("https://contoso.openai.azure.us/", "AzureUSGovernment")]
    [InlineData("https://contoso.openai.azure.cn/", "AzureChinaCloud")]
    [InlineData("https://gateway.azure-api.us/x", "AzureUSGovernment")]
    [InlineData("https://contoso.openai.azure.com/", "AzureCloud")]
    [InlineData("https://azure.us.example.com/", "AzureCloud")]
    public void An_endpoint_tells_its_cloud(string endpoint, string expected) => Assert.Equal(expected, CloudSelection.OfEndpoint(new Uri(endpoint)).Name);

    private static CredentialHost Host(string? variable) => new() { Variable = name => name == "AZURE_AUTHORITY_HOST" ? variable : null };
}
