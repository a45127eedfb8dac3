using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Tests.DataPlane;

namespace AzOpenAI.Core.Tests.Connections;

public sealed class EndpointParserTests
{
    private const ConnectionKind V1 = ConnectionKind.AzureV1;
    private const ConnectionKind Dated = ConnectionKind.AzureDated;
    private const ConnectionKind Gateway = ConnectionKind.ApiManagement;
    private const ConnectionKind OpenAI = ConnectionKind.OpenAI;

    [Theory]
    // A resource, as the portal, the documentation and scripts write it.
    [InlineData("contoso.openai.azure.com", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com//", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("HTTPS://Contoso.OpenAI.Azure.com/", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("  https://contoso.openai.azure.com/ \r\n", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("\"https://contoso.openai.azure.com/\"", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("'contoso.openai.azure.com'", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("<https://contoso.openai.azure.com/>", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/openai", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/openai/", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("contoso.openai.azure.com/openai/v1", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/openai/v1/", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com//openai//v1", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/openai/v1/chat/completions", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/openai/v1/responses?api-version=preview", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/v1", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/?utm_source=blog&x", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com/#/resource/overview", "https://contoso.openai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.com:443/", "https://contoso.openai.azure.com/", V1, null, null)]
    // The full target URI of a deployment.
    [InlineData("https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions?api-version=2025-01-01-preview", "https://contoso.openai.azure.com/", Dated, "2025-01-01-preview", "gpt-4o")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/my%20dep/embeddings?api-version=2023-05-15", "https://contoso.openai.azure.com/", Dated, "2023-05-15", "my dep")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/openai/chat/completions?x=1&API-Version=2024-06-01", "https://contoso.openai.azure.com/", Dated, "2024-06-01", "openai")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/gpt-4o", "https://contoso.openai.azure.com/", Dated, "2024-10-21", "gpt-4o")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/", "https://contoso.openai.azure.com/", Dated, "2024-10-21", null)]
    [InlineData("https://contoso.openai.azure.com/openai/responses?api-version=2025-04-01-preview", "https://contoso.openai.azure.com/", Dated, "2025-04-01-preview", null)]
    [InlineData("https://contoso.openai.azure.com/?api-version=2024-02-01", "https://contoso.openai.azure.com/", Dated, "2024-02-01", null)]
    // The same resource by its other hosts.
    [InlineData("https://contoso.cognitiveservices.azure.com/", "https://contoso.cognitiveservices.azure.com/", V1, null, null)]
    [InlineData("https://contoso.cognitiveservices.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21", "https://contoso.cognitiveservices.azure.com/", Dated, "2024-10-21", "d")]
    [InlineData("https://contoso.services.ai.azure.com", "https://contoso.services.ai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.services.ai.azure.com/models", "https://contoso.services.ai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview", "https://contoso.services.ai.azure.com/", V1, null, null)]
    [InlineData("https://contoso.services.ai.azure.com/api/projects/first", "https://contoso.services.ai.azure.com/", V1, null, null)]
    [InlineData("https://swedencentral.api.cognitive.microsoft.com/", "https://swedencentral.api.cognitive.microsoft.com/", V1, null, null)]
    [InlineData("https://contoso.openai.azure.us/", "https://contoso.openai.azure.us/", V1, null, null)]
    [InlineData("contoso.openai.azure.us/openai/deployments/d?api-version=2024-06-01", "https://contoso.openai.azure.us/", Dated, "2024-06-01", "d")]
    // API Management: the base is the publisher's choice.
    [InlineData("https://x.azure-api.net", "https://x.azure-api.net/", Gateway, "2024-10-21", null)]
    [InlineData("https://x.azure-api.net/deployments/modelName", "https://x.azure-api.net/", Gateway, "2024-10-21", "modelName")]
    [InlineData("https://x.azure-api.net/team/ai/openai", "https://x.azure-api.net/team/ai/openai/", Gateway, "2024-10-21", null)]
    [InlineData("https://x.azure-api.net/team/ai", "https://x.azure-api.net/team/ai/", Gateway, "2024-10-21", null)]
    [InlineData("https://x.azure-api.net/team/openai/deployments/d/chat/completions?api-version=2024-02-01", "https://x.azure-api.net/team/openai/", Gateway, "2024-02-01", "d")]
    [InlineData("https://x.azure-api.net/team/openai/v1/", "https://x.azure-api.net/team/", V1, null, null)]
    // OpenAI and what speaks like it.
    [InlineData("https://api.openai.com", "https://api.openai.com/v1/", OpenAI, null, null)]
    [InlineData("https://api.openai.com/v1", "https://api.openai.com/v1/", OpenAI, null, null)]
    [InlineData("https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/", OpenAI, null, null)]
    [InlineData("https://relay.example.com/v1", "https://relay.example.com/v1/", OpenAI, null, null)]
    [InlineData("https://relay.example.com", "https://relay.example.com/v1/", OpenAI, null, null)]
    [InlineData("https://relay.example.com/team/v1/chat/completions", "https://relay.example.com/team/v1/", OpenAI, null, null)]
    [InlineData("https://relay.example.com/api/llm/", "https://relay.example.com/api/llm/", OpenAI, null, null)]
    [InlineData("https://openai.contoso.com/openai/deployments/d/chat/completions?api-version=2024-06-01", "https://openai.contoso.com/openai/", Gateway, "2024-06-01", "d")]
    [InlineData("https://openai.contoso.com/openai/v1/", "https://openai.contoso.com/", V1, null, null)]
    [InlineData("https://evil.openai.azure.com.example.org/", "https://evil.openai.azure.com.example.org/v1/", OpenAI, null, null)]
    // This machine: emulator, gateway, local servers.
    [InlineData("http://127.0.0.1:8080/contoso/", "http://127.0.0.1:8080/contoso/", V1, null, null)]
    [InlineData("http://127.0.0.1:8080/contoso/openai/v1/", "http://127.0.0.1:8080/contoso/", V1, null, null)]
    [InlineData("http://localhost:8080/contoso/openai/deployments/d?api-version=2024-10-21", "http://localhost:8080/contoso/", Dated, "2024-10-21", "d")]
    [InlineData("localhost:8080/v1", "http://localhost:8080/v1/", OpenAI, null, null)]
    [InlineData("127.0.0.1:8080", "http://127.0.0.1:8080/", V1, null, null)]
    [InlineData("http://[::1]:8080/contoso", "http://[::1]:8080/contoso/", V1, null, null)]
    [InlineData("[::1]:8080/v1", "http://[::1]:8080/v1/", OpenAI, null, null)]
    [InlineData("https://localhost:8443/contoso/", "https://localhost:8443/contoso/", V1, null, null)]
    public void Every_form_in_use_is_understood(string text, string endpoint, ConnectionKind kind, string? version, string? deployment)
    {
        Connection connection = EndpointParser.Parse(text);

        Assert.Equal(endpoint, connection.Endpoint.AbsoluteUri);
        Assert.Equal(kind, connection.Kind);
        Assert.Equal(version, connection.ApiVersion);
        Assert.Equal(deployment, connection.Deployment);
    }

    [Theory]
    [InlineData("contoso.openai.azure.com", "2024-10-21", Dated, "2024-10-21")]
    [InlineData("contoso.openai.azure.com/openai/v1", "2024-10-21", Dated, "2024-10-21")]
    [InlineData("contoso.openai.azure.com/openai/deployments/d?api-version=2023-05-15", "2024-10-21", Dated, "2024-10-21")]
    [InlineData("contoso.openai.azure.com/openai/deployments/d?api-version=2023-05-15", "v1", V1, null)]
    [InlineData("contoso.openai.azure.com", "latest", V1, null)]
    [InlineData("http://127.0.0.1:1/contoso/", "2024-06-01", Dated, "2024-06-01")]
    [InlineData("x.azure-api.net/a", "2024-06-01", Gateway, "2024-06-01")]
    [InlineData("gateway.contoso.com/openai", "2024-06-01", Gateway, "2024-06-01")]
    public void A_version_that_the_caller_names_wins(string text, string asked, ConnectionKind kind, string? version)
    {
        Connection connection = EndpointParser.Parse(text, asked, "mine");

        Assert.Equal(kind, connection.Kind);
        Assert.Equal(version, connection.ApiVersion);
        Assert.Equal("mine", connection.Deployment);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("contoso", "doesn't have a host name")]
    [InlineData("https://", "isn't a URL")]
    [InlineData("https:///openai", "isn't a URL")]
    [InlineData("ftp://contoso.openai.azure.com/", "scheme is 'ftp'")]
    [InlineData("file:///etc/passwd", "isn't a URL")]
    [InlineData("https://portal.azure.com/#@contoso/resource/subscriptions/x", "Azure portal")]
    [InlineData("https://ai.azure.com/resource/deployments?wsid=1", "Foundry portal")]
    [InlineData("https://oai.azure.com/portal", "studio")]
    [InlineData("https://management.azure.com/subscriptions/x", "Resource Manager")]
    [InlineData("https://learn.microsoft.com/azure/ai-foundry", "documentation")]
    [InlineData("https://YOUR-RESOURCE-NAME.openai.azure.com/", "placeholder")]
    [InlineData("https://<resource>.openai.azure.com/", "placeholder")]
    [InlineData("https://{resource}.openai.azure.com/", "placeholder")]
    [InlineData("https://user:hunter2@contoso.openai.azure.com/", "user name")]
    [InlineData("https://contoso openai azure com/", "isn't a URL")]
    public void What_is_no_endpoint_is_refused_with_the_reason_and_an_example(string text, string reason)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => EndpointParser.Parse(text));

        Assert.Equal(nameof(Messages.EndpointInvalid), error.ErrorId);
        Assert.Equal(ErrorKind.InvalidInput, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("https://contoso.openai.azure.com/", error.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://contoso.openai.azure.com/")]
    [InlineData("http://relay.example.com/v1?key=secret0")]
    [InlineData("http://127.0.0.1.example.com/")]
    [InlineData("http://localhost.example.com/")]
    [InlineData("http://10.0.0.5/")]
    public void Plain_http_goes_nowhere_but_to_this_machine(string text)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => EndpointParser.Parse(text));

        Assert.Equal(nameof(Messages.EndpointInsecure), error.ErrorId);
        Assert.DoesNotContain("secret0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://contoso.openai.azure.com/", "2024-06-01", "https://contoso.openai.azure.com/", Dated, "2024-06-01")]
    [InlineData("https://contoso.openai.azure.com/openai/deployments/d?api-version=2023-05-15", "v1", "https://contoso.openai.azure.com/", V1, null)]
    [InlineData("https://x.azure-api.net/team/openai", "v1", "https://x.azure-api.net/team/", V1, null)]
    [InlineData("https://x.azure-api.net/team/openai", "2024-06-01", "https://x.azure-api.net/team/openai/", Gateway, "2024-06-01")]
    public void A_connection_changes_to_another_version(string text, string asked, string endpoint, ConnectionKind kind, string? version)
    {
        Connection connection = EndpointParser.WithApiVersion(EndpointParser.Parse(text), asked);

        Assert.Equal(endpoint, connection.Endpoint.AbsoluteUri);
        Assert.Equal(kind, connection.Kind);
        Assert.Equal(version, connection.ApiVersion);
    }

    [Fact]
    public void OpenAIs_own_api_has_no_version() => Assert.Equal(
        nameof(Messages.ApiVersionNotSupported),
        Assert.Throws<AzOpenAIException>(() => EndpointParser.WithApiVersion(EndpointParser.Parse("api.openai.com"), "2024-06-01")).ErrorId);

    [Theory]
    [InlineData("2024-13-01")]
    [InlineData("2024-10")]
    [InlineData("v2")]
    [InlineData("2024-10-21-beta")]
    public void A_version_of_another_form_is_refused(string version)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => EndpointParser.Parse("contoso.openai.azure.com", version));

        Assert.Equal(nameof(Messages.ApiVersionInvalid), error.ErrorId);
    }

    [Fact]
    public void A_key_in_the_place_of_an_endpoint_is_not_shown()
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => EndpointParser.Parse(Samples.Canary));

        Assert.DoesNotContain(Samples.Canary, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Canary, error.Suggestion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:canary@contoso.openai.azure.com/")]
    [InlineData("user:canary@contoso.openai.azure.com")]
    [InlineData("user:canary@host")]
    [InlineData("ftp://user:canary@contoso.openai.azure.com/")]
    [InlineData("http://user:canary@contoso.openai.azure.com/")]
    [InlineData("https://user:can/canary@contoso.openai.azure.com/")]
    [InlineData("https://user:canary@<your-resource>.openai.azure.com/")]
    [InlineData("https://YOUR_RESOURCE.openai.azure.com/?subscription-key=canary")]
    [InlineData("https://portal.azure.com/?subscription-key=canary")]
    [InlineData("canary00000000000000000000000000")]
    [InlineData("sk-canary")]
    public void A_secret_in_an_endpoint_is_not_repeated(string endpoint)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => EndpointParser.Parse(endpoint));

        Assert.DoesNotContain("canary", error.ToString() + error.Suggestion, StringComparison.Ordinal);
    }
}
