using System.Net;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Tests.Management;
using Azure.Identity;

namespace AzOpenAI.Core.Tests.Authentication;

public sealed class FederatedTokenTests
{
    private static readonly CredentialOptions Options = new()
    {
        Source = CredentialSource.FederatedToken,
        ApplicationId = "44444444-4444-4444-4444-444444444444",
        TenantId = "55555555-5555-5555-5555-555555555555",
    };

    [Fact]
    public void Azure_pipelines_is_found_by_its_variables()
    {
        object credential = FederatedCredential.Create(Options, CloudEnvironment.AzureCloud, Host(
            ("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/x"), ("SYSTEM_ACCESSTOKEN", "t"), ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "s")));

        Assert.IsType<AzurePipelinesCredential>(credential);
    }

    [Fact]
    public void A_pipeline_without_a_service_connection_says_which_variable_is_missing()
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() => FederatedCredential.Create(
            Options, CloudEnvironment.AzureCloud, Host(("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/x"), ("SYSTEM_ACCESSTOKEN", "t"))));

        Assert.Equal("FederatedTokenUnavailable", e.ErrorId);
        Assert.Contains("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_ci_without_a_token_the_error_says_so()
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() => FederatedCredential.Create(Options, CloudEnvironment.AzureCloud, Host()));

        Assert.Equal("FederatedTokenUnavailable", e.ErrorId);
        Assert.Contains("-FederatedTokenFile", e.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_application_the_parameter_is_named()
    {
        AzOpenAIException e = Assert.Throws<AzOpenAIException>(() => FederatedCredential.Create(Options with { ApplicationId = null }, CloudEnvironment.AzureCloud, Host()));

        Assert.Equal("CredentialOptionMissing", e.ErrorId);
        Assert.Contains("-ApplicationId", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_is_read_anew_each_time_and_named_where_it_is_gone()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(path, "first\n", ScriptedArm.Token);
        Assert.Equal("first", await FederatedCredential.ReadAsync(path, ScriptedArm.Token));
        await File.WriteAllTextAsync(path, "second", ScriptedArm.Token);
        Assert.Equal("second", await FederatedCredential.ReadAsync(path, ScriptedArm.Token));
        File.Delete(path);

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => FederatedCredential.ReadAsync(path, ScriptedArm.Token));

        Assert.Equal("FederatedTokenUnavailable", e.ErrorId);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_github_actions_is_fetched_with_the_audience_anew_each_time()
    {
        using var server = new TokenServer(200, """{"count":1,"value":"oidc-token"}""");
        var github = new GitHubToken(CloudEnvironment.AzureCloud, Variables(("ACTIONS_ID_TOKEN_REQUEST_URL", server.Url + "?api-version=2"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")));

        Assert.Equal("oidc-token", await github.GetAsync(ScriptedArm.Token));
        Assert.Equal("oidc-token", await github.GetAsync(ScriptedArm.Token));

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal("/?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange Bearer request-token", server.Requests[0]);
    }

    [Theory]
    [InlineData(403, "{}", "403")]
    [InlineData(200, "{}", "doesn't contain a token")]
    [InlineData(200, "<html>", "isn't valid JSON")]
    public async Task A_refusal_of_github_says_what_the_job_needs(int status, string body, string said)
    {
        using var server = new TokenServer(status, body);
        var github = new GitHubToken(CloudEnvironment.AzureCloud, Variables(("ACTIONS_ID_TOKEN_REQUEST_URL", server.Url), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "canary")));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => github.GetAsync(ScriptedArm.Token));

        Assert.Equal("FederatedTokenUnavailable", e.ErrorId);
        Assert.Contains(said, e.Message, StringComparison.Ordinal);
        Assert.Contains("id-token: write", e.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_request_token_of_github_does_not_go_over_plain_http()
    {
        var github = new GitHubToken(CloudEnvironment.AzureCloud, Variables(("ACTIONS_ID_TOKEN_REQUEST_URL", "http://example.com/"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "t")));

        Assert.Contains("https", (await ScriptedArm.FailsAsync(() => github.GetAsync(ScriptedArm.Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_chain_takes_github_first_only_where_nothing_else_is_set()
    {
        (string, string)[] github = [("ACTIONS_ID_TOKEN_REQUEST_URL", "https://x/"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "t"), ("AZURE_CLIENT_ID", "a"), ("AZURE_TENANT_ID", "b")];
        var options = new CredentialOptions();

        Assert.NotNull(FederatedCredential.TryCreateForDefault(options, CloudEnvironment.AzureCloud, Host(github)));
        Assert.Null(FederatedCredential.TryCreateForDefault(options, CloudEnvironment.AzureCloud, Host([.. github, ("AZURE_CLIENT_SECRET", "s")])));
        Assert.Null(FederatedCredential.TryCreateForDefault(options, CloudEnvironment.AzureCloud, Host(github[..2])));
        Assert.Null(FederatedCredential.TryCreateForDefault(options, CloudEnvironment.AzureCloud, Host(github[2..])));
    }

    [Fact]
    public void The_default_chain_knows_azure_pipelines_by_the_names_of_its_tasks()
    {
        (string, string)[] job = [("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/x"), ("AZURESUBSCRIPTION_CLIENT_ID", "a"), ("AZURESUBSCRIPTION_TENANT_ID", "b")];

        Assert.IsType<OptionalCredential>(FederatedCredential.TryCreateForDefault(
            new CredentialOptions(), CloudEnvironment.AzureCloud, Host([.. job, ("SYSTEM_ACCESSTOKEN", "t"), ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "s")])));
        // What the job lacks is told beside the other links of the chain.
        Assert.IsType<UnavailableCredential>(FederatedCredential.TryCreateForDefault(new CredentialOptions(), CloudEnvironment.AzureCloud, Host(job)));
    }

    [Theory]
    [InlineData("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", CredentialSource.FederatedToken)]
    [InlineData("SYSTEM_OIDCREQUESTURI", "SYSTEM_ACCESSTOKEN", CredentialSource.FederatedToken)]
    [InlineData("AZURE_FEDERATED_TOKEN_FILE", "OTHER", CredentialSource.FederatedToken)]
    [InlineData("SOMETHING", "OTHER", CredentialSource.Default)]
    public void Application_and_tenant_alone_mean_the_token_that_the_job_offers(string one, string other, CredentialSource expected) =>
        Assert.Equal(expected, TokenSources.Create(Options with { Source = CredentialSource.Default }, CloudEnvironment.AzureCloud, Host((one, "x"), (other, "y"))).Source);

    private static CredentialHost Host(params (string Name, string Value)[] variables) => new() { Variable = Variables(variables) };

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault();

    /// <summary>Answers every request alike, on loopback.</summary>
    private sealed class TokenServer : IDisposable
    {
        private readonly HttpListener _listener;
        private readonly List<string> _requests = [];

        public TokenServer(int status, string body)
        {
            (_listener, Url) = Start();
            _ = Task.Run(async () =>
            {
                while (_listener.IsListening)
                {
                    HttpListenerContext context;
                    try
                    {
                        context = await _listener.GetContextAsync();
                    }
                    catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                    {
                        return;
                    }

                    lock (_requests)
                        _requests.Add($"{context.Request.RawUrl} {context.Request.Headers["Authorization"]}");
                    context.Response.StatusCode = status;
                    await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
                    context.Response.Close();
                }
            });
        }

        public string Url { get; }

        public IReadOnlyList<string> Requests
        {
            get
            {
                lock (_requests)
                    return [.. _requests];
            }
        }

        public void Dispose() => _listener.Close();

        private static (HttpListener Listener, string Url) Start()
        {
            for (int attempt = 0; ; attempt++)
            {
                string url = $"http://127.0.0.1:{Random.Shared.Next(20000, 60000)}/";
                var listener = new HttpListener { Prefixes = { url } };
                try
                {
                    listener.Start();
                    return (listener, url);
                }
                catch (HttpListenerException) when (attempt < 20)
                {
                    listener.Close();
                }
            }
        }
    }
}
