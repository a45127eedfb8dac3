using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Usages;

/// <summary>Quotas of the subscription in a region.</summary>
public sealed class UsageOperations
{
    private const int Parallelism = 8;

    private readonly ManagementClient _client;

    internal UsageOperations(ManagementClient client) => _client = client;

    /// <summary>All quotas of the region. A quota is omitted if the service doesn't report its limit or usage: unknown isn't zero.</summary>
    public async IAsyncEnumerable<Usage> ListAsync(string location, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.OfLocation(_client.SubscriptionId, location, "usages"));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            UsageDto usage = response.Read(item, UsageJson.Default.UsageDto);
            if (usage is { Name.Value: string name, CurrentValue: double used, Limit: double limit })
            {
                yield return new Usage
                {
                    Name = name,
                    DisplayName = usage.Name.LocalizedValue,
                    Location = LocationName.Normalize(location),
                    Used = used,
                    Limit = limit,
                };
            }
        }
    }

    /// <summary>All quotas of the region, each with the models and the SKU that use it.</summary>
    /// <param name="location">Region in any spelling.</param>
    /// <param name="kind">Kind of account whose models are joined: OpenAI or AIServices; null for both.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<IReadOnlyList<Usage>> ListJoinedAsync(string location, string? kind, CancellationToken cancellationToken)
    {
        Task<QuotaIndex> index = QuotaIndex.ReadAsync(_client, location, kind, cancellationToken);
        var rows = new List<Usage>();
        try
        {
            await foreach (Usage usage in ListAsync(location, cancellationToken).ConfigureAwait(false))
                rows.Add(usage);
        }
        finally
        {
            await ((Task)index).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        QuotaIndex known = await index.ConfigureAwait(false);
        return [.. rows.Select(known.Join)];
    }

    /// <summary>All quotas of several regions, each with the models and the SKU that use it. Regions are read in parallel and returned in order.</summary>
    /// <param name="locations">Regions in any spelling.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The rows of each region, or why they can't be read.</returns>
    /// <exception cref="AzOpenAIException">The credential is rejected, or nothing can be reached.</exception>
    public async IAsyncEnumerable<(string Location, IReadOnlyList<Usage> Rows, AzOpenAIException? Failure)> ListManyAsync(
        IReadOnlyList<string> locations, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(locations);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        string activity = $"Reading the quotas of {locations.Count} regions";
        var running = new Queue<Task<(string, IReadOnlyList<Usage>, AzOpenAIException?)>>();
        try
        {
            for (int next = 0, done = 0; done < locations.Count; done++)
            {
                while (next < locations.Count && running.Count < Parallelism)
                    running.Enqueue(TryListAsync(locations[next++], stop.Token));
                if (locations.Count > 1)
                    _client.Options.Reporter.Progress(new OperationProgress(activity, locations[done], 100 * done / locations.Count));
                yield return await running.Dequeue().ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _client.Options.Reporter.Progress(new OperationProgress(activity, "", Completed: true));
        }
    }

    /// <summary>Creates the failure for a quota that a region doesn't have, with similar names.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="location">Region.</param>
    /// <param name="rows">The quotas of the region.</param>
    public static AzOpenAIException NotFound(string name, string location, IEnumerable<Usage> rows)
    {
        string nearest = Nearest.List(name, rows.Select(r => r.Name));
        return Failure.Of(nameof(Messages.UsageNotFound), ErrorKind.NotFound, name, location, nearest.Length > 0 ? $"Did you mean {nearest}? " : "");
    }

    private async Task<(string Location, IReadOnlyList<Usage> Rows, AzOpenAIException? Failure)> TryListAsync(string location, CancellationToken cancellationToken)
    {
        try
        {
            return (location, await ListJoinedAsync(location, null, cancellationToken).ConfigureAwait(false), null);
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            return (location, [], e);
        }
    }

    /// <summary>All quotas of the region by name.</summary>
    internal async Task<IReadOnlyDictionary<string, Usage>> ReadAsync(string location, CancellationToken cancellationToken)
    {
        var usages = new Dictionary<string, Usage>(StringComparer.OrdinalIgnoreCase);
        await foreach (Usage usage in ListAsync(location, cancellationToken).ConfigureAwait(false))
            usages[usage.Name] = usage;
        return usages;
    }
}
