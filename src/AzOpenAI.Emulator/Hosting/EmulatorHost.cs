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
/// Management is at the root, the data plane of a resource at /{subdomain}/, the control endpoints at /_emulator/.
/// </summary>
public sealed class EmulatorHost : IAsyncDisposable
{
    /// <summary>The bearer token that both planes accept. It isn't a secret and isn't valid elsewhere.</summary>
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

    /// <summary>Base URL of both planes, such as http://127.0.0.1:5000/.</summary>
    public Uri BaseUri { get; }

    /// <summary>Base URL of the https listener; null if it wasn't requested.</summary>
    public Uri? HttpsUri { get; }

    /// <summary>PEM file with the certificate of the https listener, only readable by its owner and deleted at the end; null without https.</summary>
    public string? CertificatePath => _certificate?.Path;

    /// <summary>The initial subscription; GET /subscriptions lists the others.</summary>
    public string SubscriptionId => Emulation.State.Subscriptions[0].Id;

    /// <summary>Tenant of all subscriptions.</summary>
    public string TenantId { get; } = AzureState.TenantId;

    internal Emulation Emulation { get; }

    /// <summary>Starts an emulator and returns when it is listening.</summary>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="EmulatorSeedException">The seed isn't JSON, or isn't valid.</exception>
    /// <exception cref="IOException">The port is in use, or the file of the certificate can't be written.</exception>
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

    /// <summary>Stops listening, releases stalled requests and closes connections. Later calls have no effect.</summary>
    /// <param name="cancellationToken">Closes open connections immediately.</param>
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
