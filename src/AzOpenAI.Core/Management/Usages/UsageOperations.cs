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

    /// <summary>All quotas of the region. One whose limit or usage the service leaves out is left out too: unknown is not zero.</summary>
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

    /// <summary>All quotas of the region, each with the models and the SKU that draw from it.</summary>
    /// <param name="location">Region in any spelling.</param>
    /// <param name="kind">Kind of account whose models are joined: OpenAI or AIServices; null: both.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
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

    /// <summary>All quotas of several regions, each with what draws from it: regions are asked side by side and given in their order.</summary>
    /// <param name="locations">Regions in any spelling.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>For each region its rows, or why they cannot be read.</returns>
    /// <exception cref="AzOpenAIException">The credential is refused, or nothing can be reached.</exception>
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

    /// <summary>The failure for a quota that a region does not have, with the nearest names.</summary>
    /// <param name="name">Name that was asked for.</param>
    /// <param name="location">Region.</param>
    /// <param name="rows">What the region has.</param>
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
