using System.Net;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Tests.Errors;

public sealed class SecretRedactorTests
{
    private const string Secret = "aB3/+=x&y\"z<é~9kEy";

    private readonly SecretRedactor _redactor = new();

    public SecretRedactorTests() => _redactor.Add("Bearer " + Secret);

    public static TheoryData<string> Forms =>
    [
        Secret,
        Secret.ToUpperInvariant(),
        JsonSerializer.Serialize(Secret)[1..^1],
        JsonSerializer.Serialize(JsonSerializer.Serialize(Secret)[1..^1])[1..^1],
        string.Concat(Secret.Select(static c => $"\\u{(int)c:x4}")),
        string.Concat(Secret.Select(static c => $"\\u{(int)c:X4}")),
        Secret.Replace("/", "\\/", StringComparison.Ordinal),
        string.Concat(Secret.Select(static c => c < 128 ? $"%{(int)c:X2}" : c.ToString())),
        string.Concat(Secret.Select(static c => c < 128 ? $"%25{(int)c:x2}" : c.ToString())),
        WebUtility.HtmlEncode(Secret),
        string.Concat(Secret.Select(static c => $"&#x{(int)c:x};")),
        "aB3\\u002f%2B&#61;x&amp;y\\\"z&lt;é~9kEy",
        // One escape within another: HTML in JSON, HTML in a URL, JSON in HTML, HTML in HTML, a URL in JSON in HTML.
        JsonSerializer.Serialize(WebUtility.HtmlEncode(Secret))[1..^1],
        string.Concat(Secret.Select(static c => $"\\u0026#{(int)c};")),
        string.Concat(Secret.Select(static c => $"%26%23{(int)c}%3B")),
        WebUtility.HtmlEncode(JsonSerializer.Serialize(Secret)[1..^1]),
        WebUtility.HtmlEncode(WebUtility.HtmlEncode(Secret)),
        string.Concat(Secret.Select(static c => $"&#92;u{(int)c:x4}")),
        string.Concat(Secret.Select(static c => c < 128 ? $"&#92;u0025{(int)c:X2}" : c.ToString())),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_found_in_every_form(string form)
    {
        Assert.Equal("before *** between *** after", _redactor.Redact($"before {form} between {form} after"));
        Assert.Equal("***", _redactor.Redact(form));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aB3/+=x&y\"z<é~9kE")]
    [InlineData("B3/+=x&y\"z<é~9kE")]
    [InlineData("\\u")]
    [InlineData("\\\\\\")]
    [InlineData("100% of & \\ and &#xzz; %")]
    [InlineData("Bearer ")]
    public void What_is_not_the_secret_stays(string text) => Assert.Same(text, _redactor.Redact(text));

    [Fact]
    public void All_secrets_of_a_call_are_masked_and_the_longer_one_first()
    {
        _redactor.Add("first-secret");
        _redactor.Add("first-secret-and-more");
        _redactor.AddHeader("x-team-key", "third-secret", isSecret: false);
        _redactor.AddHeader("x-authorization", "Basic fourth-secret", isSecret: false);

        Assert.Equal("*** *** *** Basic ***", _redactor.Redact("first-secret-and-more first-secret third-secret Basic fourth-secret"));
    }

    [Fact]
    public void Words_that_protect_nothing_are_not_hidden()
    {
        SecretRedactor redactor = new();
        redactor.Add("none");
        redactor.Add(" ");
        redactor.AddHeader("OpenAI-Beta", "assistants=v2", isSecret: false);
        redactor.AddHeader("Accept", "application/json", isSecret: false);

        Assert.Equal("none of application/json knows assistants=v2", redactor.Redact("none of application/json knows assistants=v2"));
    }

    [Fact]
    public void A_cause_that_tells_a_secret_is_replaced_and_another_is_kept()
    {
        InvalidOperationException harmless = new("nothing");
        InvalidOperationException told = new("outer", new IOException("inner " + Secret));

        Assert.Same(harmless, _redactor.Redact(harmless));
        Assert.DoesNotContain(Secret, _redactor.Redact(told)!.ToString(), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: outer", _redactor.Redact(told)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_megabyte_of_near_misses_takes_no_time()
    {
        SecretRedactor redactor = new();
        redactor.Add(new string('a', 2000) + "b");
        string text = string.Concat(Enumerable.Repeat(new string('a', 1999) + "c", 500));

        string? redacted = await Task.Run(() => redactor.Redact(text), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Same(text, redacted);
    }

    [Theory]
    [InlineData("\\")]
    [InlineData("%25")]
    [InlineData("%2")]
    [InlineData("&amp;")]
    [InlineData("&#")]
    [InlineData("\\u0025")]
    public async Task Megabytes_of_escapes_take_no_time(string escape)
    {
        string text = string.Concat(Enumerable.Repeat(escape, 2_000_000 / escape.Length));

        string? redacted = await Task.Run(() => _redactor.Redact(text), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Same(text, redacted);
    }

    [Fact]
    public void Any_text_can_be_looked_through()
    {
        Random random = new(20261130);
        const string Alphabet = "aB3/+=x&y\\u00%#;25é";
        for (int run = 0; run < 2000; run++)
        {
            StringBuilder text = new();
            for (int i = random.Next(60); i > 0; i--)
                text.Append(Alphabet[random.Next(Alphabet.Length)]);
            string noise = text.ToString();

            Assert.DoesNotContain(Secret, _redactor.Redact(noise + Secret + noise)!, StringComparison.OrdinalIgnoreCase);
        }
    }
}
