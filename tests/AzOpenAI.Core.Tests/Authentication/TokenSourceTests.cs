using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Management;
using Azure.Identity;

namespace AzOpenAI.Core.Tests.Authentication;

public sealed class TokenSourceTests
{
    private static readonly CloudEnvironment Cloud = CloudEnvironment.AzureCloud;

    [Fact]
    public async Task A_token_that_is_over_is_not_sent_and_its_end_is_named()
    {
        TokenSource source = TokenSources.Create(Options(FakeTokenSource.Jwt("""{"exp":1700000000}""")), Cloud);

        AzOpenAIException e = await ScriptedArm.FailsAsync(async () => await source.GetTokenAsync("scope", null, ScriptedArm.Token));

        Assert.Equal("TokenExpired", e.ErrorId);
        Assert.Contains("2023-11-14 22:13 UTC", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not.a.jwt")]
    [InlineData("opaque")]
    [InlineData("a.b.c.d")]
    public async Task A_token_of_another_form_is_passed_on(string text) =>
        Assert.Equal(text, (await TokenSources.Create(Options(text), Cloud).GetTokenAsync(Cloud.ManagementScope, null, ScriptedArm.Token)).Value);

    [Theory]
    [InlineData("https://management.azure.com", "https://management.azure.com/.default", true)]
    [InlineData("https://management.azure.com/", "https://management.azure.com/.default", true)]
    [InlineData("https://management.core.windows.net/", "https://management.azure.com/.default", true)]
    [InlineData(null, "https://management.azure.com/.default", true)]
    [InlineData("797f4846-ba00-4fd7-ba43-dac1f8f63013", "https://management.azure.com/.default", true)]
    [InlineData("https://graph.microsoft.com", "https://management.azure.com/.default", false)]
    [InlineData("https://management.azure.com.evil.example", "https://management.azure.com/.default", false)]
    [InlineData("https://cognitiveservices.azure.com", "https://management.azure.com/.default", false)]
    [InlineData("https://management.azure.com", "https://cognitiveservices.azure.com/.default", false)]
    [InlineData("https://management.core.windows.net/", "https://cognitiveservices.azure.com/.default", false)]
    [InlineData(null, "https://cognitiveservices.azure.com/.default", false)]
    [InlineData("797f4846-ba00-4fd7-ba43-dac1f8f63013", "https://cognitiveservices.azure.com/.default", false)]
    [InlineData("11111111-2222-3333-4444-555555555555", "api://11111111-2222-3333-4444-555555555555/.default", true)]
    [InlineData("https://cognitiveservices.azure.com", "https://cognitiveservices.azure.com/.default", true)]
    public async Task A_token_goes_to_the_service_that_it_is_for_and_to_no_other(string? audience, string scope, bool sent)
    {
        string jwt = FakeTokenSource.Jwt(audience is null ? """{"upn":"canary"}""" : $$"""{"upn":"canary","aud":"{{audience}}"}""");
        TokenSource source = TokenSources.Create(Options(jwt), Cloud);
        if (sent)
        {
            Assert.Equal(jwt, (await source.GetTokenAsync(scope, null, ScriptedArm.Token)).Value);
            return;
        }

        AzOpenAIException e = await ScriptedArm.FailsAsync(async () => await source.GetTokenAsync(scope, null, ScriptedArm.Token));
        Assert.Equal("TokenAudienceOther", e.ErrorId);
        Assert.Contains(scope[..^"/.default".Length], e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(jwt, e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer canary")]
    [InlineData("canary\r\nX-Injected: 1")]
    public void What_can_be_no_token_is_refused_and_not_shown(string text)
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() => TokenSources.Create(Options(text), Cloud));

        Assert.Equal("TokenMalformed", e.ErrorId);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_own_secret_may_be_disposed_of()
    {
        SecureString token = Secure("token");
        TokenSource source = TokenSources.Create(new CredentialOptions { Source = CredentialSource.AccessToken, AccessToken = token }, Cloud);
        token.Dispose();

        Assert.Equal("token", (await source.GetTokenAsync(Cloud.ManagementScope, null, ScriptedArm.Token)).Value);
    }

    [Theory]
    [InlineData(CredentialSource.AccessToken, null, null, "-AccessToken")]
    [InlineData(CredentialSource.ClientSecret, null, "tenant", "-ApplicationId")]
    [InlineData(CredentialSource.ClientSecret, "app", null, "-Tenant")]
    [InlineData(CredentialSource.ClientSecret, "app", "tenant", "-Credential")]
    [InlineData(CredentialSource.ClientCertificate, "app", "tenant", "-CertificatePath")]
    public void What_a_credential_lacks_is_named(CredentialSource kind, string? application, string? tenant, string parameter)
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() =>
            TokenSources.Create(new CredentialOptions { Source = kind, ApplicationId = application, TenantId = tenant }, Cloud));

        Assert.Equal("CredentialOptionMissing", e.ErrorId);
        Assert.Contains(parameter, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_file_that_is_none_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "nothing", ScriptedArm.Token);
        var options = new CredentialOptions { Source = CredentialSource.ClientCertificate, ApplicationId = Guid.NewGuid().ToString(), TenantId = Guid.NewGuid().ToString(), CertificatePath = path };

        AzOpenAIException broken = await ScriptedArm.FailsAsync(async () => await TokenSources.Create(options, Cloud).GetTokenAsync("scope", null, ScriptedArm.Token));
        File.Delete(path);
        AzOpenAIException absent = await ScriptedArm.FailsAsync(async () => await TokenSources.Create(options, Cloud).GetTokenAsync("scope", null, ScriptedArm.Token));

        Assert.Equal(("CertificateUnreadable", "CertificateUnreadable"), (broken.ErrorId, absent.ErrorId));
        Assert.Contains(path, broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Certificates_are_read_from_pfx_and_pem_with_their_key(bool pem)
    {
        using RSA rsa = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            if (pem)
                File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + rsa.ExportPkcs8PrivateKeyPem());
            else
                File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "secret"));

            using X509Certificate2 loaded = CertificateLoader.Load(new CredentialOptions { CertificatePath = path, CertificatePassword = pem ? null : Secure("secret") });

            Assert.Equal(certificate.Thumbprint, loaded.Thumbprint);
            Assert.True(loaded.HasPrivateKey);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_reasons_of_a_chain_become_one_line()
    {
        string text = """
            DefaultAzureCredential failed to retrieve a token from the included credentials. See the troubleshooting guide for more information. https://aka.ms/azsdk/net/identity/defaultazurecredential/troubleshoot
            - EnvironmentCredential authentication unavailable. Environment variables are not fully configured. See the troubleshooting guide for more information. https://aka.ms/x
            - WorkloadIdentityCredential authentication unavailable. The workload options are not fully configured. See the troubleshooting guide for more information. https://aka.ms/y
            - Azure CLI not installed
            - Az.Accounts module >= 2.2.0 is not installed.
            """;

        Assert.Equal(
            "EnvironmentCredential authentication unavailable. Environment variables are not fully configured; "
            + "WorkloadIdentityCredential authentication unavailable. The workload options are not fully configured; Azure CLI not installed; "
            + "Az.Accounts module >= 2.2.0 is not installed",
            CredentialFailure.Compact(text));
    }

    [Fact]
    public void A_refusal_of_entra_is_shown_without_its_trace()
    {
        var cause = new AuthenticationFailedException(
            "ClientSecretCredential authentication failed: A configuration issue is preventing authentication.\nOriginal exception: AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the secret value. Trace ID: 1 Correlation ID: 2 Timestamp: 3");

        AzOpenAIException e = CredentialFailure.ToException(cause, new CredentialOptions { Source = CredentialSource.ClientSecret }, Cloud);

        Assert.Equal(("AuthenticationFailed", ErrorKind.Authentication), (e.ErrorId, e.Kind));
        Assert.Contains("AADSTS7000215: Invalid client secret provided. Ensure the secret being sent is the secret value", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Trace ID", e.Message, StringComparison.Ordinal);
        Assert.Contains("client secret value, not the secret ID", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unavailable_credential_is_told_from_a_refused_one()
    {
        AzOpenAIException e = CredentialFailure.ToException(new CredentialUnavailableException("Azure CLI not installed"), new CredentialOptions { Source = CredentialSource.AzureCli }, Cloud);

        Assert.Equal("CredentialUnavailable", e.ErrorId);
        Assert.Contains("Azure CLI not installed", e.Message, StringComparison.Ordinal);
        Assert.Contains("az login", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_login_service_that_cannot_be_reached_is_named()
    {
        var cause = new AuthenticationFailedException("Retry failed after 4 tries.", new HttpRequestException(HttpRequestError.NameResolutionError, "x"));

        AzOpenAIException e = CredentialFailure.ToException(cause, new CredentialOptions { Source = CredentialSource.ClientSecret }, Cloud);

        Assert.Equal(("ServiceUnreachable", ErrorKind.Connection), (e.ErrorId, e.Kind));
        Assert.Contains("login.microsoftonline.com", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_ends_during_a_session_is_told_by_the_next_request()
    {
        var context = new Context { SubscriptionId = ScriptedArm.SubscriptionId, Environment = Cloud, TokenSource = TokenSources.Create(Options(FakeTokenSource.Jwt("""{"exp":1700000000}""")), Cloud) };
        var handler = new ScriptedHandler(_ => ScriptedHandler.Json("{}"));
        var client = new ManagementClient(context, new ArmClient(context, ScriptedArm.Options(), new HttpClient(handler)));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => client.Resources.GetAsync("rg", "contoso", ScriptedArm.Token));

        Assert.Equal("TokenExpired", e.ErrorId);
        Assert.Empty(handler.Requests);
    }

    private static CredentialOptions Options(string token) => new() { Source = CredentialSource.AccessToken, AccessToken = Secure(token) };

    private static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;
}
