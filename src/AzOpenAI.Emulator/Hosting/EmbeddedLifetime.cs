using Microsoft.Extensions.Hosting;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>
/// The emulator runs until its owner stops it. The default host lifetime would handle Ctrl+C and SIGTERM instead of the process that the emulator runs in,
/// so that they had no effect.
/// </summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
