using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Core.Tests.Management;
using AzOpenAI.Tests.Doubles;

namespace AzOpenAI.Core.Tests.Authentication;

/// <summary>
/// Logins through the real Azure.Identity and MSAL, over TLS, to the double. Only the client is brought: one that goes through the double's proxy and
/// trusts its certificate. What is sent is what Azure would get. The module as shipped is tested in the same way by AzOpenAI.Tests.
/// </summary>
public sealed class LoginTests : IAsyncDisposable
{
    private readonly AzureDouble _azure = new();
    private readonly HttpClient _client;
    private readonly ConcurrentQueue<string> _prompts = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ScriptedArm.Token);

    public LoginTests() => _client = _azure.Proxy.CreateClient();

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        _client.Dispose();
        return _azure.DisposeAsync();
    }

    [Fact]
    public async Task A_service_principal_with_a_secret()
    {
        _azure.Entra.Secret = "hunter2";

        Context context = await ConnectAsync(Secret("hunter2"));

        Assert.Equal((AzureDouble.Subscription, "Production", EntraDouble.Application, EntraDouble.Tenant), (context.SubscriptionId, context.SubscriptionName, context.Account, context.TenantId));
        Assert.Equal("https://management.azure.com/.default", Scopes().Single());
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_in_the_words_of_the_service_and_not_shown()
    {
        _azure.Entra.Secret = "hunter2";

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(Secret("canary-secret")));

        Assert.Equal("AuthenticationFailed", e.ErrorId);
        Assert.Contains("AADSTS7000215: Invalid client secret provided", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_principal_with_a_certificate_signs_with_it(bool registered)
    {
        using X509Certificate2 mine = Certificate();
        using X509Certificate2 other = Certificate();
        _azure.Entra.Certificate = registered ? mine : other;
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllBytesAsync(path, mine.Export(X509ContentType.Pfx, "secret"), ScriptedArm.Token);
        try
        {
            CredentialOptions options = new()
            {
                Source = CredentialSource.ClientCertificate,
                ApplicationId = EntraDouble.Application,
                CertificatePath = path,
                CertificatePassword = SecureText.Protect("secret"),
            };
            if (registered)
                Assert.Equal(EntraDouble.Application, (await ConnectAsync(options)).Account);
            else
                Assert.Contains("AADSTS700027", (await ScriptedArm.FailsAsync(() => ConnectAsync(options))).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_federated_token_is_sent_as_the_assertion()
    {
        _azure.Entra.FederatedTokens.Add("token-of-another-issuer");

        Context context = await ConnectAsync(new CredentialOptions
        {
            Source = CredentialSource.FederatedToken,
            ApplicationId = EntraDouble.Application,
            FederatedToken = SecureText.Protect("token-of-another-issuer"),
        });

        Assert.Equal(CredentialSource.FederatedToken, context.CredentialSource);
    }

    [Theory]
    [InlineData("AzureCloud", "login.microsoftonline.com", "management.azure.com", "api%3A%2F%2FAzureADTokenExchange")]
    [InlineData("AzureUSGovernment", "login.microsoftonline.us", "management.usgovcloudapi.net", "api%3A%2F%2FAzureADTokenExchangeUSGov")]
    public async Task Application_and_tenant_in_a_job_of_github_actions(string cloud, string login, string management, string audience)
    {
        _variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = _azure.Proxy.Address + "github?api-version=2.0";
        _variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = AzureDouble.JobToken;

        Context context = await ConnectAsync(new CredentialOptions { ApplicationId = EntraDouble.Application }, cloud: CloudSelection.Select(cloud));

        Assert.Equal((CredentialSource.FederatedToken, EntraDouble.Application), (context.CredentialSource, context.Account));
        Assert.Contains(_azure.RequestsTo(login), r => r.Form("client_assertion") == "github-oidc-for-" + audience);
        Assert.NotEmpty(_azure.RequestsTo(management));
    }

    [Fact]
    public async Task The_default_chain_in_a_job_of_github_actions_needs_the_ids_only()
    {
        _variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = _azure.Proxy.Address + "github?api-version=2.0";
        _variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = AzureDouble.JobToken;
        _variables["AZURE_CLIENT_ID"] = EntraDouble.Application;
        _variables["AZURE_TENANT_ID"] = EntraDouble.Tenant;

        Context context = await ConnectAsync(new CredentialOptions(), tenant: null);

        Assert.Equal((CredentialSource.Default, EntraDouble.Application), (context.CredentialSource, context.Account));
    }

    [Fact]
    public async Task A_device_code_is_shown_and_lives_longer_than_the_wait_for_services()
    {
        _azure.Entra.PendingPolls = 2;

        // The service would be given up after a second; the person takes at least two polls of a second.
        Context context = await ConnectAsync(DeviceCode(), tenant: null, options: new ServiceOptions { MaxWait = TimeSpan.FromSeconds(1) });

        Assert.Equal("To sign in, open https://microsoft.com/devicelogin and enter the code ABCD1234.", Assert.Single(_prompts));
        Assert.Equal((EntraDouble.User, EntraDouble.Tenant), (context.Account, context.TenantId));
    }

    [Fact]
    public async Task A_person_is_waited_for_no_longer_than_the_caller_says()
    {
        _azure.Entra.PendingPolls = -1;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(DeviceCode(), tenant: null, options: new ServiceOptions { LoginWait = TimeSpan.FromSeconds(2) }));

        Assert.Equal("TokenTimeout", e.ErrorId);
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_a_person()
    {
        _azure.Entra.PendingPolls = -1;
        Task<Context> pending = ConnectAsync(DeviceCode(), tenant: null);
        while (_prompts.IsEmpty)
            await Task.Delay(20, ScriptedArm.Token);
        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WaitAsync(TimeSpan.FromSeconds(30), ScriptedArm.Token));
    }

    [Fact]
    public async Task A_login_is_asked_for_once_and_serves_both_planes_and_many_callers()
    {
        Context context = await ConnectAsync(DeviceCode(), tenant: null);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskForDataTokenAsync(context)));

        Assert.Single(_prompts);
        Assert.Contains(_azure.RequestsTo("login."), r => r.Form("grant_type") == "refresh_token" && r.Form("scope")!.Contains("https://ai.azure.com/.default", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_login_that_is_over_says_so_and_does_not_ask_unseen()
    {
        Context context = await ConnectAsync(DeviceCode(), tenant: null);
        _azure.Entra.TakesRefreshTokens = false;

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => AskForDataTokenAsync(context));

        Assert.Equal("LoginExpired", e.ErrorId);
        Assert.Single(_prompts);
    }

    [Fact]
    public async Task Tokens_are_refreshed_by_the_real_clock_before_they_end()
    {
        _azure.Entra.Secret = "hunter2";
        _azure.Entra.Lifetime = 3;
        Context context = await ConnectAsync(Secret("hunter2"));
        int first = _azure.Entra.Issued.Count;

        // The service refuses a token that is over, so every answer here proves a fresh one.
        for (int i = 0; i < 8; i++)
        {
            await ReadAsync(context);
            await Task.Delay(700, ScriptedArm.Token);
        }

        Assert.InRange(_azure.Entra.Issued.Count, first + 1, 8);
    }

    [Fact]
    public async Task A_challenge_for_claims_is_met()
    {
        _azure.Entra.Secret = "hunter2";
        Context context = await ConnectAsync(Secret("hunter2"));

        _azure.Challenges = 1;
        await ReadAsync(context);

        Assert.Single(_azure.RequestsTo("login."), r => r.Form("claims")?.Contains("1700000000", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_challenge_that_never_ends_is_a_refusal()
    {
        _azure.Entra.Secret = "hunter2";
        Context context = await ConnectAsync(Secret("hunter2"));
        _azure.Challenges = int.MaxValue;

        Assert.Equal("TokenRejected", (await ScriptedArm.FailsAsync(() => ReadAsync(context))).ErrorId);
    }

    [Fact]
    public async Task A_tenant_by_its_display_name_costs_no_second_login()
    {
        Context context = await ConnectAsync(DeviceCode(), tenant: "fabrikam");

        Assert.Equal(EntraDouble.OtherTenant, context.TenantId);
        Assert.Single(_prompts);
    }

    [Fact]
    public async Task A_tenant_by_its_domain() =>
        Assert.Equal(EntraDouble.Tenant, (await ConnectAsync(DeviceCode(), tenant: "contoso.onmicrosoft.com")).TenantId);

    [Fact]
    public async Task Several_tenants_of_one_name_are_listed()
    {
        _azure.Tenants.Add(("88888888-8888-8888-8888-888888888888", "Fabrikam"));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(DeviceCode(), tenant: "Fabrikam"));

        Assert.Equal("TenantAmbiguous", e.ErrorId);
        Assert.Contains(EntraDouble.OtherTenant, e.Message, StringComparison.Ordinal);
        Assert.Contains("88888888-", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Contoso", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tenant_lists_those_that_are_seen()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(DeviceCode(), tenant: "Northwind"));

        Assert.Equal("TenantUnknown", e.ErrorId);
        Assert.Contains("'Contoso'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_principal_names_its_tenant_by_id_or_domain()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(Secret("x"), tenant: "Contoso"));

        Assert.Equal("TenantNameNotUsable", e.ErrorId);
        Assert.Empty(_azure.Proxy.Requests);
    }

    [Fact]
    public async Task A_token_of_another_tenant_than_the_one_named_is_refused()
    {
        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ConnectAsync(
            new CredentialOptions { Source = CredentialSource.AccessToken, AccessToken = SecureText.Protect(_azure.Entra.Issue("https://management.azure.com/.default", EntraDouble.Tenant, "x")) }, tenant: EntraDouble.OtherTenant));

        Assert.Equal("TenantMismatch", e.ErrorId);
    }

    [Fact]
    public async Task Explicit_endpoints_of_a_private_cloud_are_used_and_nobody_else_is_asked()
    {
        _azure.Entra.Secret = "hunter2";
        CloudEnvironment cloud = CloudSelection.Select(null, new Uri("https://management.private.example"), new Uri("https://login.private.example"));

        Context context = await ConnectAsync(Secret("hunter2"), cloud: cloud);

        Assert.Equal("Custom", context.Environment.Name);
        Assert.Equal("https://management.private.example/.default", Scopes().Single());
        Assert.All(_azure.Proxy.Requests, r => Assert.EndsWith(".private.example", r.Uri.Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_contexts_do_not_share_tokens()
    {
        _azure.Entra.Secret = "hunter2";
        Context one = await ConnectAsync(Secret("hunter2"));
        Context two = await ConnectAsync(Secret("hunter2"), tenant: EntraDouble.OtherTenant);

        Assert.Equal((EntraDouble.Tenant, EntraDouble.OtherTenant), (one.TenantId, two.TenantId));
        Assert.Equal(EntraDouble.Tenant, EntraDouble.Payload((await one.TokenSource.GetTokenAsync("a/.default", null, ScriptedArm.Token)).Value).GetProperty("tid").GetString());
        Assert.Equal(EntraDouble.OtherTenant, EntraDouble.Payload((await two.TokenSource.GetTokenAsync("a/.default", null, ScriptedArm.Token)).Value).GetProperty("tid").GetString());
    }

    private static CredentialOptions Secret(string text) => new()
    {
        Source = CredentialSource.ClientSecret,
        ApplicationId = EntraDouble.Application,
        ClientSecret = SecureText.Protect(text),
    };

    private CredentialOptions DeviceCode() => new() { Source = CredentialSource.DeviceCode, DeviceCodePrompt = _prompts.Enqueue };

    private static X509Certificate2 Certificate()
    {
        using RSA rsa = RSA.Create(2048);
        return new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private IEnumerable<string> Scopes() => _azure.RequestsTo("login.").Select(r => r.Form("scope")).OfType<string>().SelectMany(s => s.Split(' ')).Where(s => s.Contains("://", StringComparison.Ordinal)).Distinct();

    private Task<Context> ConnectAsync(
        CredentialOptions credential, string? tenant = EntraDouble.Tenant, CloudEnvironment? cloud = null, ServiceOptions? options = null)
    {
        var host = new CredentialHost { Client = _client, Variable = name => _variables.GetValueOrDefault(name) };
        var request = new ConnectRequest { Credential = credential, Environment = cloud ?? CloudEnvironment.AzureCloud, Tenant = tenant };
        return ContextFactory.ConnectAsync(request, options ?? new ServiceOptions(), _client, host, _stop.Token);
    }

    private Task<Subscription> ReadAsync(Context context) =>
        new ManagementClient(context, new ArmClient(context, new ServiceOptions(), _client)).Subscriptions.GetAsync(AzureDouble.Subscription, ScriptedArm.Token);

    private static async Task AskForDataTokenAsync(Context context) =>
        await TokenRequest.GetAsync(context.TokenSource, context.Environment.DataPlaneV1Scope, null, null, new ServiceOptions(), ScriptedArm.Token);
}
