using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AzOpenAI.Core.Management;

/// <summary>Quotas of the subscription in a region.</summary>
public sealed class UsageOperations
{
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

    /// <summary>All quotas of the region by name.</summary>
    internal async Task<IReadOnlyDictionary<string, Usage>> ReadAsync(string location, CancellationToken cancellationToken)
    {
        var usages = new Dictionary<string, Usage>(StringComparer.OrdinalIgnoreCase);
        await foreach (Usage usage in ListAsync(location, cancellationToken).ConfigureAwait(false))
            usages[usage.Name] = usage;
        return usages;
    }
}
