using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Answers that no service should give and some do.</summary>
internal static class HostileAnswers
{
    private const int Megabyte = 1024 * 1024;

    public const string Deployment =
        """
        {"id":"/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso/deployments/gpt",
        "type":"Microsoft.CognitiveServices/accounts/deployments","name":"gpt","sku":{"name":"Standard","capacity":1},
        "properties":{"model":{"format":"OpenAI","name":"gpt-35-turbo","version":"0125"},"versionUpgradeOption":"OnceNewDefaultVersionAvailable","currentCapacity":1,
        "capabilities":{"completion":"true","maxContextToken":"16385"},"provisioningState":"Succeeded",
        "rateLimits":[{"key":"request","renewalPeriod":10,"count":1},{"key":"token","renewalPeriod":60,"count":1000}]},"etag":"\"1\""}
        """;

    public const string Model =
        """
        {"kind":"OpenAI","skuName":"S0","model":{"format":"OpenAI","name":"gpt-4o","version":"2024-08-06","isDefaultVersion":true,"maxCapacity":3,
        "capabilities":{"chatCompletion":"true","maxContextToken":"128000"},"deprecation":{"inference":"2027-03-31T00:00:00Z"},"lifecycleStatus":"GenerallyAvailable",
        "skus":[{"name":"Standard","usageName":"OpenAI.Standard.gpt-4o","capacity":{"minimum":1,"maximum":1000000,"step":1,"default":10},
        "rateLimits":[{"key":"request","renewalPeriod":10,"count":1}],"deprecationDate":"2027-03-31T00:00:00Z"}]}}
        """;

    public const string Usage =
        """{"name":{"value":"OpenAI.Standard.gpt-4o","localizedValue":"Tokens"},"currentValue":1,"limit":100,"unit":"Count"}""";

    public const string Provider =
        """{"id":"/x","namespace":"Microsoft.CognitiveServices","registrationState":"Registered","resourceTypes":[{"resourceType":"accounts","locations":["West Europe"],"apiVersions":["2025-06-01"]}]}""";

    public const string Subscription =
        """{"id":"/subscriptions/11111111-1111-1111-1111-111111111111","subscriptionId":"11111111-1111-1111-1111-111111111111","displayName":"One","state":"Enabled","tenantId":"22222222-2222-4222-8222-222222222222"}""";

