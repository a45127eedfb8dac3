using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>What a test arranges or looks up behind the back of the client under test.</summary>
internal static class EmulatorRest
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false });

    public static Task<JsonNode> ArmAsync(this EmulatorHost host, string method, string path, string version, string? body = null) =>
        SendAsync(host, method, $"{path.TrimStart('/')}?api-version={version}", body);

    public static Task<JsonNode> ControlAsync(this EmulatorHost host, string method, string path, string? body = null) => SendAsync(host, method, $"_emulator/{path}", body);

    private static async Task<JsonNode> SendAsync(EmulatorHost host, string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(host.BaseUri, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", EmulatorHost.DummyToken);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text)! : new JsonObject();
    }
}
