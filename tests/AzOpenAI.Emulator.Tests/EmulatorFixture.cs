using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests;

/// <summary>One emulator and a plain HttpClient, so that no code of ours judges the emulator.</summary>
public abstract class EmulatorFixture : IAsyncLifetime
{
    public const string ApiVersion = "2025-06-01";
    public const string ResourcesVersion = "2022-09-01";
    public const string Provider = "providers/Microsoft.CognitiveServices";

    protected EmulatorHost Host { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected virtual EmulatorOptions Options => new();

    protected string Subscription => "subscriptions/" + Host.SubscriptionId;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Host = await EmulatorHost.StartAsync(Options, Stop);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Host.BaseUri };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string Group(string name = "rg") => $"resourceGroups/{name}";

    protected string AccountPath(string name = "contoso", string group = "rg") => $"{Subscription}/{Group(group)}/{Provider}/accounts/{name}";

    protected string DeploymentPath(string name = "chat", string account = "contoso") => $"{AccountPath(account)}/deployments/{name}";

    protected async Task<Answer> ArmAsync(string method, string path, JsonNode? body = null, string? version = null, string? token = EmulatorHost.DummyToken)
    {
        version ??= path.Contains(Provider, StringComparison.OrdinalIgnoreCase) && !path.EndsWith("/register", StringComparison.Ordinal) ? ApiVersion : ResourcesVersion;
        string uri = path.Contains("api-version=", StringComparison.Ordinal) || version.Length == 0
            ? path
            : path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + "api-version=" + version;
        using HttpRequestMessage request = new(new HttpMethod(method), uri);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await SendAsync(request, body);
    }

    protected async Task<Answer> ControlAsync(string method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), "_emulator/" + path);
        Answer answer = await SendAsync(request, body);
        Assert.True(answer.Status < 300, $"{method} {path}: {answer.Status} {answer.Text}");
        return answer;
    }

    protected async Task<Answer> DataAsync(string path, JsonNode? body, string? key = null, string? bearer = null, string method = "POST")
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (key is not null)
        {
            request.Headers.Add("api-key", key);
        }

        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return await SendAsync(request, body);
    }

    protected async Task<Answer> SendAsync(HttpRequestMessage request, JsonNode? body)
    {
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Stop);
        return new Answer(response, await response.Content.ReadAsStringAsync(Stop));
    }

    protected static JsonObject AccountBody(string location = "swedencentral", string? subdomain = "contoso", string kind = "OpenAI")
    {
        JsonObject properties = [];
        if (subdomain is not null)
        {
            properties["customSubDomainName"] = subdomain;
        }

        return new JsonObject { ["location"] = location, ["kind"] = kind, ["sku"] = new JsonObject { ["name"] = "S0" }, ["properties"] = properties };
    }

    protected static JsonObject DeploymentBody(string model = "gpt-5-mini", string? version = "2025-08-07", string sku = "GlobalStandard", int capacity = 10)
    {
        JsonObject reference = new() { ["format"] = "OpenAI", ["name"] = model };
        if (version is not null)
        {
            reference["version"] = version;
        }

        return new JsonObject
        {
            ["sku"] = new JsonObject { ["name"] = sku, ["capacity"] = capacity },
            ["properties"] = new JsonObject { ["model"] = reference },
        };
    }

    protected static JsonObject Chat(string text, string? model = null)
    {
        JsonObject body = new() { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }) };
        if (model is not null)
        {
            body["model"] = model;
        }

        return body;
    }

    protected async Task CreateGroupAsync(string name = "rg") =>
        Assert.Equal(HttpStatusCode.Created, (await ArmAsync("PUT", $"{Subscription}/{Group(name)}", new JsonObject { ["location"] = "swedencentral" })).Code);

    /// <summary>Creates an account and waits for it as a client would.</summary>
    protected async Task<JsonNode> CreateAccountAsync(string name = "contoso", JsonObject? body = null)
    {
        if ((await ArmAsync("HEAD", $"{Subscription}/{Group()}")).Status == 404)
        {
            await CreateGroupAsync();
        }

        Answer created = await ArmAsync("PUT", AccountPath(name), body ?? AccountBody(subdomain: name));
        Assert.True(created.Status == 201, created.Text);
        await PollAsync(created.Header("Azure-AsyncOperation")!);
        return (await ArmAsync("GET", AccountPath(name))).Json;
    }

    protected async Task<JsonNode> CreateDeploymentAsync(string name = "chat", JsonObject? body = null, string account = "contoso")
    {
        Answer created = await ArmAsync("PUT", DeploymentPath(name, account), body ?? DeploymentBody());
        Assert.True(created.Status == 201, created.Text);
        return created.Json;
    }

    protected async Task<string> KeyAsync(string account = "contoso") => (string)(await ArmAsync("POST", AccountPath(account) + "/listKeys")).Json["key1"]!;

    /// <summary>A resource group, an account, a deployment and its key: what most data plane tests start from.</summary>
    protected async Task<string> CreateChatAsync(JsonObject? deployment = null)
    {
        await CreateAccountAsync();
        await CreateDeploymentAsync(body: deployment);
        return await KeyAsync();
    }

    protected async Task<string> PollAsync(string url)
    {
        for (int i = 0; i < 500; i++)
        {
            Answer poll = await ArmAsync("GET", url);
            Assert.Equal(200, poll.Status);
            string status = (string)poll.Json["status"]!;
            if (status is "Succeeded" or "Failed" or "Canceled")
            {
                return status;
            }

            await Task.Delay(20, Stop);
        }

        Assert.Fail("The operation did not end.");
        return "";
    }

    protected static void AssertError(Answer answer, int status, string code, string message)
    {
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Text}");
        Assert.Equal(code, (string?)answer.Json["error"]!["code"]);
        Assert.Equal(message, (string?)answer.Json["error"]!["message"]);
    }
}
