using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management;
using AzOpenAI.Emulator;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>An emulator of its own per test, and a client whose requests are kept.</summary>
public abstract class EmulatedAzure : IAsyncLifetime
{
    private readonly WireLog _wire = new();

    private protected EmulatorHost Host { get; private set; } = null!;

    private protected ManagementClient Client { get; private set; } = null!;

    private protected RecordingReporter Reporter { get; } = new();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Requests so far: method and path.</summary>
    private protected IReadOnlyList<string> Wire => _wire.Lines;

    /// <summary>Requests so far that can change something.</summary>
    private protected IReadOnlyList<string> Writes =>
        [.. Wire.Where(l => !l.StartsWith("GET ", StringComparison.Ordinal) && !l.Contains("/check", StringComparison.Ordinal) && !l.Contains("/listKeys", StringComparison.Ordinal))];

    public async ValueTask InitializeAsync()
    {
        Host = await EmulatorHost.StartAsync(new EmulatorOptions(), Stop);
        Context context = await ContextFactory.ConnectAsync(
            new ConnectRequest
            {
                Credential = new CredentialOptions { Source = CredentialSource.Emulator },
                Environment = EmulatorEnvironment.Create(Host.BaseUri),
                Subscription = Host.SubscriptionId,
            },
            new ServiceOptions { Reporter = Reporter },
            Stop);
        Client = new ManagementClient(context, new ArmClient(context, new ServiceOptions { Reporter = Reporter, MaxWait = TimeSpan.FromSeconds(60) }, new HttpClient(_wire)));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected static ResourceRequest Wanted(string name = "contoso", bool ensure = false) => new()
    {
        ResourceGroupName = "rg",
        Name = name,
        Location = "Sweden Central",
        CreateResourceGroup = true,
        Ensure = ensure,
    };

    private protected async Task<Resource> CreateResourceAsync(ResourceRequest? request = null)
    {
        var provisioner = new ResourceProvisioner(Client);
        return await provisioner.ApplyAsync(await provisioner.PlanAsync(request ?? Wanted(), Stop), Stop);
    }

    private protected async Task<Deployment> DeployAsync(DeploymentRequest request)
    {
        var provisioner = new DeploymentProvisioner(Client);
        return await provisioner.ApplyAsync(await provisioner.PlanAsync(request, Stop), Stop);
    }

    private sealed class WireLog() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_lines)
                _lines.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