    /// <summary>Name and maker of each.</summary>
    public static IReadOnlyDictionary<string, Func<SentRequest, HttpResponseMessage>> All { get; } = new Dictionary<string, Func<SentRequest, HttpResponseMessage>>
    {
        ["empty 200"] = _ => Make("", "application/json"),
        ["half JSON"] = r => Make(Good(r)[..(Good(r).Length / 2)], "application/json"),
        ["JSON with text behind it"] = r => Make(Good(r) + "oops", "application/json"),
        ["JSON with a byte order mark"] = r => Make("\uFEFF" + Good(r), "application/json"),
        ["html page with 200"] = _ => Make("<!DOCTYPE html><html><head><title>Sign in to your account</title></head><body></body></html>", "text/html"),
        ["html page with 502"] = _ => Make("<html><title>Bad Gateway</title></html>", "text/html", 502),
        ["html page with 404"] = _ => Make("<html><h1>Our services aren't available right now</h1></html>", "text/html", 404),
        ["plain text with 500"] = _ => Make("upstream connect error", "text/plain", 500),
        ["bytes that are no text"] = _ => Make(Encoding.Latin1.GetString([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]), "application/json", encoding: Encoding.Latin1),
        ["null"] = _ => Make("null", "application/json"),
        ["an array"] = _ => Make("[1,2,3]", "application/json"),
        ["a number"] = _ => Make("42", "application/json"),
        ["no members"] = _ => Make("{}", "application/json"),
        ["a list of nothing known"] = _ => Make("""{"value":[null,1,"x",[],{}]}""", "application/json"),
        ["value of a wrong type"] = _ => Make("""{"value":{"a":1}}""", "application/json"),
        ["unknown states and kinds"] = r => Make(Good(r).Replace("Succeeded", "Pondering", StringComparison.Ordinal).Replace("GenerallyAvailable", "Immortal", StringComparison.Ordinal)
            .Replace("\"Registered\"", "\"Perhaps\"", StringComparison.Ordinal).Replace("\"Enabled\"", "\"Sleepy\"", StringComparison.Ordinal), "application/json"),
        ["200 with an error in it"] = _ => Make("""{"error":{"code":"InsufficientQuota","message":"no"}}""", "application/json"),
        ["202 with nothing"] = _ => Make("", "application/json", 202),
        ["204 instead of a body"] = _ => Make("", "application/json", 204),
        ["201 for a read"] = r => Make(Good(r), "application/json", 201),
        ["299"] = r => Make(Good(r), "application/json", 299),
        ["304"] = _ => Make("", "application/json", 304),
        ["a redirect to another host"] = _ => Make("", "text/html", 302, ("Location", "https://evil.example/")),
        ["an error without a body"] = _ => Make("", "application/json", 400),
        ["an error of wrong types"] = _ => Make("""{"error":{"code":7,"message":["a"],"details":"x"}}""", "application/json", 409),
        ["an error in an error in an error"] = _ => Make(Nested("""{"error":{"code":"DeploymentFailed","message":"x","details":[""", """]}}""", """{"code":"Odd","message":"inside"}""", 20), "application/json", 400),
        ["JSON a thousand levels deep"] = _ => Make(Nested("{\"a\":", "}", "1", 1000), "application/json"),
        ["an error a thousand levels deep"] = _ => Make(Nested("{\"error\":", "}", "1", 1000), "application/json", 400),
        ["ten megabytes of JSON"] = _ => Make($$"""{"value":[],"padding":"{{new string('x', 10 * Megabyte)}}"}""", "application/json"),
        ["ten megabytes of nothing"] = _ => Make(new string(' ', 10 * Megabyte), "application/json"),
        ["an error of ten megabytes"] = _ => Make("{\"error\":{\"code\":\"Odd\",\"message\":\"" + new string('x', 10 * Megabyte) + "\"}}", "application/json", 400),
        ["good JSON called text"] = r => Make(Good(r), "text/plain"),
        ["good JSON without a type"] = r => Make(Good(r), null),
        ["good JSON called an image"] = r => Make(Good(r), "image/png"),
        ["a huge Retry-After"] = _ => Make("""{"error":{"code":"TooManyRequests","message":"no"}}""", "application/json", 429, ("Retry-After", "99999999999999999999")),
        ["a Retry-After of a year"] = _ => Make("", "application/json", 503, ("Retry-After", "31536000")),
        ["a Retry-After in the past"] = _ => Make("", "application/json", 503, ("Retry-After", "Mon, 01 Jan 2001 00:00:00 GMT")),
        ["a Retry-After in the year 9999"] = _ => Make("", "application/json", 429, ("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")),
        ["a negative Retry-After"] = _ => Make("", "application/json", 429, ("Retry-After", "-5")),
        ["a Retry-After of words"] = _ => Make("", "application/json", 503, ("Retry-After", "soon")),
        ["a Date of words"] = r => Make(Good(r), "application/json", 200, ("Date", "yesterday")),
        ["a Date in the year 9999"] = r => Make(Good(r), "application/json", 200, ("Date", "Fri, 31 Dec 9999 23:59:59 GMT")),
        ["a next page on another host"] = _ => Make("""{"value":[],"nextLink":"https://evil.example/next"}""", "application/json"),
        ["a next page that is no address"] = _ => Make("""{"value":[],"nextLink":"http://[::"}""", "application/json"),
        ["a next page that is a number"] = _ => Make("""{"value":[],"nextLink":5}""", "application/json"),
        ["the same page for ever"] = r => Make($$"""{"value":[],"nextLink":"{{r.Uri.AbsoluteUri}}"}""", "application/json"),
        ["new pages for ever"] = _ => Make($$"""{"value":[],"nextLink":"http://127.0.0.1:9/{{Guid.NewGuid():N}}"}""", "application/json"),
        ["a poll on another host"] = r => Make(Good(r), "application/json", 201, ("Azure-AsyncOperation", "https://evil.example/poll")),
        ["a poll by Location on another host"] = _ => Make("", "application/json", 202, ("Location", "https://evil.example/poll")),
        ["a poll that is no address"] = r => Make(Good(r), "application/json", 201, ("Azure-AsyncOperation", "::::")),
        ["a poll without a status"] = r => r.Uri.AbsolutePath == "/poll" ? Make("{}", "application/json") : Make(Good(r), "application/json", 201, ("Azure-AsyncOperation", "http://127.0.0.1:9/poll")),
        ["a poll of an unknown status for ever"] = r => r.Uri.AbsolutePath == "/poll"
            ? Make("""{"status":"Dreaming"}""", "application/json") : Make(Good(r), "application/json", 201, ("Azure-AsyncOperation", "http://127.0.0.1:9/poll")),
        ["a Location that leads to itself"] = r => Make("", "application/json", 202, ("Location", r.Uri.AbsoluteUri)),
        ["a broken connection"] = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        ["a broken body"] = _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new BreakingStream()) },
    };

    /// <summary>A right answer to the request, by its path.</summary>
    public static string Good(SentRequest request)
    {
        string path = request.Uri.AbsolutePath;
        string? item = path switch
        {
            _ when path.Contains("/deployments", StringComparison.Ordinal) => Deployment,
            _ when path.EndsWith("/models", StringComparison.Ordinal) => Model,
            _ when path.EndsWith("/usages", StringComparison.Ordinal) => Usage,
            _ when path.EndsWith("/listKeys", StringComparison.Ordinal) => """{"key1":"canary-one","key2":"canary-two"}""",
            _ when path.Contains("/accounts", StringComparison.Ordinal) => ScriptedArm.AccountJson(),
            _ when path.Contains("/providers/Microsoft.CognitiveServices", StringComparison.Ordinal) => Provider,
            _ when path.Contains("/resourcegroups", StringComparison.OrdinalIgnoreCase) => """{"id":"/x","name":"rg","location":"eastus","properties":{"provisioningState":"Succeeded"}}""",
            _ => Subscription,
        };
        bool list = path.TrimEnd('/').Split('/').Last() is "accounts" or "deployments" or "models" or "usages" or "subscriptions" or "resourcegroups" or "deletedAccounts";
        return list ? $$"""{"value":[{{item}}]}""" : item;
    }

    public static HttpResponseMessage Make(
        string body, string? type, int status = 200, (string Name, string Value)? header = null, Encoding? encoding = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent((encoding ?? Encoding.UTF8).GetBytes(body)) };
        response.Content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        if (header is (string name, string value))
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static string Nested(string open, string close, string middle, int levels) =>
        string.Concat(Enumerable.Repeat(open, levels)) + middle + string.Concat(Enumerable.Repeat(close, levels));

    /// <summary>Gives a byte, then fails as a connection does.</summary>
    private sealed class BreakingStream : Stream
    {
        private bool _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_given)
                throw new IOException("The connection was reset.");
            _given = true;
            buffer[offset] = (byte)'{';
            return 1;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
