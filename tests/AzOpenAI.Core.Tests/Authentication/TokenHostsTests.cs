using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Tests.Authentication;

public sealed class TokenHostsTests
{
    [Theory]
    [InlineData("https://contoso.openai.azure.com/", "AzureCloud")]
    [InlineData("https://CONTOSO.OpenAI.Azure.COM/openai/v1/", "AzureCloud")]
    [InlineData("https://contoso.openai.azure.com:443/", "AzureCloud")]
    [InlineData("https://contoso.cognitiveservices.azure.com/", "AzureCloud")]
    [InlineData("https://contoso.services.ai.azure.com/", "AzureCloud")]
    [InlineData("https://swedencentral.api.cognitive.microsoft.com/", "AzureCloud")]
    // An ideographic full stop is a dot to every resolver.
    [InlineData("https://contoso\u3002openai\u3002azure\u3002com/", "AzureCloud")]
    [InlineData("https://contoso.openai.azure.us/", "AzureUSGovernment")]
    [InlineData("https://contoso.cognitiveservices.azure.us/", "AzureUSGovernment")]
    [InlineData("https://usgovvirginia.api.cognitive.microsoft.us/", "AzureUSGovernment")]
    [InlineData("https://contoso.openai.azure.cn/", "AzureChinaCloud")]
    [InlineData("https://contoso.cognitiveservices.azure.cn/", "AzureChinaCloud")]
    public void A_host_of_the_cloud_gets_a_token(string target, string cloud)
    {
        TokenHosts.Check(new Uri(target), null, Cloud(cloud));

        Assert.True(TokenHosts.IsOf(Cloud(cloud), new Uri(target)));
    }

    [Theory]
    // Names that begin, end or look like Azure's.
    [InlineData("https://contoso.openai.azure.com.evil.example/openai/v1/")]
    [InlineData("https://evilopenai.azure.com/")]
    [InlineData("https://contoso-openai.azure.com/")]
    [InlineData("https://openai.azure.com/")]
    [InlineData("https://azure.com/")]
    [InlineData("https://evil.azure.com/")]
    [InlineData("https://api.cognitive.microsoft.com/")]
    [InlineData("https://a.b.openai.azure.com/")]
    [InlineData("https://contoso.openai.azure.com./")]
    [InlineData("https://contoso.openai.azure.co/")]
    [InlineData("https://contoso.openai.azure.com.cn/")]
    [InlineData("https://contoso.open\u0430i.azure.com/")]
    [InlineData("https://contoso.openai.azure\uff0dcom.evil.example/")]
    [InlineData("https://evil.example/openai.azure.com/")]
    [InlineData("https://evil.example/?contoso.openai.azure.com")]
    [InlineData("https://contoso.openai.azure.com@evil.example/")]
    [InlineData("https://evil.example\\.contoso.openai.azure.com/")]
    [InlineData("https://contoso.openai.azure.com%2f.evil.example/")]
    // Addresses, gateways, other ports and schemes, a user.
    [InlineData("https://10.0.0.1/openai/v1/")]
    [InlineData("https://[2001:db8::1]/openai/v1/")]
    [InlineData("https://0x0a000001/openai/v1/")]
    [InlineData("https://contoso.azure-api.net/openai/")]
    [InlineData("https://contoso.azure-api.us/openai/")]
    [InlineData("https://contoso.openai.azure.com:8443/")]
    [InlineData("https://contoso.openai.azure.com:80/")]
    [InlineData("http://contoso.openai.azure.com/")]
    [InlineData("http://contoso.openai.azure.com:443/")]
    [InlineData("https://user@contoso.openai.azure.com/")]
    // Other clouds.
    [InlineData("https://contoso.openai.azure.us/")]
    [InlineData("https://contoso.openai.azure.cn/")]
    public void Any_other_host_gets_none(string target)
    {
        // What is no URL at all can't be called either.
        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? uri))
            return;

        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => TokenHosts.Check(uri, null, CloudEnvironment.AzureCloud));

        Assert.Equal(nameof(Messages.EntraTokenHostForeign), error.ErrorId);
        Assert.Contains(uri.IdnHost, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("-UseEntraId", error.Suggestion, StringComparison.Ordinal);
        Assert.Contains("-Key", error.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain("user", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureUSGovernment", "https://contoso.openai.azure.com/")]
    [InlineData("AzureUSGovernment", "https://contoso.services.ai.azure.us/")]
    [InlineData("AzureUSGovernment", "https://contoso.openai.azure.cn/")]
    [InlineData("AzureChinaCloud", "https://contoso.openai.azure.com/")]
    [InlineData("AzureChinaCloud", "https://contoso.openai.azure.us/")]
    public void A_cloud_knows_its_own_hosts_only(string cloud, string target)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => TokenHosts.Check(new Uri(target), null, Cloud(cloud)));

        Assert.Contains($"isn't a host of {cloud}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_cloud_has_no_known_hosts()
    {
        CloudEnvironment custom = CloudSelection.Select(null, new Uri("https://arm.private.example"));
        Uri target = new("https://contoso.openai.azure.com/");

        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => TokenHosts.Check(target, null, custom));

        Assert.Contains("the hosts of the cloud 'Custom' aren't known", error.Message, StringComparison.Ordinal);
        TokenHosts.Check(target, TokenHosts.Name(target), custom);
    }

    [Theory]
    [InlineData("https://gateway.contoso.com/team/openai/", "gateway.contoso.com", true)]
    [InlineData("https://GATEWAY.contoso.com/", "gateway.contoso.com", true)]
    [InlineData("https://gateway.contoso.com:8443/", "gateway.contoso.com:8443", true)]
    [InlineData("https://10.0.0.1/", "10.0.0.1", true)]
    [InlineData("https://gateway.contoso.com:8443/", "gateway.contoso.com", false)]
    [InlineData("https://gateway.contoso.com/", "gateway.contoso.com:8443", false)]
    [InlineData("https://gateway.contoso.com.evil.example/", "gateway.contoso.com", false)]
    [InlineData("https://a.gateway.contoso.com/", "gateway.contoso.com", false)]
    [InlineData("http://gateway.contoso.com:443/", "gateway.contoso.com:443", false)]
    [InlineData("https://user@gateway.contoso.com/", "gateway.contoso.com", false)]
    [InlineData("https://gateway.contoso.com/", "", false)]
    public void A_host_that_the_user_allowed_gets_one_and_no_other(string target, string trusted, bool allowed)
    {
        Exception? error = Record.Exception(() => TokenHosts.Check(new Uri(target), trusted, CloudEnvironment.AzureCloud));

        Assert.Equal(allowed ? null : nameof(Messages.EntraTokenHostForeign), (error as AzOpenAIException)?.ErrorId);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/")]
    [InlineData("https://API.OPENAI.com./v1/")]
    [InlineData("https://eu.api.openai.com/v1/")]
    [InlineData("https://openai.com/")]
    public void OpenAI_never_gets_one(string target)
    {
        Uri uri = new(target);

        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => TokenHosts.Check(uri, TokenHosts.Name(uri), CloudEnvironment.AzureCloud));

        Assert.Equal(nameof(Messages.EntraTokenNotSupported), error.ErrorId);
        Assert.DoesNotContain("-UseEntraId", error.Suggestion, StringComparison.Ordinal);
    }

    private static CloudEnvironment Cloud(string name) => CloudSelection.Select(name);
}
