using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.Hosting;

/// <summary>What a web page can make a browser send, and what it must not reach.</summary>
public sealed class BrowserTests : EmulatorFixture
{
    /// <summary>What browsers send for pages of other origins; {own} is the emulator's own address.</summary>
    public static TheoryData<string> Foreign =>
    [
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Origin: http://127.0.0.1",
        "Origin: {own}.evil.example",
        "Origin: {own}/",
        "Origin: {own}, https://evil.example",
        "Origin: {own}|Sec-Fetch-Site: cross-site",
        "Origin:",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ];

    public static TheoryData<string> Own => ["", "Origin: {own}", "Origin: {own}|Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Sec-Fetch-Site: same-origin"];

    private string Address => Host.BaseUri.GetLeftPart(UriPartial.Authority);

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_origin_reaches_no_control_endpoint(string headers)
    {
        await CreateGroupAsync();
        (string Method, string Path, string? Body)[] requests =
        [
            ("POST", "/_emulator/faults", """{"kind":"status"}"""),
            ("POST", "/_EMULATOR/faults", """{"kind":"status"}"""),
            ("POST", "/_emulator/answers", """{"text":"pwned"}"""),
            ("POST", "/_emulator/reset", null),
            ("GET", "/_emulator/requests", null),
            ("GET", "/_emulator/health", null),
            ("OPTIONS", "/_emulator/settings", null),
        ];
        foreach ((string method, string path, string? body) in requests)
        {
            (int status, string text) = await SendAsync(method, path, headers, body);
            Assert.True(status == 403, $"{method} {path}: {status} {text}");
            Assert.Contains("CrossOriginRequest", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Access-Control-Allow", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Empty((await ControlAsync("GET", "faults")).Json["value"]!.AsArray());
        Assert.Equal(200, (await ArmAsync("GET", $"{Subscription}/{Group()}")).Status);
        Assert.Contains("resourceGroups/rg", (await ControlAsync("GET", "requests")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Own))]
    public async Task A_client_and_an_address_that_somebody_typed_reach_them(string headers)
    {
        Assert.Equal(201, (await SendAsync("POST", "/_emulator/faults", headers, """{"kind":"status","count":1}""")).Status);
        Assert.Equal(200, (await SendAsync("GET", "/_emulator/health", headers, null)).Status);
        Assert.Single((await ControlAsync("GET", "faults")).Json["value"]!.AsArray());
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_origin_leaves_no_trace_on_the_planes(string headers)
    {
        string key = await CreateChatAsync();
        string before = (await ControlAsync("GET", "requests")).Text;

        // Simple requests: a method and a type that a browser sends for any page without asking the server first.
        (string Method, string Path)[] requests =
        [
            ("POST", $"/{AccountPath()}/regenerateKey?api-version={ApiVersion}"),
            ("POST", $"/{Subscription}/{Provider}/register?api-version={ResourcesVersion}"),
            ("GET", $"/subscriptions?api-version={ResourcesVersion}"),
            ("POST", "/contoso/openai/v1/chat/completions"),
            ("POST", "/contoso.apim/x/openai/v1/chat/completions?subscription-key=" + key),
        ];
        foreach ((string method, string path) in requests)
        {
            // The key in a query opens nothing either: an address is in logs and histories.
            (int status, string text) = await SendAsync(method, path, headers, """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""");
            Assert.True(status == 403, $"{method} {path}: {status} {text}");
        }

        Assert.Equal(before, (await ControlAsync("GET", "requests")).Text);
    }

    [Fact]
    public async Task A_page_uses_up_no_fault()
    {
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "status", ["status"] = 503, ["count"] = 1 });
        Assert.Equal(403, (await SendAsync("GET", $"/subscriptions?api-version={ResourcesVersion}", "Origin: https://evil.example", null)).Status);
        Assert.Equal(503, (await ArmAsync("GET", "subscriptions")).Status);
    }

    [Theory]
    [InlineData("api-key")]
    [InlineData("Authorization")]
    public async Task A_development_server_may_pass_on_what_its_page_asks(string credential)
    {
        string key = await CreateChatAsync();
        string value = credential == "api-key" ? key : "Bearer emulator";
        (int status, string text) = await SendAsync(
            "POST", "/contoso/openai/v1/chat/completions", $"Origin: http://localhost:5173|Sec-Fetch-Site: same-origin|{credential}: {value}",
            """{"model":"chat","messages":[{"role":"user","content":"hi"}]}""");
        Assert.True(status == 200, text);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused_and_not_logged()
    {
        string before = (await ControlAsync("GET", "requests")).Text;
        Assert.Equal(400, (await SendAsync("GET", "/subscriptions", "Host: evil.example.com", null)).Status);
        Assert.Equal(before, (await ControlAsync("GET", "requests")).Text);
    }

    // By hand, because HttpClient does not send every value that an Origin may have.
    private async Task<(int Status, string Text)> SendAsync(string method, string path, string headers, string? body)
    {
        using TcpClient client = new();
        await client.ConnectAsync(Host.BaseUri.Host, Host.BaseUri.Port, Stop);
        NetworkStream stream = client.GetStream();
        string[] lines = headers.Replace("{own}", Address, StringComparison.Ordinal).Split('|', StringSplitOptions.RemoveEmptyEntries);
        string[] host = lines.Any(l => l.StartsWith("Host:", StringComparison.Ordinal)) ? [] : [$"Host: {Host.BaseUri.Authority}"];
        string[] head = [$"{method} {path} HTTP/1.1", .. host, .. lines, "Connection: close", "Content-Type: text/plain", $"Content-Length: {body?.Length ?? 0}"];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head) + "\r\n\r\n" + body), Stop);
        using StreamReader reader = new(stream);
        string answer = await reader.ReadToEndAsync(Stop);
        return (int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answer);
    }
}
