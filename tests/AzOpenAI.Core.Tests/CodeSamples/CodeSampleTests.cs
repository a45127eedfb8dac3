using System.Text.Json;
using AzOpenAI.Core.CodeSamples;
using AzOpenAI.Core.Tests.DataPlane;

namespace AzOpenAI.Core.Tests.CodeSamples;

/// <summary>The text of samples; the Pester file of the command runs them.</summary>
public sealed class CodeSampleTests
{
    private static readonly Connection Resource = Samples.Connection(new Uri("https://contoso.openai.azure.com/"));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("it's \"so\" \\ `x` $y {z} %s", "\"it's \\\"so\\\" \\\\ `x` $y {z} %s\"")]
    [InlineData("a\r\n\tb\0", "\"a\\r\\n\\tb\\u0000\"")]
    [InlineData("\u202Ertl\u2028\u2029\uFEFF\u007F", "\"\\u202ertl\\u2028\\u2029\\ufeff\\u007f\"")]
    [InlineData("é 漢 😀 👩\u200D👩", "\"é 漢 😀 👩\u200D👩\"")]
    public void A_literal_says_what_the_text_says_and_hides_nothing(string text, string expected)
    {
        string literal = CodeLiteral.Of(text);

        Assert.Equal(expected, literal);
        Assert.Equal(text, JsonSerializer.Deserialize<string>(literal));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_what_utf8_can_hold() => Assert.Equal("\"a\uFFFDb\"", CodeLiteral.Of("a" + '\uD83D' + "b"));

    [Fact]
    public void An_invisible_character_beyond_the_basic_plane_is_one_escape_where_the_language_has_one()
    {
        Assert.Equal("\"\\U000e0041\"", CodeLiteral.Of("\U000E0041", longEscapes: true));
        Assert.Equal("\"\\udb40\\udc41\"", CodeLiteral.Of("\U000E0041"));
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-7, "1E-07")]
    public void A_number_is_written_with_a_point_in_every_culture(double number, string expected) => Assert.Equal(expected, CodeLiteral.Of(number));

    [Theory]
    [InlineData(CodeLanguage.Curl)]
    [InlineData(CodeLanguage.Python)]
    [InlineData(CodeLanguage.CSharp)]
    [InlineData(CodeLanguage.JavaScript)]
    public void No_secret_gets_into_a_sample(CodeLanguage language)
    {
        Connection connection = Resource with
        {
            Headers = new Dictionary<string, object> { ["x-secret"] = Samples.Secret("header" + Samples.Canary), ["x-vault"] = new SecretReference(SecretStore.SecretManagement, "gateway"), ["x-plain"] = "plain" },
        };

        string sample = CodeSampleWriter.Write(Request(connection), language);

        Assert.DoesNotContain(Samples.Canary, sample, StringComparison.Ordinal);
        Assert.Contains("AZURE_OPENAI_API_KEY", sample, StringComparison.Ordinal);
        Assert.Contains("X_SECRET", sample, StringComparison.Ordinal);
        Assert.Contains("X_VAULT", sample, StringComparison.Ordinal);
        Assert.Contains("plain", sample, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_name_does_not_become_code()
    {
        Connection connection = Resource with
        {
            KeyReference = new SecretReference(SecretStore.Environment, "KEY$(touch harm)"),
            Headers = new Dictionary<string, object> { ["x-`id`'$HOME"] = Samples.Secret("s") },
        };

        string sample = CodeSampleWriter.Write(Request(connection), CodeLanguage.Curl);

        Assert.Contains("\"api-key: $KEY__touch_harm_\"", sample, StringComparison.Ordinal);
        Assert.Contains("--header 'x-`id`'\\''$HOME: '\"$X__ID___HOME\"", sample, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-06-01", "\"max_tokens\": 5")]
    [InlineData("2024-10-21", "\"max_completion_tokens\": 5")]
    public void The_limit_has_the_name_that_the_version_knows(string version, string expected)
    {
        Connection connection = Samples.Connection(Resource.Endpoint, ConnectionKind.AzureDated) with { ApiVersion = version };

        string sample = CodeSampleWriter.Write(Request(connection) with { MaxTokens = 5 }, CodeLanguage.Curl);

        Assert.Contains(expected, sample, StringComparison.Ordinal);
        Assert.DoesNotContain("\"model\"", sample, StringComparison.Ordinal);
    }

    private static CodeSampleRequest Request(Connection connection) => new() { Connection = connection, Deployment = "chat", Scope = "https://ai.azure.com/.default" };
}
