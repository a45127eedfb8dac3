using System.Collections.Concurrent;
using System.Text.Json;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>When model versions are retired, by region and kind of account. Each list is read once, when first needed, and only the dates are kept.</summary>
public sealed class RetirementIndex
{
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<string, DateTimeOffset>>>> _lists = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts reading the list that the resource's deployments need, so that it is available in time.</summary>
    internal void Prepare(ManagementClient client, Resource resource, CancellationToken cancellationToken) => _ = ReadAsync(client, resource, cancellationToken);

    /// <summary>The deployment with <see cref="Deployment.RetirementDate"/> and <see cref="Deployment.DaysLeft"/>, if the service reports them.</summary>
    /// <param name="client">The management plane of the deployment's subscription.</param>
    /// <param name="resource">The resource of the deployment.</param>
    /// <param name="deployment">The deployment.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<Deployment> DateAsync(ManagementClient client, Resource resource, Deployment deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(deployment);
        IReadOnlyDictionary<string, DateTimeOffset> dates = await ReadAsync(client, resource, cancellationToken).ConfigureAwait(false);
        return dates.TryGetValue(Key(deployment.Format, deployment.Model, deployment.Version), out DateTimeOffset end)
            ? deployment with { RetirementDate = end, DaysLeft = ModelMapper.DaysLeft(end, client.ServiceNow) }
            : deployment;
    }

    private static string Key(string? format, string? name, string? version) => $"{format ?? "OpenAI"}/{name}/{version}".ToUpperInvariant();

    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadListAsync(ManagementClient client, string location, string kind, CancellationToken cancellationToken)
    {
        var dates = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        ArmRequest request = ArmRequest.Get(ArmPath.OfLocation(client.SubscriptionId, location, "models"));
        try
        {
            await foreach ((_, JsonElement item) in client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (Text(item, "kind") is string of && !of.Equals(kind, StringComparison.OrdinalIgnoreCase))
                    continue;
                if (Member(item, "model") is JsonElement model && Member(model, "deprecation") is JsonElement end && ModelMapper.Date(Text(end, "inference")) is DateTimeOffset date)
                    dates[Key(Text(model, "format"), Text(model, "name"), Text(model, "version"))] = date;
            }
        }
        catch (AzOpenAIException failure)
        {
            // A deployment without a date is better than no deployment.
            client.Options.Reporter.Verbose($"Can't read the retirement dates in {location}: {failure.Message}");
        }

        return dates;
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(ManagementClient client, Resource resource, CancellationToken cancellationToken)
    {
        string key = $"{client.SubscriptionId}/{resource.Location}/{resource.Kind}";
        Lazy<Task<IReadOnlyDictionary<string, DateTimeOffset>>> list = _lists.GetOrAdd(
            key, _ => new Lazy<Task<IReadOnlyDictionary<string, DateTimeOffset>>>(() => ReadListAsync(client, resource.Location, resource.Kind, cancellationToken)));
        if (list is { IsValueCreated: true, Value.IsCanceled: true } or { IsValueCreated: true, Value.IsFaulted: true })
        {
            // If an earlier record canceled its read, this one starts again.
            _lists.TryRemove(new KeyValuePair<string, Lazy<Task<IReadOnlyDictionary<string, DateTimeOffset>>>>(key, list));
            return ReadAsync(client, resource, cancellationToken);
        }

        return list.Value;
    }
}
