using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Hosting;

[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;

/// <summary>What the emulator listens on. Runs alone, because it changes the environment of the process.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class ListenerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_listens_on_loopback_only()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        Assert.Equal("127.0.0.1", host.BaseUri.Host);
        IPEndPoint[] listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        Assert.All(listeners.Where(l => l.Port == host.BaseUri.Port), l => Assert.Equal(IPAddress.Loopback, l.Address));
    }

    [Fact]
    public async Task A_hostile_environment_opens_no_other_port()
    {
        int port = FreePort();
        string url = $"http://0.0.0.0:{port}";
        Dictionary<string, string> hostile = new()
        {
            ["ASPNETCORE_URLS"] = url,
            ["DOTNET_URLS"] = url,
            ["URLS"] = url,
            ["ASPNETCORE_HTTP_PORTS"] = $"{port}",
            ["HTTP_PORTS"] = $"{port}",
            ["Kestrel__Endpoints__X__Url"] = url,
            ["ASPNETCORE_Kestrel__Endpoints__X__Url"] = url,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = "Does.Not.Exist",
        };
        try
        {
            foreach ((string name, string value) in hostile)
            {
                Environment.SetEnvironmentVariable(name, value);
            }

            await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions { Https = true }, Stop);
            Assert.NotEqual(port, host.BaseUri.Port);
            Assert.DoesNotContain(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), l => l.Port == port);
            using HttpClient client = new();
            Assert.Contains("ok", await client.GetStringAsync(new Uri(host.BaseUri, "_emulator/health"), Stop), StringComparison.Ordinal);
        }
        finally
        {
            foreach (string name in hostile.Keys)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Fact]
    public async Task Https_has_a_certificate_that_a_client_can_trust()
    {
        string path;
        await using (EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions { Https = true }, Stop))
        {
            path = host.CertificatePath!;
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(path, Stop), StringComparison.Ordinal);
            using X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(path);
            using SocketsHttpHandler handler = new();
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(root);
            using HttpClient client = new(handler) { BaseAddress = host.HttpsUri };
            Assert.Contains("ok", await client.GetStringAsync("_emulator/health", Stop), StringComparison.Ordinal);

            client.DefaultRequestHeaders.Authorization = new("Bearer", EmulatorHost.DummyToken);
            using StringContent body = new("""{"location":"eastus"}""");
            await client.PutAsync($"subscriptions/{host.SubscriptionId}/resourceGroups/rg?api-version=2022-09-01", body, Stop);
            using StringContent account = new("""{"location":"eastus","kind":"OpenAI","sku":{"name":"S0"},"properties":{"customSubDomainName":"tls"}}""");
            using HttpResponseMessage created = await client.PutAsync(
                $"subscriptions/{host.SubscriptionId}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/tls?api-version=2025-06-01", account, Stop);
            JsonNode json = JsonNode.Parse(await created.Content.ReadAsStringAsync(Stop))!;
            Assert.Equal($"{host.HttpsUri}tls/", (string?)json["properties"]!["endpoint"]);
        }

        Assert.False(File.Exists(path), "The certificate file goes with the emulator.");
    }

    [Fact]
    public async Task A_taken_port_is_an_error_and_a_stopped_one_is_free_again()
    {
        EmulatorHost first = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        int port = first.BaseUri.Port;
        await Assert.ThrowsAsync<IOException>(() => EmulatorHost.StartAsync(new EmulatorOptions { Port = port }, Stop));
        await first.StopAsync(Stop);
        await first.StopAsync(Stop);
        await first.DisposeAsync();
        await using EmulatorHost second = await EmulatorHost.StartAsync(new EmulatorOptions { Port = port }, Stop);
        Assert.Equal(port, second.BaseUri.Port);
    }

    [Fact]
    public async Task Two_emulators_share_nothing()
    {
        await using EmulatorHost first = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        await using EmulatorHost second = await EmulatorHost.StartAsync(new EmulatorOptions { Now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero) }, Stop);
        using HttpClient client = new();
        Assert.Contains("\"now\":\"2026-11-21", await client.GetStringAsync(new Uri(first.BaseUri, "_emulator/health"), Stop), StringComparison.Ordinal);
        Assert.Contains("\"now\":\"2030-01-01", await client.GetStringAsync(new Uri(second.BaseUri, "_emulator/health"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_foreign_host_name_is_refused()
    {
        await using EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(host.BaseUri, "_emulator/health"));
        request.Headers.Host = "evil.example.com";
        using HttpResponseMessage response = await client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Stopping_ends_a_stalled_request()
    {
        EmulatorHost host = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        using HttpClient client = new() { BaseAddress = host.BaseUri };
        using StringContent fault = new("""{"kind":"stall"}""");
        await client.PostAsync("_emulator/faults", fault, Stop);
        Task<HttpResponseMessage> stalled = client.GetAsync("subscriptions", Stop);
        while (!(await client.GetStringAsync("_emulator/requests", Stop)).Contains("/subscriptions", StringComparison.Ordinal))
        {
            await Task.Delay(20, Stop);
        }

        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop);
        await Task.WhenAny(stalled, Task.Delay(TimeSpan.FromSeconds(20), Stop));
        Assert.True(stalled.IsCompleted);
        _ = stalled.Exception;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
