using System.Text.Json;
using AzOpenAI.Core.Configuration;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Core.Tests.Configuration;

public sealed class ConfigurationWriterTests
{
    private const string Nasty = "a'b\"c $(id) `id` ${HOME} 100%\nd\\";

    private static readonly Connection Contoso = new()
    {
        Name = "contoso",
        Endpoint = new Uri("https://contoso.openai.azure.com/"),
        Kind = ConnectionKind.AzureV1,
        Authentication = AuthenticationKind.ApiKey,
        Key = SecureText.Protect("k3y"),
        Deployment = "chat",
    };

    [Theory]
    [InlineData(ConfigurationFormat.Env, """
        # Azure OpenAI: contoso
        export AZURE_OPENAI_ENDPOINT='https://contoso.openai.azure.com'
        export AZURE_OPENAI_API_KEY='k3y'
        export OPENAI_API_VERSION='2024-10-21'
        export AZURE_OPENAI_DEPLOYMENT='chat'

        """)]
    [InlineData(ConfigurationFormat.Dotenv, """
        # Azure OpenAI: contoso
        AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com
        AZURE_OPENAI_API_KEY=k3y
        OPENAI_API_VERSION=2024-10-21
        AZURE_OPENAI_DEPLOYMENT=chat

        """)]
    [InlineData(ConfigurationFormat.Json, """
        {
          "AZURE_OPENAI_ENDPOINT": "https://contoso.openai.azure.com",
          "AZURE_OPENAI_API_KEY": "k3y",
          "OPENAI_API_VERSION": "2024-10-21",
          "AZURE_OPENAI_DEPLOYMENT": "chat"
        }

        """)]
    [InlineData(ConfigurationFormat.PowerShell, """
        # Azure OpenAI: contoso
        $env:AZURE_OPENAI_ENDPOINT = 'https://contoso.openai.azure.com'
        $env:AZURE_OPENAI_API_KEY = 'k3y'
        $env:OPENAI_API_VERSION = '2024-10-21'
        $env:AZURE_OPENAI_DEPLOYMENT = 'chat'

        """)]
    [InlineData(ConfigurationFormat.Python, """
        # Azure OpenAI: contoso
        AZURE_ENDPOINT = "https://contoso.openai.azure.com"
        AZURE_API_KEY = "k3y"
        AZURE_API_VERSION = "2024-10-21"
        AZURE_ENGINE = "chat"

        """)]
    [InlineData(ConfigurationFormat.AzurePipelines, """
        ##vso[task.setsecret]k3y
        ##vso[task.setvariable variable=AZURE_OPENAI_ENDPOINT]https://contoso.openai.azure.com
        ##vso[task.setvariable variable=AZURE_OPENAI_API_KEY;issecret=true]k3y
        ##vso[task.setvariable variable=OPENAI_API_VERSION]2024-10-21
        ##vso[task.setvariable variable=AZURE_OPENAI_DEPLOYMENT]chat

        """)]
    public void Each_format_has_its_form(ConfigurationFormat format, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), Write(Contoso, format, includeKey: true).Text);

    [Theory]
    [InlineData(ConfigurationFormat.Env, "# AZURE_OPENAI_API_KEY isn't set here")]
    [InlineData(ConfigurationFormat.Dotenv, "# AZURE_OPENAI_API_KEY isn't set here")]
    [InlineData(ConfigurationFormat.PowerShell, "# AZURE_OPENAI_API_KEY isn't set here")]
    [InlineData(ConfigurationFormat.Python, "os.environ.get(\"AZURE_OPENAI_API_KEY\")")]
    [InlineData(ConfigurationFormat.Json, null)]
    [InlineData(ConfigurationFormat.GitHubActions, null)]
    [InlineData(ConfigurationFormat.AzurePipelines, null)]
    public void A_key_is_written_only_when_asked_for(ConfigurationFormat format, string? reference)
    {
        ConfigurationText text = Write(Contoso, format, includeKey: false);

        Assert.DoesNotContain("k3y", text.Text, StringComparison.Ordinal);
        Assert.Empty(text.LogCommands);
        if (reference is null)
            Assert.DoesNotContain("API_KEY", text.Text, StringComparison.Ordinal);
        else
            Assert.Contains(reference, text.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConfigurationFormat.Env)]
    [InlineData(ConfigurationFormat.Dotenv)]
    [InlineData(ConfigurationFormat.PowerShell)]
    [InlineData(ConfigurationFormat.Python)]
    public void Where_there_is_no_key_the_text_says_so(ConfigurationFormat format)
    {
        string text = Write(Contoso with { Authentication = AuthenticationKind.EntraId, Key = null }, format, includeKey: false).Text;

        Assert.Contains("Microsoft Entra ID", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AZURE_OPENAI_API_KEY", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_there_cannot_be_included()
    {
        Connection keyless = Contoso with { Authentication = AuthenticationKind.EntraId, Key = null };
        AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => ConnectionConfiguration.From(keyless, includeKey: true));
        Assert.Equal("KeyNotInConnection", failure.ErrorId);
    }

    [Fact]
    public void Shell_quotes_end_and_begin_again_around_a_single_quote() =>
        Assert.Contains("export AZURE_OPENAI_DEPLOYMENT='a'\\''b\"c $(id) `id` ${HOME} 100%\nd\\'\n", Write(Contoso with { Deployment = Nasty }, ConfigurationFormat.Env).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("plain-1.5_x", "plain-1.5_x")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("$(id)`id`#", "'$(id)`id`#'")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("it's $5", "'it'\\''s $5'")]
    public void Dotenv_takes_the_plainest_form(string value, string written) =>
        Assert.Contains($"AZURE_OPENAI_DEPLOYMENT={written}\n", Write(Contoso with { Deployment = value }, ConfigurationFormat.Dotenv).Text, StringComparison.Ordinal);

    [Fact]
    public void PowerShell_doubles_every_quote_that_it_knows() =>
        Assert.Contains("= 'a''b\u2018\u2018\u2019\u2019\u201A\u201A\u201B\u201B$(id)'", Write(Contoso with { Deployment = "a'b\u2018\u2019\u201A\u201B$(id)" }, ConfigurationFormat.PowerShell).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Python_text_is_ASCII() =>
        Assert.Contains("AZURE_ENGINE = \"q\\\"b\\\\n\\u000a\\u00e4\\U0001f600\\ud800\"\n", Write(Contoso with { Deployment = "q\"b\\n\n\u00e4\U0001f600\ud800" }, ConfigurationFormat.Python).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Json_gives_back_what_went_in()
    {
        using JsonDocument document = JsonDocument.Parse(Write(Contoso with { Deployment = Nasty, Key = SecureText.Protect("k\"%\\") }, ConfigurationFormat.Json, includeKey: true).Text);
        Assert.Equal(Nasty, document.RootElement.GetProperty("AZURE_OPENAI_DEPLOYMENT").GetString());
        Assert.Equal("k\"%\\", document.RootElement.GetProperty("AZURE_OPENAI_API_KEY").GetString());
    }

    [Fact]
    public void GitHub_values_stand_between_delimiters_that_change_every_time()
    {
        string[] lines = Write(Contoso with { Deployment = Nasty }, ConfigurationFormat.GitHubActions, includeKey: true).Text.Split('\n');
        string[] heads = [.. lines.Where(line => line.Contains("<<", StringComparison.Ordinal))];
        string[] delimiters = [.. heads.Select(line => line[(line.IndexOf("<<", StringComparison.Ordinal) + 2)..])];

        Assert.Equal(["AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY", "OPENAI_API_VERSION", "AZURE_OPENAI_DEPLOYMENT"], heads.Select(line => line.Split("<<")[0]));
        Assert.Equal(delimiters.Length, delimiters.Distinct().Count());
        Assert.All(delimiters, delimiter => Assert.True(delimiter.Length >= 32, delimiter));
        Assert.All(delimiters, delimiter => Assert.Contains(delimiter, lines));
    }

    [Fact]
    public void GitHub_masks_come_apart_from_the_text_and_are_one_line_each()
    {
        ConfigurationText text = Write(Contoso with { Key = SecureText.Protect("50%\r\nk") }, ConfigurationFormat.GitHubActions, includeKey: true);

        Assert.Equal(["::add-mask::50%25%0D%0Ak"], text.LogCommands);
        Assert.DoesNotContain("add-mask", text.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_Pipelines_values_stay_on_their_line()
    {
        string text = Write(Contoso with { Deployment = "a%0Ab\r\n##vso[task.complete]" }, ConfigurationFormat.AzurePipelines).Text;
        Assert.Contains("##vso[task.setvariable variable=AZURE_OPENAI_DEPLOYMENT]a%AZP250Ab%0D%0A##vso[task.complete]\n", text, StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("##vso[task.set", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_of_several_lines_does_not_leave_its_comment()
    {
        foreach (ConfigurationFormat format in Enum.GetValues<ConfigurationFormat>())
            Assert.DoesNotContain("\nrm -rf", Write(Contoso with { Name = "x\nrm -rf /\r\u2028y" }, format).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_NUL_is_refused_by_its_name_and_not_shown()
    {
        AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => ConnectionConfiguration.From(Contoso with { Deployment = "ch\0at" }, includeKey: true));
        Assert.Equal("ConfigurationValueInvalid", failure.ErrorId);
        Assert.Contains("AZURE_OPENAI_DEPLOYMENT", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://contoso.openai.azure.com/", ConnectionKind.AzureV1, null, null, "https://contoso.openai.azure.com/", ConnectionKind.AzureDated, "2024-10-21")]
    [InlineData("https://contoso.openai.azure.com/", ConnectionKind.AzureDated, "2025-04-01-preview", null, "https://contoso.openai.azure.com/", ConnectionKind.AzureDated, "2025-04-01-preview")]
    [InlineData("https://contoso.openai.azure.com/", ConnectionKind.AzureDated, "2025-04-01-preview", "v1", "https://contoso.openai.azure.com/", ConnectionKind.AzureV1, null)]
    [InlineData("http://127.0.0.1:8080/contoso/", ConnectionKind.AzureV1, null, null, "http://127.0.0.1:8080/contoso/", ConnectionKind.AzureDated, "2024-10-21")]
    [InlineData("http://127.0.0.1:8080/contoso/", ConnectionKind.AzureV1, null, "v1", "http://127.0.0.1:8080/contoso/", ConnectionKind.AzureV1, null)]
    [InlineData("https://example.com/v1/", ConnectionKind.OpenAI, null, null, "https://example.com/v1/", ConnectionKind.OpenAI, null)]
    public void Our_own_lookup_of_the_environment_finds_the_same_place(
        string endpoint, ConnectionKind kind, string? version, string? asked, string expected, ConnectionKind expectedKind, string? expectedVersion)
    {
        Connection connection = Contoso with { Endpoint = new Uri(endpoint), Kind = kind, ApiVersion = version };
        var variables = ConnectionConfiguration.From(connection, includeKey: true, asked).Entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        Connection found = EnvironmentConnections.Read(variables.GetValueOrDefault)!;

        Assert.Equal((new Uri(expected), expectedKind, expectedVersion), (found.Endpoint, found.Kind, found.ApiVersion));
        Assert.Equal("k3y", SecureText.Reveal(found.Key!));
        if (variables.ContainsKey("AZURE_OPENAI_ENDPOINT"))
            Assert.Equal("chat", found.Deployment);
    }

    private static ConfigurationText Write(Connection connection, ConfigurationFormat format, bool includeKey = false) =>
        ConfigurationWriter.Write(ConnectionConfiguration.From(connection, includeKey), format);
}
