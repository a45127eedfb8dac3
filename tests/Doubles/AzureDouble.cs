using System.Text;
using System.Text.Json;

namespace AzOpenAI.Tests.Doubles;

/// <summary>
/// As much of Azure as a login touches, behind <see cref="DoubleProxy"/>: Entra ID, the subscriptions and tenants of Azure Resource Manager, one chat
/// deployment, and the places on a machine or in a CI job that give tokens. Written from the services' documents; it references nothing of ours.
/// </summary>
internal sealed class AzureDouble : IAsyncDisposable
{
    public const string Subscription = "33333333-3333-3333-3333-333333333333";
    public const string IdentityHeader = "header-of-the-identity-endpoint";
    public const string JobToken = "token-of-the-job";
    public const string ServiceConnection = "77777777-7777-7777-7777-777777777777";

    private static readonly string[] LoginHosts = ["login.microsoftonline.com", "login.microsoftonline.us", "login.chinacloudapi.cn", "login.private.example", "login.windows.net"];
    private static readonly string[] ManagementHosts =
        ["management.azure.com", "management.usgovcloudapi.net", "management.chinacloudapi.cn", "management.private.example"];

    private static readonly string[] OtherHosts = ["contoso.openai.azure.com", "vstoken.dev.azure.com", "token.actions.example"];

    public AzureDouble() => Proxy = new DoubleProxy([.. LoginHosts, .. ManagementHosts, .. OtherHosts], request => Task.FromResult(Answer(request)));

    public DoubleProxy Proxy { get; }

    public EntraDouble Entra { get; } = new();

    /// <summary>True: the machine has a managed identity that IMDS serves.</summary>
    public bool HasMachineIdentity { get; set; }

    /// <summary>The tenants, id and display name.</summary>
    public IList<(string Id, string Name)> Tenants { get; } = [(EntraDouble.Tenant, "Contoso"), (EntraDouble.OtherTenant, "Fabrikam")];

    /// <summary>The next so many calls with a good token are answered by a challenge for claims.</summary>
    public int Challenges { get; set; }

    /// <summary>The requests for hosts whose name begins so.</summary>
    public IEnumerable<DoubleRequest> RequestsTo(string host) => Proxy.Requests.Where(r => r.Uri.Host.StartsWith(host, StringComparison.OrdinalIgnoreCase));

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();

    private DoubleAnswer Answer(DoubleRequest request)
    {
        string host = request.Uri.Host;
        if (LoginHosts.Contains(host))
            return Entra.Answer(request);
        if (ManagementHosts.Contains(host))
            return Authorized(request) ?? Management(request);
        if (host == "contoso.openai.azure.com")
            return Authorized(request) ?? Chat();
        return host switch
        {
            "169.254.169.254" when HasMachineIdentity && request.Uri.AbsolutePath == "/metadata/identity/oauth2/token" && request.Header("Metadata") == "true" => Identity(request),
            "169.254.169.254" when HasMachineIdentity => new DoubleAnswer(404, """{"error":"not_found"}"""),
            // Outside of Azure nobody is there.
            "169.254.169.254" => new DoubleAnswer(DoubleAnswer.HangUp, ""),
            "vstoken.dev.azure.com" => Pipelines(request),
            "127.0.0.1" when request.Uri.AbsolutePath == "/msi/token" => request.Header("X-IDENTITY-HEADER") == IdentityHeader ? Identity(request) : new DoubleAnswer(403, "{}"),
            "127.0.0.1" when request.Uri.AbsolutePath == "/github" => GitHub(request),
            _ => new DoubleAnswer(404, """{"error":{"code":"NotFound","message":"The double has no such address."}}"""),
        };
    }

    private DoubleAnswer? Authorized(DoubleRequest request)
    {
        string token = request.Header("Authorization") is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. string rest] ? rest : "";
        if (!Entra.Issued.TryGetValue(token, out DateTimeOffset end) || end <= DateTimeOffset.UtcNow)
            return new DoubleAnswer(401, """{"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry is in the past."}}""");
        if (Challenges == 0)
            return null;
        Challenges--;
        string claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true,"value":"1700000000"}}}"""));
        return new DoubleAnswer(
            401,
            """{"error":{"code":"TokenRevoked","message":"The session was revoked."}}""",
            ("WWW-Authenticate", $"Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{claims}\""));
    }

    private DoubleAnswer Management(DoubleRequest request)
    {
        string path = request.Uri.AbsolutePath.TrimEnd('/');
        string tenant = EntraDouble.Payload(request.Header("Authorization")![7..]).GetProperty("tid").GetString()!;
        string subscription = $$"""{"subscriptionId":"{{Subscription}}","displayName":"Production","state":"Enabled","tenantId":"{{tenant}}"}""";
        return path switch
        {
            "/subscriptions" => new DoubleAnswer(200, $$"""{"value":[{{subscription}}]}"""),
            "/subscriptions/" + Subscription => new DoubleAnswer(200, subscription),
            "/tenants" => new DoubleAnswer(200, JsonSerializer.Serialize(new
            {
                value = Tenants.Select(t => new { id = "/tenants/" + t.Id, tenantId = t.Id, displayName = t.Name, defaultDomain = t.Name.ToLowerInvariant() + ".onmicrosoft.com" }),
            })),
            _ => new DoubleAnswer(404, """{"error":{"code":"NotFound","message":"Not in the double."}}"""),
        };
    }

    private static DoubleAnswer Chat() => new(200, """
        {"id":"c","object":"chat.completion","created":1,"model":"gpt-5-mini","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"hello from the double"}}],
         "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """);

    private DoubleAnswer Identity(DoubleRequest request)
    {
        string scope = request.Query("resource")!.TrimEnd('/') + "/.default";
        string token = Entra.Issue(scope, EntraDouble.Tenant, request.Query("client_id") ?? "system-assigned");
        long end = Entra.Issued[token].ToUnixTimeSeconds();
        return new DoubleAnswer(200, $$"""{"access_token":"{{token}}","expires_on":"{{end}}","expires_in":"{{Entra.Lifetime}}","resource":"{{request.Query("resource")}}","token_type":"Bearer"}""");
    }

    private DoubleAnswer GitHub(DoubleRequest request)
    {
        if (request.Header("Authorization") != "Bearer " + JobToken || request.Query("audience") is not string audience)
            return new DoubleAnswer(401, "{}");
        string token = "github-oidc-for-" + Uri.EscapeDataString(audience);
        Entra.FederatedTokens.Add(token);
        return new DoubleAnswer(200, $$"""{"count":1,"value":"{{token}}"}""");
    }

    private DoubleAnswer Pipelines(DoubleRequest request)
    {
        if (request.Method != "POST" || request.Header("Authorization") != "Bearer " + JobToken || request.Query("serviceConnectionId") != ServiceConnection)
            return new DoubleAnswer(401, "{}");
        Entra.FederatedTokens.Add("pipelines-oidc");
        return new DoubleAnswer(200, """{"oidcToken":"pipelines-oidc"}""");
    }
}
