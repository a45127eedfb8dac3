using Microsoft.Extensions.Hosting;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>
/// The emulator lives until its owner stops it. The host's usual lifetime takes Ctrl+C and SIGTERM away from the process that the emulator runs in, and then
/// nobody acts on them.
/// </summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
