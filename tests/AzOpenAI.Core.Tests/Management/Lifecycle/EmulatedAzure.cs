using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Core.Tests.Http;
using AzOpenAI.Core.Tests.Management.Wire;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.Management.Lifecycle;

/// <summary>An emulator of its own per test, and a client whose requests are kept.</summary>
public abstract class EmulatedAzure : IAsyncLifetime
{
    private readonly WireCheck _wire = new();

    private protected EmulatorHost Host { get; private set; } = null!;

    private protected ManagementClient Client { get; private set; } = null!;

    private protected RecordingReporter Reporter { get; } = new();

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>How the emulator starts.</summary>
    protected virtual EmulatorOptions Options => new();

    /// <summary>Requests so far: method and path.</summary>
    private protected IReadOnlyList<string> Wire => _wire.Lines;

    /// <summary>Id of the operation that each request so far called.</summary>
    private protected IReadOnlyList<string> Called => _wire.Operations;

    /// <summary>Requests so far that can change something.</summary>
    private protected IReadOnlyList<string> Writes =>
        [.. Wire.Where(l => !l.StartsWith("GET ", StringComparison.Ordinal) && !l.Contains("/check", StringComparison.Ordinal) && !l.Contains("/listKeys", StringComparison.Ordinal))];

    public async ValueTask InitializeAsync()
    {
        Host = await EmulatorHost.StartAsync(Options, Stop);
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
        // What any test of the lifecycle sends is what the operations of the service take.
        AssertWire();
        GC.SuppressFinalize(this);
    }

    private protected void AssertWire()
    {
        string problems = string.Join('\n', _wire.Problems);
        Assert.True(problems.Length == 0, problems);
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
}
