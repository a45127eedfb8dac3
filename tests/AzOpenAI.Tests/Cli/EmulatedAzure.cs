using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Tests.Doubles;

namespace AzOpenAI.Tests.Cli;

/// <summary>
/// Azure as the program sees it: the double's proxy with the names of Azure in front of an emulator, and a login. What the proxy has taken goes on when the
/// client has left, as in Azure.
/// </summary>
internal sealed class EmulatedAzure : IAsyncDisposable
{
    private const string Secret = "hunter2";
    private const string ManagementHost = "management.azure.com";
    private const string DataSuffix = ".openai.azure.com";

    private static readonly string[] Groups = ["resourceGroups?api-version=2022-09-01"];
    private static readonly string[] Accounts = ["accounts", "deletedAccounts"];

    private readonly string _folder = Directory.CreateTempSubdirectory("azopenai-cli-").FullName;
    private readonly CliProcess _emulator;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly EntraDouble _entra = new() { Secret = Secret };
    private readonly DoubleProxy _proxy;

    private EmulatedAzure(CliProcess emulator, Uri address)
    {
        _emulator = emulator;
        _client.BaseAddress = address;
        _proxy = new DoubleProxy(["login.microsoftonline.com", ManagementHost, "*" + DataSuffix], AnswerAsync);
        string pem = Path.Combine(_folder, "azure.pem");
        File.WriteAllText(pem, _proxy.CertificatePem);
        Environment = new Dictionary<string, string?>
        {
            ["http_proxy"] = null,
            ["HTTP_PROXY"] = null,
            ["https_proxy"] = _proxy.Address.AbsoluteUri,
            ["HTTPS_PROXY"] = _proxy.Address.AbsoluteUri,
            ["no_proxy"] = null,
            ["NO_PROXY"] = null,
            ["all_proxy"] = null,
            ["ALL_PROXY"] = null,
            ["SSL_CERT_FILE"] = pem,
            ["SSL_CERT_DIR"] = null,
            ["HOME"] = _folder,
            ["AZURE_CLIENT_ID"] = EntraDouble.Application,
            ["AZURE_TENANT_ID"] = EntraDouble.Tenant,
            ["AZURE_CLIENT_SECRET"] = Secret,
        };
    }

    public const string Subscription = "11111111-1111-4111-8111-111111111111";

    /// <summary>What a program needs to take this for Azure.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    public static async Task<EmulatedAzure> StartAsync()
    {
        CliProcess emulator = CliProcess.Start(["emulator", "--exit-with-stdin"]);
        return new EmulatedAzure(emulator, new Uri(await emulator.LineAsync("http://")));
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _client.Dispose();
        _emulator.CloseInput();
        await _emulator.WaitForExitAsync();
        _emulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Adds a fault.</summary>
    public Task AddFaultAsync(string json) => AddAsync("faults", json);

    /// <summary>Adds an answer of the model.</summary>
    public Task AddAnswerAsync(string json) => AddAsync("answers", json);

    private async Task AddAsync(string what, string json)
    {
        using StringContent body = new(json);
        using HttpResponseMessage response = await _client.PostAsync($"_emulator/{what}", body, Stop);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public Task RemoveFaultsAsync() => _client.DeleteAsync("_emulator/faults", Stop);

    /// <summary>Waits for a request to have arrived, and where it says so for its answer to have begun.</summary>
    public async Task UntilRequestAsync(CliProcess program, string method, string path, bool answered)
    {
        Regex pattern = new(path);
        for (int i = 0; i < 3000; i++)
        {
            JsonNode log = JsonNode.Parse(await _client.GetStringAsync("_emulator/requests", Stop))!;
            if (log["value"]!.AsArray().Any(e => (string?)e!["method"] == method && pattern.IsMatch((string)e["path"]!) && (!answered || e["status"] is not null)))
                return;
            await Task.Delay(20, Stop);
        }

        Assert.Fail($"{method} {path} did not come.\n{program.Text}");
    }

    /// <summary>The ids of resource groups, resources and soft-deleted resources that are there.</summary>
    public async Task<string[]> RemainsAsync()
    {
        List<string> ids = [];
        foreach (string path in Groups.Concat(Accounts.Select(type => $"providers/Microsoft.CognitiveServices/{type}?api-version=2025-06-01")))
        {
            using HttpRequestMessage request = new(HttpMethod.Get, $"subscriptions/{Subscription}/{path}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "emulator");
            using HttpResponseMessage response = await _client.SendAsync(request, Stop);
            string text = await response.Content.ReadAsStringAsync(Stop);
            Assert.True(response.IsSuccessStatusCode, text);
            ids.AddRange(JsonNode.Parse(text)!["value"]!.AsArray().Select(item => (string)item!["id"]!));
        }

        return [.. ids];
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<DoubleAnswer> AnswerAsync(DoubleRequest request)
    {
        string host = request.Uri.Host;
        if (host == "login.microsoftonline.com")
            return _entra.Answer(request);
        string? place = host == ManagementHost ? "" : host.EndsWith(DataSuffix, StringComparison.Ordinal) ? $"/{host[..^DataSuffix.Length]}" : null;
        return place is null ? new DoubleAnswer(404, "{}") : await ForwardAsync(request, place + request.Uri.PathAndQuery);
    }

    private async Task<DoubleAnswer> ForwardAsync(DoubleRequest request, string path)
    {
        using HttpRequestMessage forwarded = new(new HttpMethod(request.Method), path);
        if (request.Body.Length > 0)
            forwarded.Content = new StringContent(request.Body, Encoding.UTF8, "application/json");
        foreach ((string name, string value) in request.Headers.Where(h => !h.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && h.Key is not ("Host" or "Connection")))
            forwarded.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _client.SendAsync(forwarded, CancellationToken.None);
        (string, string)[] headers =
        [
            .. response.Headers.Concat(response.Content.Headers)
                .Where(h => h.Key is not ("Content-Length" or "Transfer-Encoding" or "Connection")).Select(h => (h.Key, InAzure(string.Join(", ", h.Value)))),
        ];
        return new DoubleAnswer((int)response.StatusCode, InAzure(await response.Content.ReadAsStringAsync(CancellationToken.None)), headers);
    }

    // The emulator's address under the names that Azure has for it.
    private string InAzure(string text)
    {
        string address = Regex.Escape(_client.BaseAddress!.AbsoluteUri);
        text = Regex.Replace(text, address + "(subscriptions|providers)/", $"https://{ManagementHost}/$1/");
        return Regex.Replace(text, address + "([a-z0-9-]+)/", $"https://$1{DataSuffix}/");
    }
}
