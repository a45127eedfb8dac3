using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace AzOpenAI.Tests.Doubles;

/// <summary>Entra ID: instance discovery, OpenID configuration, and the token endpoint for the grants that a command line uses.</summary>
internal sealed class EntraDouble
{
    public const string Tenant = "55555555-5555-5555-5555-555555555555";
    public const string OtherTenant = "66666666-6666-6666-6666-666666666666";
    public const string Application = "44444444-4444-4444-4444-444444444444";
    public const string User = "ann@contoso.com";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _issued = new();

    // One for each directory: MSAL remembers per process that a refresh token was refused, and does not ask again for two minutes.
    private readonly string _refreshToken = "refresh-token-" + Guid.NewGuid();

    private int _serial;
    private int _pending;

    /// <summary>Seconds that a token lives.</summary>
    public int Lifetime { get; set; } = 3600;

    /// <summary>Secret of the application.</summary>
    public string? Secret { get; set; }

    /// <summary>Certificate that is registered with the application.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Tokens of other issuers that the application trusts.</summary>
    public HashSet<string> FederatedTokens { get; } = [];

    /// <summary>How often the login of a device code is still pending before the person has done it; negative: never done.</summary>
    public int PendingPolls { get; set; }

    /// <summary>Seconds that a device code lives.</summary>
    public int DeviceCodeLifetime { get; set; } = 900;

    /// <summary>False: refresh tokens are refused, as after a change of the password.</summary>
    public bool TakesRefreshTokens { get; set; } = true;

    /// <summary>Tokens that were issued, with their end.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Issued => _issued;

    /// <summary>A token for the scope, as any endpoint of Azure's own would give it.</summary>
    public string Issue(string scope, string tenant, string subject, string? claims = null)
    {
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(Lifetime);
        string token = Jwt(new Dictionary<string, object?>
        {
            ["aud"] = scope.EndsWith("/.default", StringComparison.Ordinal) ? scope[..^"/.default".Length] : scope,
            ["tid"] = tenant,
            ["exp"] = end.ToUnixTimeSeconds(),
            ["n"] = Interlocked.Increment(ref _serial),
            ["claims"] = claims,
            [subject.Contains('@', StringComparison.Ordinal) ? "upn" : "appid"] = subject,
        });
        _issued[token] = end;
        return token;
    }

    /// <summary>The payload of a token of ours.</summary>
    public static JsonElement Payload(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;

    /// <summary>The answer to a request for a login host.</summary>
    public DoubleAnswer Answer(DoubleRequest request)
    {
        string[] path = request.Uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string tenant = path[0] is "organizations" or "common" or "contoso.onmicrosoft.com" ? Tenant : path[0];
        return path[^1] switch
        {
            "instance" => new DoubleAnswer(200, $$"""
                {"tenant_discovery_endpoint":"https://{{request.Uri.Host}}/common/v2.0/.well-known/openid-configuration","api-version":"1.1",
                 "metadata":[{"preferred_network":"{{request.Uri.Host}}","preferred_cache":"{{request.Uri.Host}}","aliases":["{{request.Uri.Host}}"]}]}
                """),
            "openid-configuration" => new DoubleAnswer(200, $$"""
                {"issuer":"https://{{request.Uri.Authority}}/{{tenant}}/v2.0","authorization_endpoint":"https://{{request.Uri.Authority}}/{{tenant}}/oauth2/v2.0/authorize",
                 "token_endpoint":"https://{{request.Uri.Authority}}/{{tenant}}/oauth2/v2.0/token","device_authorization_endpoint":"https://{{request.Uri.Authority}}/{{tenant}}/oauth2/v2.0/devicecode"}
                """),
            "devicecode" => new DoubleAnswer(200, $$"""
                {"user_code":"ABCD1234","device_code":"device-code-of-the-test","verification_uri":"https://microsoft.com/devicelogin","expires_in":{{DeviceCodeLifetime}},"interval":1,
                 "message":"To sign in, open https://microsoft.com/devicelogin and enter the code ABCD1234."}
                """),
            "token" => Token(request, tenant),
            _ => new DoubleAnswer(404, "{}"),
        };
    }

    private DoubleAnswer Token(DoubleRequest request, string tenant)
    {
        string scope = (request.Form("scope") ?? "").Split(' ').First(s => s.EndsWith("/.default", StringComparison.Ordinal));
        string? claims = request.Form("claims");
        switch (request.Form("grant_type"))
        {
            case "client_credentials" when request.Form("client_id") != Application:
                return Refuse("unauthorized_client", "AADSTS700016: Application with identifier was not found in the directory.");
            case "client_credentials" when request.Form("client_secret") is string secret:
                return secret == Secret ? Grant(scope, tenant, Application, claims) : Refuse("invalid_client", "AADSTS7000215: Invalid client secret provided.");
            case "client_credentials" when request.Form("client_assertion") is string assertion:
                return FederatedTokens.Contains(assertion) || IsSignedByCertificate(assertion, request)
                    ? Grant(scope, tenant, Application, claims)
                    : Refuse("invalid_client", "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.");
            case "device_code" or "urn:ietf:params:oauth:grant-type:device_code":
                if (PendingPolls < 0 || _pending++ < PendingPolls)
                    return Refuse("authorization_pending", "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending.");
                return Grant(scope, tenant, User, claims);
            case "authorization_code" when request.Form("code_verifier") is { Length: > 0 }:
                return request.Form("code") == "code-of-the-browser" ? Grant(scope, tenant, User, claims) : Refuse("invalid_grant", "AADSTS70008: The provided authorization code has expired.");
            case "refresh_token":
                return TakesRefreshTokens ? Grant(scope, tenant, User, claims) : Refuse("invalid_grant", "AADSTS50173: The provided grant has expired due to it being revoked.");
            default:
                return Refuse("unsupported_grant_type", "AADSTS70003: The app requested an unsupported grant type.");
        }
    }

    private DoubleAnswer Grant(string scope, string tenant, string subject, string? claims)
    {
        string token = Issue(scope, tenant, subject, claims);
        Dictionary<string, object> body = new() { ["token_type"] = "Bearer", ["expires_in"] = Lifetime, ["ext_expires_in"] = Lifetime, ["access_token"] = token };
        if (subject == User)
        {
            body["scope"] = scope;
            body["refresh_token"] = _refreshToken;
            body["client_info"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"uid":"oid-of-ann","utid":"{{Tenant}}"}"""));
            body["id_token"] = Jwt(new Dictionary<string, object?> { ["oid"] = "oid-of-ann", ["sub"] = "ann", ["tid"] = tenant, ["preferred_username"] = User, ["exp"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds() });
        }

        return new DoubleAnswer(200, JsonSerializer.Serialize(body));
    }

    private bool IsSignedByCertificate(string assertion, DoubleRequest request)
    {
        string[] parts = assertion.Split('.');
        if (Certificate is null || parts.Length != 3 || Payload(assertion).GetProperty("iss").GetString() != request.Form("client_id"))
            return false;
        string algorithm = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement.GetProperty("alg").GetString()!;
        using RSA key = Certificate.GetRSAPublicKey()!;
        return key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256,
            algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private static DoubleAnswer Refuse(string error, string text) => new(
        error == "invalid_client" ? 401 : 400,
        JsonSerializer.Serialize(new { error, error_description = $"{text} Trace ID: 11111111-1111-1111-1111-111111111111 Correlation ID: 2 Timestamp: 2026-01-01 00:00:00Z" }));

    private static string Jwt(Dictionary<string, object?> claims) =>
        $"{Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims))}.c2ln";
}
