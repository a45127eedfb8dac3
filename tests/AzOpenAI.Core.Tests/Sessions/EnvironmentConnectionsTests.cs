using System.Net;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Core.Tests.Sessions;

public sealed class EnvironmentConnectionsTests
{
    [Fact]
    public void An_empty_environment_describes_nothing() => Assert.Null(Read());

    [Fact]
    public void The_azure_variables_are_one_source()
    {
        Connection? connection = Read(
            ("AZURE_OPENAI_ENDPOINT", "https://contoso.openai.azure.com/"), ("AZURE_OPENAI_API_KEY", "azure-key"), ("OPENAI_API_VERSION", "2024-10-21"),
            ("AZURE_OPENAI_DEPLOYMENT", "gpt"), ("OPENAI_BASE_URL", "https://relay.example.com/v1"), ("OPENAI_API_KEY", "other-key"));

        Assert.Equal("https://contoso.openai.azure.com/", connection?.Endpoint.AbsoluteUri);
        Assert.Equal(ConnectionKind.AzureDated, connection?.Kind);
        Assert.Equal("2024-10-21", connection?.ApiVersion);
        Assert.Equal("gpt", connection?.Deployment);
        Assert.Equal("azure-key", Text(connection));
    }

    [Theory]
    [InlineData("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY", "first")]
    [InlineData("AZURE_OPENAI_KEY", "UNRELATED", "first")]
    public void Both_names_of_the_key_are_known(string name, string other, string expected) =>
        Assert.Equal(expected, Text(Read(("AZURE_OPENAI_ENDPOINT", "contoso.openai.azure.com"), (name, "first"), (other, "second"))));

    [Fact]
    public void An_azure_endpoint_never_gets_the_key_of_openai()
    {
        Connection? connection = Read(("AZURE_OPENAI_ENDPOINT", "contoso.openai.azure.com"), ("OPENAI_API_KEY", "other-key"));

        Assert.Equal(AuthenticationKind.EntraId, connection?.Authentication);
        Assert.Null(connection?.Key);
    }

    [Fact]
    public void A_relay_never_gets_the_key_of_azure()
    {
        Connection? connection = Read(("OPENAI_BASE_URL", "https://relay.example.com/v1"), ("AZURE_OPENAI_API_KEY", "azure-key"), ("AZURE_OPENAI_DEPLOYMENT", "gpt"));

        Assert.Equal(AuthenticationKind.Header, connection?.Authentication);
        Assert.Null(connection?.Key);
        Assert.Null(connection?.Deployment);
    }

    [Fact]
    public void An_azure_key_without_an_endpoint_is_no_connection() => Assert.Null(Read(("AZURE_OPENAI_API_KEY", "azure-key")));

    [Theory]
    [InlineData("OPENAI_BASE_URL")]
    [InlineData("OPENAI_API_BASE")]
    public void A_relay_is_known_by_both_names(string name)
    {
        Connection? connection = Read((name, "https://relay.example.com/v1"), ("OPENAI_API_KEY", "key"));

        Assert.Equal("https://relay.example.com/v1/", connection?.Endpoint.AbsoluteUri);
        Assert.Equal(ConnectionKind.OpenAI, connection?.Kind);
        Assert.Equal("key", Text(connection));
    }

    [Fact]
    public void A_key_of_openai_alone_goes_to_openai()
    {
        Connection? connection = Read(("OPENAI_API_KEY", " key \n"));

        Assert.Equal("https://api.openai.com/v1/", connection?.Endpoint.AbsoluteUri);
        Assert.Equal("key", Text(connection));
    }

    [Fact]
    public void An_endpoint_that_says_v1_is_not_turned_into_a_dated_one()
    {
        Connection? connection = Read(("AZURE_OPENAI_ENDPOINT", "https://contoso.openai.azure.com/openai/v1/"), ("OPENAI_API_VERSION", "2024-10-21"));

        Assert.Equal(ConnectionKind.AzureV1, connection?.Kind);
    }

