using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>
/// The deployments of all resources of a subscription. Resources are read side by side and given as they answer, so that their order is not a fixed one; the
/// deployments of one resource stay together and in the service's order. What is not taken yet is bounded: a slow consumer slows the reading down.
/// </summary>
public sealed class DeploymentInventory(ManagementClient client)
{
    /// <summary>Resources that are read at the same time.</summary>
    public const int Parallelism = 16;

    // A batch is what one resource has, or up to this many.
    private const int BatchSize = 100;
    private const int WaitingBatches = 8;

    // So many resources in a row that cannot be reached are no trouble of the resources.
    private const int MaxUnreachable = 3;

    private int _unreachable;
    private int _known;
    private int _done;

    /// <summary>Everything, as it comes.</summary>
    /// <exception cref="AzOpenAIException">The resources cannot be listed, the credential is refused, or nothing can be reached any more.</exception>
    public async IAsyncEnumerable<InventoryItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<InventoryItem> channel = Channel.CreateBounded<InventoryItem>(new BoundedChannelOptions(WaitingBatches) { SingleReader = true });
        Task reading = ReadAllAsync(channel.Writer, stop.Token);
        try
        {
            await foreach (InventoryItem item in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return item;
            await reading.ConfigureAwait(false);
        }
        finally
        {
            // Whoever takes nothing more leaves here: nothing goes on behind his back.
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAllAsync(ChannelWriter<InventoryItem> writer, CancellationToken cancellationToken)
    {
        var dates = new RetirementIndex();
        string activity = $"Reading the deployments of the subscription {client.SubscriptionId}";
        try
        {
            await Parallel.ForEachAsync(
                client.Resources.ListAsync(null, cancellationToken),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
                async (resource, token) =>
                {
                    Interlocked.Increment(ref _known);
                    await ReadResourceAsync(resource, dates, writer, token).ConfigureAwait(false);
                    client.Options.Reporter.Progress(new OperationProgress(
                        activity, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _done)} resources read, {Volatile.Read(ref _known) - _done} in progress")));
                }).ConfigureAwait(false);
            writer.Complete();
        }
        catch (Exception failure)
        {
            // Told to the consumer behind what was read before.
            writer.Complete(failure is OperationCanceledException ? null : failure);
            throw;
        }
        finally
        {
            client.Options.Reporter.Progress(new OperationProgress(activity, "", Completed: true));
        }
    }

    private async Task ReadResourceAsync(Resource resource, RetirementIndex dates, ChannelWriter<InventoryItem> writer, CancellationToken cancellationToken)
    {
        dates.Prepare(client, resource, cancellationToken);
        var batch = new List<Deployment>();
        AzOpenAIException? failure = null;
        try
        {
            await foreach (Deployment deployment in client.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            {
                batch.Add(await dates.DateAsync(client, resource, deployment, cancellationToken).ConfigureAwait(false));
                if (batch.Count < BatchSize)
                    continue;
                await writer.WriteAsync(new InventoryItem { Resource = resource, Deployments = batch }, cancellationToken).ConfigureAwait(false);
                batch = [];
            }

            Interlocked.Exchange(ref _unreachable, 0);
        }
        catch (AzOpenAIException e) when (!IsGeneral(e))
        {
            failure = e;
        }

        if (batch.Count > 0 || failure is not null)
            await writer.WriteAsync(new InventoryItem { Resource = resource, Deployments = batch, Failure = failure }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the failure would be that of every other resource, too.</summary>
    private bool IsGeneral(AzOpenAIException failure) => failure.Kind switch
    {
        ErrorKind.Authentication => true,
        ErrorKind.Connection => Interlocked.Increment(ref _unreachable) >= MaxUnreachable,
        _ => false,
    };
}
