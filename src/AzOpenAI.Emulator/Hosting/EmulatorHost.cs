using System.Net;
using AzOpenAI.Emulator.Seeding;
using AzOpenAI.Emulator.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>
/// A running emulator of Azure for Azure OpenAI: management and data plane with shared state, in memory, on loopback only.
/// Management lives at the root, the data plane of a resource at /{subdomain}/, the control endpoints at /_emulator/.
/// </summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    /// <summary>The bearer token that both planes accept. It is no secret and works nowhere else.</summary>
    public const string DummyToken = "emulator";

    private readonly WebApplication _application;
    private readonly LoopbackCertificate? _certificate;
    private int _stopped;

    private EmulatorHost(WebApplication application, LoopbackCertificate? certificate, Emulation emulation, IReadOnlyList<Uri> addresses)
    {
        _application = application;
        _certificate = certificate;
        Emulation = emulation;
        BaseUri = addresses.First(a => a.Scheme == Uri.UriSchemeHttp);
        HttpsUri = addresses.FirstOrDefault(a => a.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>Base of both planes, such as http://127.0.0.1:5000/.</summary>
    public Uri BaseUri { get; }

    /// <summary>Base of the https listener; null where none was asked for.</summary>
    public Uri? HttpsUri { get; }

    /// <summary>PEM file with the certificate of the https listener, readable by its owner only and deleted at the end; null without https.</summary>
    public string? CertificatePath => _certificate?.Path;

    /// <summary>The subscription that is there from the start; GET /subscriptions lists the others.</summary>
    public string SubscriptionId => Emulation.State.Subscriptions[0].Id;

    /// <summary>Tenant of all subscriptions.</summary>
    public string TenantId { get; } = AzureState.TenantId;

    internal Emulation Emulation { get; }

    /// <summary>Starts an emulator and returns once it listens.</summary>
    /// <param name="options">How it starts.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="EmulatorSeedException">The seed is no JSON, or says what cannot be.</exception>
    /// <exception cref="IOException">The port is taken, or the file of the certificate cannot be written.</exception>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.PageSize, 1);

        Emulation emulation = new(options);
        LoopbackCertificate? certificate = options.Https ? LoopbackCertificate.Create() : null;
        WebApplication application = Build(options, certificate);
        try
        {
            RequestPipeline pipeline = new(emulation, options.Log);
            application.Run(pipeline.HandleAsync);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            certificate?.Dispose();
            throw;
        }

        ICollection<string> addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new EmulatorHost(application, certificate, emulation, [.. addresses.Select(a => new Uri(a))]);
    }

    /// <summary>Stops listening, lets go of stalled requests and closes what is open. Later calls do nothing.</summary>
    /// <param name="cancellationToken">Closes open connections at once.</param>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        Emulation.Faults.Remove(null);
        using CancellationTokenSource grace = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        grace.CancelAfter(TimeSpan.FromSeconds(1));
        await _application.StopAsync(grace.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync().ConfigureAwait(false);
            await _application.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _certificate?.Dispose();
        }
    }

    private static WebApplication Build(EmulatorOptions options, LoopbackCertificate? certificate)
    {
        // Empty on purpose: the full builder reads ASPNETCORE_*, Kestrel__* and appsettings.json, any of which can open another port.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            if (certificate is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Certificate));
            }
        });
        return builder.Build();
    }
}
