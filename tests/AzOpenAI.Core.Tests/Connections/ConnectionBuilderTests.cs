using System.Net;
using System.Security;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Tests.DataPlane;

namespace AzOpenAI.Core.Tests.Connections;

public sealed class ConnectionBuilderTests
{
    private static readonly SecureString Key = Samples.Secret("the-key");

    [Theory]
    [InlineData("contoso.openai.azure.com", AuthenticationKind.EntraId)]
    [InlineData("https://relay.example.com/v1", AuthenticationKind.Header)]
    [InlineData("http://localhost:11434/v1", AuthenticationKind.Header)]
    public void Without_a_credential_a_token_goes_to_Azure_only(string endpoint, AuthenticationKind expected) =>
        Assert.Equal(expected, ConnectionBuilder.Create(new ConnectionRequest { Endpoint = endpoint }).Authentication);

    [Theory]
    [InlineData("https://x.azure-api.net/team", ConnectionKind.ApiManagement, "https://x.azure-api.net/team/")]
    [InlineData("https://x.azure-api.net/team/openai/v1", ConnectionKind.AzureV1, "https://x.azure-api.net/team/")]
    [InlineData("https://ai.contoso.com/team", ConnectionKind.ApiManagement, "https://ai.contoso.com/team/")]
    [InlineData("https://ai.contoso.com", ConnectionKind.ApiManagement, "https://ai.contoso.com/")]
    [InlineData("https://ai.contoso.com/team/v1", ConnectionKind.OpenAI, "https://ai.contoso.com/team/v1/")]
    public void A_subscription_key_makes_a_gateway_and_is_the_only_credential(string endpoint, ConnectionKind kind, string expected)
    {
        Connection connection = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = endpoint, Key = Key, KeyHeader = ConnectionBuilder.SubscriptionKeyHeader });

        Assert.Equal((kind, expected), (connection.Kind, connection.Endpoint.AbsoluteUri));
        Assert.Equal(AuthenticationKind.Header, connection.Authentication);
        Assert.Null(connection.Key);
        Assert.Same(Key, connection.Headers["ocp-apim-subscription-key"]);
    }

    [Theory]
    [InlineData("https://x.azure-api.net/team")]
    [InlineData("https://x.azure-api.us/team")]
    [InlineData("https://contoso.openai.azure.com.evil.example/openai/v1/")]
    [InlineData("https://evil.example/openai/deployments/d")]
    [InlineData("https://10.0.0.1/openai/v1")]
    [InlineData("https://contoso.openai.azure.com:8443/")]
    public void Another_host_gets_a_token_only_where_the_user_says_so(string endpoint)
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => ConnectionBuilder.Create(new ConnectionRequest { Endpoint = endpoint }));
        Assert.Equal("EntraTokenHostForeign", error.ErrorId);
        Assert.Contains(new Uri(endpoint).Host, error.Message, StringComparison.Ordinal);

        Connection allowed = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = endpoint, UseEntraId = true });
        Assert.Equal((AuthenticationKind.EntraId, new Uri(endpoint).Authority), (allowed.Authentication, allowed.TrustedHost));
    }

    [Fact]
    public void Leave_to_send_a_token_stays_with_its_host()
    {
        Connection old = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "https://gateway.contoso.com/openai/v1", UseEntraId = true });

        Assert.Equal("gateway.contoso.com", ConnectionBuilder.Change(old, new ConnectionRequest { Deployment = "chat" }).TrustedHost);
        Assert.Equal("gateway.contoso.com", ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "https://gateway.contoso.com/other/openai/v1" }).TrustedHost);
        foreach (string other in (string[])["https://evil.example/openai/v1", "https://gateway.contoso.com:8443/openai/v1", "https://gateway.contoso.com.evil.example/openai/v1"])
            Assert.Equal("EntraTokenHostForeign", Assert.Throws<AzOpenAIException>(() => ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = other })).ErrorId);
        Assert.Equal("y.contoso.com", ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "https://y.contoso.com/openai/v1", UseEntraId = true }).TrustedHost);
        Assert.Null(ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "contoso.openai.azure.com" }).TrustedHost);
        Assert.Null(ConnectionBuilder.Change(old, new ConnectionRequest { Key = Key }).TrustedHost);
    }

    [Fact]
    public void A_gateway_may_want_its_key_beside_a_token()
    {
        Connection connection = ConnectionBuilder.Create(new ConnectionRequest
        {
            Endpoint = "x.azure-api.net",
            KeyReference = new SecretReference(SecretStore.Environment, "X"),
            KeyHeader = ConnectionBuilder.SubscriptionKeyHeader,
            UseEntraId = true,
        });

        Assert.Equal(AuthenticationKind.EntraId, connection.Authentication);
        Assert.IsType<SecretReference>(connection.Headers[ConnectionBuilder.SubscriptionKeyHeader]);
    }

    [Fact]
    public void Headers_that_carry_secrets_are_protected_and_others_shown()
    {
        Connection connection = ConnectionBuilder.Create(new ConnectionRequest
        {
            Endpoint = "https://ai.contoso.com/v1",
            Headers = new Dictionary<string, object> { ["authorization"] = "Basic canary", ["x-team"] = "red" },
        });

        Assert.Equal("Basic canary", new NetworkCredential("", Assert.IsType<SecureString>(connection.Headers["Authorization"])).Password);
        Assert.Equal("red", connection.Headers["x-team"]);
        Assert.DoesNotContain("canary", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_credentials_are_refused() => Assert.All<ConnectionRequest>(
        [
            new() { Endpoint = "a.openai.azure.com", Key = Key, UseEntraId = true },
            new() { Endpoint = "a.openai.azure.com", Key = Key, KeyReference = new SecretReference(SecretStore.Environment, "X") },
        ],
        request => Assert.Equal("ConnectionCredentialAmbiguous", Assert.Throws<AzOpenAIException>(() => ConnectionBuilder.Create(request)).ErrorId));

    [Theory]
    [InlineData("bad name", "x")]
    [InlineData("x", "two\r\nlines")]
    public void A_header_that_cannot_be_sent_is_refused_at_once(string name, string value) => Assert.Equal(
        "HeaderInvalid",
        Assert.Throws<AzOpenAIException>(() => ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "a.openai.azure.com", Headers = new Dictionary<string, object> { [name] = value } })).ErrorId);

    [Fact]
    public void A_change_touches_only_what_is_asked_for()
    {
        Connection old = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "contoso.openai.azure.com", Key = Key, Deployment = "one", Scope = "s" });

        Connection changed = ConnectionBuilder.Change(old, new ConnectionRequest { ApiVersion = "2024-10-21" });

        Assert.Equal(old with { Kind = ConnectionKind.AzureDated, ApiVersion = "2024-10-21" }, changed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_is_not_carried_along_to_another_host(bool inHeader)
    {
        Connection old = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "x.azure-api.net", Key = Key, KeyHeader = inHeader ? "x-key" : null });

        Assert.Equal("ConnectionCredentialMissing", Assert.Throws<AzOpenAIException>(() => ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "y.azure-api.net" })).ErrorId);
        Connection moved = ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "y.azure-api.net", UseEntraId = true });
        Assert.Null(moved.Key);
        Assert.Empty(moved.Headers);
        Assert.Equal(AuthenticationKind.EntraId, moved.Authentication);
    }

    [Fact]
    public void Another_path_on_the_same_host_keeps_the_key()
    {
        Connection old = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = "contoso.openai.azure.com", Key = Key });

        Connection changed = ConnectionBuilder.Change(old, new ConnectionRequest { Endpoint = "https://contoso.openai.azure.com/openai/deployments/d?api-version=2024-10-21" });

        Assert.Same(Key, changed.Key);
        Assert.Equal(("d", ConnectionKind.AzureDated), (changed.Deployment, changed.Kind));
    }

    [Theory]
    [InlineData("https://ai.contoso.com/x", ConnectionKind.AzureV1, "https://ai.contoso.com/x/", null)]
    [InlineData("https://ai.contoso.com/x/openai/v1", ConnectionKind.AzureV1, "https://ai.contoso.com/x/", null)]
    [InlineData("https://ai.contoso.com/x", ConnectionKind.AzureDated, "https://ai.contoso.com/x/", "2024-10-21")]
    [InlineData("https://ai.contoso.com/x/openai", ConnectionKind.ApiManagement, "https://ai.contoso.com/x/openai/", "2024-10-21")]
    [InlineData("https://contoso.openai.azure.com/openai/v1/", ConnectionKind.OpenAI, "https://contoso.openai.azure.com/openai/v1/", null)]
    [InlineData("https://ai.contoso.com/x", ConnectionKind.OpenAI, "https://ai.contoso.com/x/", null)]
    public void A_kind_that_is_named_wins(string endpoint, ConnectionKind kind, string expected, string? version)
    {
        Connection connection = ConnectionBuilder.Create(new ConnectionRequest { Endpoint = endpoint, Kind = kind, Key = Key });

        Assert.Equal((kind, expected, version), (connection.Kind, connection.Endpoint.AbsoluteUri, connection.ApiVersion));
    }
}
