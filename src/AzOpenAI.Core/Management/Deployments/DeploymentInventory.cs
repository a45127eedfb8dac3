using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>
/// The deployments of all resources of a subscription. Resources are read in parallel and returned as they complete, so their order isn't fixed; the
/// deployments of one resource stay together and in the service's order. The buffer is bounded: a slow consumer slows down reading.
/// </summary>
public sealed class DeploymentInventory(ManagementClient client)
{
    /// <summary>Number of resources that are read at the same time.</summary>
    public const int Parallelism = 16;

    // A batch is one resource's deployments, up to this many.
    private const int BatchSize = 100;
    private const int WaitingBatches = 8;

    // If this many resources in a row can't be reached, the problem isn't the resources.
    private const int MaxUnreachable = 3;

    private int _unreachable;
    private int _known;
    private int _done;

    /// <summary>Returns everything as it arrives.</summary>
    /// <exception cref="AzOpenAIException">The resources can't be listed, the credential is rejected, or nothing can be reached any more.</exception>
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
            // A consumer that stops early ends up here: reading must stop too.
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
            // Reported after everything that was read before.
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

    /// <summary>True if the failure would affect every other resource too.</summary>
    private bool IsGeneral(AzOpenAIException failure) => failure.Kind switch
    {
        ErrorKind.Authentication => true,
        ErrorKind.Connection => Interlocked.Increment(ref _unreachable) >= MaxUnreachable,
        _ => false,
    };
}