    [Theory]
    // The first OpenAI packages named an Azure resource in the variables of OpenAI, and its version with it.
    [InlineData("OPENAI_API_BASE=https://contoso.openai.azure.com/;OPENAI_API_KEY=k;OPENAI_API_VERSION=2024-10-21", "https://contoso.openai.azure.com/", "AzureDated", "2024-10-21", null, true)]
    [InlineData("OPENAI_BASE_URL=https://contoso.openai.azure.com/openai/v1/;OPENAI_API_KEY=k;OPENAI_API_VERSION=2024-10-21", "https://contoso.openai.azure.com/", "AzureV1", null, null, true)]
    [InlineData("OPENAI_BASE_URL=https://relay.example.com/v1;OPENAI_API_KEY=k;OPENAI_API_VERSION=2024-10-21", "https://relay.example.com/v1/", "OpenAI", null, null, true)]
    [InlineData("OPENAI_BASE_URL=https://one.example.com/v1;OPENAI_API_BASE=https://two.example.com/v1;OPENAI_API_KEY=k", "https://one.example.com/v1/", "OpenAI", null, null, true)]
    [InlineData("OPENAI_BASE_URL=http://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1/", "OpenAI", null, null, false)]
    [InlineData("OPENAI_API_KEY=k;OPENAI_API_VERSION=2024-10-21;AZURE_OPENAI_DEPLOYMENT=d", "https://api.openai.com/v1/", "OpenAI", null, null, true)]
    [InlineData("AZURE_OPENAI_ENDPOINT=contoso.openai.azure.com;AZURE_OPENAI_DEPLOYMENT=d", "https://contoso.openai.azure.com/", "AzureV1", null, "d", false)]
    [InlineData("AZURE_OPENAI_ENDPOINT=\"contoso.openai.azure.com\";AZURE_OPENAI_KEY=k;OPENAI_API_VERSION= 2024-10-21 ", "https://contoso.openai.azure.com/", "AzureDated", "2024-10-21", null, true)]
    [InlineData("AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com/openai/deployments/own?api-version=2024-06-01;AZURE_OPENAI_DEPLOYMENT=named;AZURE_OPENAI_KEY=k", "https://contoso.openai.azure.com/", "AzureDated", "2024-06-01", "named", true)]
    [InlineData("AZURE_OPENAI_ENDPOINT=https://x.azure-api.net/team;AZURE_OPENAI_API_KEY=k;OPENAI_API_VERSION=2024-10-21", "https://x.azure-api.net/team/", "ApiManagement", "2024-10-21", null, true)]
    public void Each_set_of_variables_is_one_source(string variables, string endpoint, string kind, string? version, string? deployment, bool key)
    {
        Connection? connection = Read([.. variables.Split(';').Select(static pair => pair.Split('=', 2)).Select(static pair => (pair[0], pair[1]))]);

        Assert.Equal(endpoint, connection?.Endpoint.AbsoluteUri);
        Assert.Equal((kind, version, deployment), (connection?.Kind.ToString(), connection?.ApiVersion, connection?.Deployment));
        Assert.Equal(key ? "k" : null, connection?.Key is null ? null : Text(connection));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_variable_is_none(string value) => Assert.Null(Read(("AZURE_OPENAI_ENDPOINT", value), ("OPENAI_BASE_URL", value), ("OPENAI_API_KEY", value)));

    [Fact]
    public void A_wrong_endpoint_is_an_error_and_does_not_fall_through_to_the_next_source()
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(
            () => Read(("AZURE_OPENAI_ENDPOINT", "https://portal.azure.com/"), ("OPENAI_BASE_URL", "https://relay.example.com/v1"), ("OPENAI_API_KEY", "key")));

        Assert.Equal(nameof(Messages.EndpointInvalid), error.ErrorId);
    }

    private static Connection? Read(params (string Name, string Value)[] variables) =>
        EnvironmentConnections.Read(name => variables.Where(variable => variable.Name == name).Select(static variable => variable.Value).FirstOrDefault());

    private static string Text(Connection? connection) => new NetworkCredential("", connection?.Key).Password;
}
