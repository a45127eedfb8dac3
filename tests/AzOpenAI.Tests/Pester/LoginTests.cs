using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AzOpenAI.Tests.Doubles;

namespace AzOpenAI.Tests.Pester;

/// <summary>
/// Connect-AzOpenAI of the module as shipped, in a fresh shell whose only way out is the double's proxy, and which trusts the double's certificate for
/// Azure's names. Nothing inside of the module is replaced: what is proven here is what would go to Azure, TLS included.
/// </summary>
public sealed class LoginTests : IAsyncDisposable
{
    private const string Ids = "-ApplicationId " + EntraDouble.Application + " -Tenant " + EntraDouble.Tenant;

    private readonly AzureDouble _azure = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("azopenai-login-").FullName;
    private readonly Dictionary<string, string?> _environment = [];

    public LoginTests()
    {
        string pem = Path.Combine(_folder, "azure.pem");
        File.WriteAllText(pem, _azure.Proxy.CertificatePem);
        foreach (string name in (ReadOnlySpan<string>)["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"])
            _environment[name] = _azure.Proxy.Address.AbsoluteUri;
        foreach (string name in (ReadOnlySpan<string>)["no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "SSL_CERT_DIR", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "MSI_ENDPOINT", "MSI_SECRET", "IMDS_ENDPOINT"])
            _environment[name] = null;
        _environment["SSL_CERT_FILE"] = pem;
        _environment["HOME"] = _folder;
    }

    public async ValueTask DisposeAsync()
    {
        await _azure.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Secret_of_a_service_principal()
    {
        _azure.Entra.Secret = "hunter2";

        await ConnectsAsync(
            $"Connect-AzOpenAI -Credential ([pscredential]::new('{EntraDouble.Application}', (ConvertTo-SecureString hunter2 -AsPlainText))) -Tenant contoso.onmicrosoft.com",
            "ClientSecret", EntraDouble.Application);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Certificate_of_a_service_principal(bool pem)
    {
        using RSA rsa = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=app", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _azure.Entra.Certificate = certificate;
        string path = Path.Combine(_folder, "app");
        if (pem)
            await File.WriteAllTextAsync(path, certificate.ExportCertificatePem() + "\n" + rsa.ExportPkcs8PrivateKeyPem(), Cancellation);
        else
            await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "secret"), Cancellation);
        string password = pem ? "" : " -CertificatePassword (ConvertTo-SecureString secret -AsPlainText)";

        await ConnectsAsync($"Connect-AzOpenAI -CertificatePath '{path}'{password} {Ids}", "ClientCertificate", EntraDouble.Application);
    }

    [Fact]
    public async Task Certificate_from_the_store_by_its_thumbprint()
    {
        using RSA rsa = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=app", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _azure.Entra.Certificate = certificate;
        string path = Path.Combine(_folder, "app.pfx");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "secret"), Cancellation);

        // The store of a user is in the home folder, which is the test's own.
        string output = await ConnectsAsync(
            $$"""
            $store = [Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser'); $store.Open('ReadWrite')
            $store.Add([Security.Cryptography.X509Certificates.X509CertificateLoader]::LoadPkcs12FromFile('{{path}}', 'secret')); $store.Dispose()
            foreach ($print in '00112233445566778899aabbccddeeff00112233', '{{certificate.Thumbprint.ToLowerInvariant()}}') {
                try { Connect-AzOpenAI -CertificateThumbprint $print {{Ids}} } catch { [Console]::WriteLine("$($_.FullyQualifiedErrorId): $_") }
            }
            """,
            "ClientCertificate", EntraDouble.Application);

        Assert.Contains("no certificate with this thumbprint", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code=code-of-the-browser")]
    [InlineData("error=access_denied&error_description=AADSTS65004%3A+User+declined+to+consent.")]
    public async Task Browser(string said)
    {
        // What the desktop opens an address with: here a browser whose person logs in at once, or says no.
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string browser = Path.Combine(bin, "browser.ps1");
        await File.WriteAllTextAsync(
            browser,
            $$"""
            $query = [Web.HttpUtility]::ParseQueryString(([uri] $args[0]).Query)
            $answer = '{{said}}&state=' + [uri]::EscapeDataString($query['state'])
            if ($query['response_mode'] -eq 'form_post') { $null = Invoke-WebRequest $query['redirect_uri'] -Method Post -Body $answer -NoProxy }
            else { $null = Invoke-WebRequest "$($query['redirect_uri'])?$answer" -NoProxy }
            """,
            Cancellation);
        string open = Path.Combine(bin, "xdg-open");
        await File.WriteAllTextAsync(open, $"#!/bin/sh\n{string.Join(' ', Shell.Command.Select(static word => $"'{word}'"))} -NoProfile -NonInteractive -File '{browser}' \"$1\" &\n", Cancellation);
        MakeExecutable(open);
        _environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        _environment["SUDO_USER"] = null;

        if (said.StartsWith("code", StringComparison.Ordinal))
        {
            await ConnectsAsync("Connect-AzOpenAI -Interactive", "Interactive", EntraDouble.User);
            Assert.Contains(_azure.RequestsTo("login."), static r => r.Form("grant_type") == "authorization_code" && r.Form("code_verifier") is { Length: > 40 });
        }
        else
        {
            string output = await RunAsync("try { Connect-AzOpenAI -Interactive -ErrorAction Stop } catch { \"[$($_.FullyQualifiedErrorId)] $_\" }");
            Assert.Contains("AuthenticationFailed,AzOpenAI.Commands.ConnectAzOpenAICommand", output, StringComparison.Ordinal);
            Assert.Contains("User declined to consent", output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("-FederatedToken token-of-another-issuer")]
    [InlineData("-FederatedTokenFile token.jwt")]
    public async Task Token_of_another_issuer(string parameters)
    {
        _azure.Entra.FederatedTokens.Add("token-of-another-issuer");
        await File.WriteAllTextAsync(Path.Combine(_folder, "token.jwt"), "token-of-another-issuer\n", Cancellation);

        await ConnectsAsync($"Set-Location '{_folder}'; Connect-AzOpenAI {parameters} {Ids}", "FederatedToken", EntraDouble.Application);
    }

    [Theory]
    [InlineData("Connect-AzOpenAI " + Ids, false, "FederatedToken")]
    [InlineData("Connect-AzOpenAI", true, "Default")]
    public async Task GitHub_Actions(string command, bool idsInEnvironment, string source)
    {
        _environment["ACTIONS_ID_TOKEN_REQUEST_URL"] = _azure.Proxy.Address + "github?api-version=2.0";
        _environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = AzureDouble.JobToken;
        if (idsInEnvironment)
        {
            _environment["AZURE_CLIENT_ID"] = EntraDouble.Application;
            _environment["AZURE_TENANT_ID"] = EntraDouble.Tenant;
        }

        await ConnectsAsync(command, source, EntraDouble.Application);
    }

    [Theory]
    [InlineData("Connect-AzOpenAI " + Ids, false, "FederatedToken")]
    [InlineData("Connect-AzOpenAI", true, "Default")]
    public async Task Azure_Pipelines(string command, bool idsInEnvironment, string source)
    {
        _environment["SYSTEM_OIDCREQUESTURI"] = "https://vstoken.dev.azure.com/org/project/_apis/distributedtask/hubs/build/plans/p/jobs/j/oidctoken";
        _environment["SYSTEM_ACCESSTOKEN"] = AzureDouble.JobToken;
        _environment["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"] = AzureDouble.ServiceConnection;
        if (idsInEnvironment)
        {
            _environment["AZURESUBSCRIPTION_CLIENT_ID"] = EntraDouble.Application;
            _environment["AZURESUBSCRIPTION_TENANT_ID"] = EntraDouble.Tenant;
        }

        await ConnectsAsync(command, source, EntraDouble.Application);
    }

    [Theory]
    [InlineData("https://login.microsoftonline.com/", "AzureCloud", "management.azure.com")]
    [InlineData("https://login.microsoftonline.us/", "AzureUSGovernment", "management.usgovcloudapi.net")]
    public async Task Workload_identity_of_Kubernetes(string authority, string cloud, string management)
    {
        string file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "token-of-the-cluster", Cancellation);
        _azure.Entra.FederatedTokens.Add("token-of-the-cluster");
        _environment["AZURE_FEDERATED_TOKEN_FILE"] = file;
        _environment["AZURE_CLIENT_ID"] = EntraDouble.Application;
        _environment["AZURE_TENANT_ID"] = EntraDouble.Tenant;
        _environment["AZURE_AUTHORITY_HOST"] = authority;

        await ConnectsAsync("Connect-AzOpenAI", "Default", EntraDouble.Application, cloud);
        Assert.NotEmpty(_azure.RequestsTo(management));
    }

    [Theory]
    [InlineData("", "system-assigned")]
    [InlineData(" -ApplicationId " + EntraDouble.Application, EntraDouble.Application)]
    public async Task Managed_identity_of_a_virtual_machine(string parameters, string account)
    {
        _azure.HasMachineIdentity = true;

        await ConnectsAsync("Connect-AzOpenAI -Identity" + parameters, "ManagedIdentity", account);
    }

    [Fact]
    public async Task Managed_identity_of_an_app_service()
    {
        _environment["IDENTITY_ENDPOINT"] = _azure.Proxy.Address + "msi/token";
        _environment["IDENTITY_HEADER"] = AzureDouble.IdentityHeader;

        await ConnectsAsync("Connect-AzOpenAI -Identity", "ManagedIdentity", "system-assigned");
    }

    [Fact]
    public async Task Login_of_the_azure_cli()
    {
        string bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        string az = Path.Combine(bin, "az");
        string token = _azure.Entra.Issue("https://management.azure.com/.default", EntraDouble.Tenant, EntraDouble.User);
        long end = _azure.Entra.Issued[token].ToUnixTimeSeconds();
        await File.WriteAllTextAsync(
            az,
            $$"""
            #!/bin/sh
            case "$*" in *"account get-access-token"*"https://management.azure.com"*) ;; *) echo "unexpected: $*" >&2; exit 1;; esac
            echo '{"accessToken":"{{token}}","expiresOn":"2036-01-01 00:00:00.000000","expires_on":{{end}},"subscription":"{{AzureDouble.Subscription}}","tenant":"{{EntraDouble.Tenant}}","tokenType":"Bearer"}'
            """,
            Cancellation);
        MakeExecutable(az);
        _environment["PATH"] = bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

        await ConnectsAsync("Connect-AzOpenAI -AzureCli", "AzureCli", EntraDouble.User);
    }

    [Fact]
    public async Task Login_of_the_Az_module()
    {
        string module = Directory.CreateDirectory(Path.Combine(_folder, "modules", "Az.Accounts", "5.0.0")).FullName;
        string token = _azure.Entra.Issue("https://management.azure.com/.default", EntraDouble.Tenant, EntraDouble.User);
        await File.WriteAllTextAsync(
            Path.Combine(module, "Az.Accounts.psd1"),
            "@{ RootModule = 'Az.Accounts.psm1'; ModuleVersion = '5.0.0'; GUID = '17a2feff-488b-47f9-8729-e2cec094624c'; FunctionsToExport = 'Get-AzAccessToken' }", Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(module, "Az.Accounts.psm1"),
            $$"""
            Add-Type 'namespace Microsoft.Azure.Commands.Profile.Models { public class PSSecureAccessToken { public System.Security.SecureString Token { get; set; } public System.DateTimeOffset ExpiresOn { get; set; } } }'
            function Get-AzAccessToken {
                [CmdletBinding()] param($ResourceUrl, $TenantId, [switch] $AsSecureString)
                if ("$ResourceUrl" -notlike 'https://management.azure.com*') { throw "unexpected: $ResourceUrl" }
                $answer = [Microsoft.Azure.Commands.Profile.Models.PSSecureAccessToken]::new()
                $answer.Token = ConvertTo-SecureString '{{token}}' -AsPlainText -Force
                $answer.ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1)
                $answer
            }
            """,
            Cancellation);
        _environment["PSModulePath"] = Path.Combine(_folder, "modules");

        await ConnectsAsync("Connect-AzOpenAI -AzurePowerShell", "AzurePowerShell", EntraDouble.User);
    }

    [Fact]
    public async Task Token_that_was_brought()
    {
        string token = _azure.Entra.Issue("https://management.azure.com/.default", EntraDouble.Tenant, EntraDouble.User);

        await ConnectsAsync($"Connect-AzOpenAI -AccessToken (ConvertTo-SecureString {token} -AsPlainText) -Subscription Production", "AccessToken", EntraDouble.User);
    }

    [Fact]
    public async Task Device_code_outlives_the_wait_for_services()
    {
        _azure.Entra.PendingPolls = 1;

        string output = await ConnectsAsync("Connect-AzOpenAI -UseDeviceCode", "DeviceCode", EntraDouble.User);

        Assert.Contains("enter the code ABCD1234", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureUSGovernment", "login.microsoftonline.us", "management.usgovcloudapi.net")]
    [InlineData("AzureChinaCloud", "login.chinacloudapi.cn", "management.chinacloudapi.cn")]
    public async Task Other_clouds(string cloud, string login, string management)
    {
        _azure.Entra.Secret = "hunter2";

        await ConnectsAsync(Secret($"-Environment {cloud}"), "ClientSecret", EntraDouble.Application, cloud);

        Assert.NotEmpty(_azure.RequestsTo(login));
        Assert.NotEmpty(_azure.RequestsTo(management));
        Assert.DoesNotContain(_azure.RequestsTo("login.microsoftonline.com"), r => r.Method == "POST");
    }

    [Fact]
    public async Task Explicit_endpoints()
    {
        _azure.Entra.Secret = "hunter2";

        await ConnectsAsync(
            Secret("-ManagementEndpoint https://management.private.example -AuthorityHost https://login.private.example"), "ClientSecret", EntraDouble.Application, "Custom");

        Assert.All(_azure.Proxy.Requests, r => Assert.EndsWith(".private.example", r.Uri.Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Both_planes_refresh_short_tokens_and_meet_challenges()
    {
        _azure.Entra.Secret = "hunter2";
        _azure.Entra.Lifetime = 3;
        _azure.Challenges = 1;

        string output = await RunAsync($$"""
            $null = {{Secret("")}}
            foreach ($i in 1..3) {
                (Invoke-AzOpenAIChat hi -Endpoint https://contoso.openai.azure.com -Deployment gpt-5-mini -ErrorAction Stop).Content
                (Set-AzOpenAIContext -Subscription Production).SubscriptionId
                Start-Sleep -Milliseconds 1600
            }
            """);

        Assert.Equal(3, output.Split("hello from the double").Length - 1);
        Assert.Equal(3, output.Split(AzureDouble.Subscription).Length - 1);
        Assert.Contains(_azure.RequestsTo("login."), r => r.Form("claims")?.Contains("1700000000", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Two_runspaces_hold_two_contexts()
    {
        _azure.Entra.Secret = "hunter2";
        string other = Secret("").Replace(EntraDouble.Tenant, EntraDouble.OtherTenant, StringComparison.Ordinal);

        string output = await RunAsync($$"""
            $null = {{Secret("")}}
            $there = Start-ThreadJob { Import-Module $using:module; $null = {{other}}; (Get-AzOpenAIContext).TenantId } | Receive-Job -Wait
            "there=$there here=$((Get-AzOpenAIContext).TenantId)"
            """);

        Assert.Contains($"there={EntraDouble.OtherTenant} here={EntraDouble.Tenant}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_log_in_with_is_one_clear_error()
    {
        _environment["PATH"] = _folder;

        string output = await RunAsync("try { Connect-AzOpenAI -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; \"$_\".Contains([char]10) }");

        Assert.Contains("CredentialUnavailable,AzOpenAI.Commands.ConnectAzOpenAICommand", output, StringComparison.Ordinal);
        Assert.Contains("False", output, StringComparison.Ordinal);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Secret(string more) =>
        $"Connect-AzOpenAI -Credential ([pscredential]::new('{EntraDouble.Application}', (ConvertTo-SecureString hunter2 -AsPlainText))) -Tenant {EntraDouble.Tenant} {more}";

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<string> ConnectsAsync(string command, string source, string account, string cloud = "AzureCloud")
    {
        string output = await RunAsync($"$ctx = {(command.Contains(';', StringComparison.Ordinal) ? $"$({command})" : command)}; \"[$($ctx.CredentialSource)|$($ctx.Account)|$($ctx.SubscriptionId)|$($ctx.Environment.Name)]\"");
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"[{source}|{account}|{AzureDouble.Subscription}|{cloud}]"), output, StringComparison.Ordinal);
        return output;
    }

    private async Task<string> RunAsync(string script)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("Only on Linux does a process take the certificates that it trusts from SSL_CERT_FILE.");
        string module = Path.Combine(Repository.Root, "out", "AzOpenAI");
        string full = $"$ErrorActionPreference = 'Stop'; $module = '{module}'; Import-Module $module\n{script}";
        (int exitCode, string output) = await Shell.RunAsync(
            _environment, "-EncodedCommand", Convert.ToBase64String(Encoding.Unicode.GetBytes(full)));
        Assert.True(exitCode == 0, output);
        return output;
    }
}
