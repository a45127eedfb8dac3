using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Models;

/// <summary>The model catalog of a region or a resource.</summary>
public sealed class ModelOperations
{
    private readonly ManagementClient _client;

    internal ModelOperations(ManagementClient client) => _client = client;

    /// <summary>Models of a region: the entries for kind OpenAI, and those of AIServices that aren't available for OpenAI accounts.</summary>
    public IAsyncEnumerable<Model> ListAsync(string location, CancellationToken cancellationToken) => ListAsync(location, null, cancellationToken);

    /// <summary>Models of a region for one kind of account.</summary>
    /// <param name="location">Region in any spelling.</param>
    /// <param name="kind">OpenAI or AIServices; null for both, as in <see cref="ListAsync(string, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async IAsyncEnumerable<Model> ListAsync(string location, string? kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var others = new List<Model>();
        ArmRequest request = ArmRequest.Get(ArmPath.OfLocation(_client.SubscriptionId, location, "models"));
        await foreach (Model model in ReadAsync(request, location, null, cancellationToken).ConfigureAwait(false))
        {
            if (model.Kind is null || model.Kind.Equals(kind ?? "OpenAI", StringComparison.OrdinalIgnoreCase))
            {
                if (seen.Add(Key(model)))
                    yield return model;
            }
            else if (kind is null && model.Kind.Equals("AIServices", StringComparison.OrdinalIgnoreCase))
            {
                others.Add(model);
            }
        }

        // The list has an entry per kind of account, so that models are repeated.
        foreach (Model model in others)
        {
            if (seen.Add(Key(model)))
                yield return model;
        }
    }

    /// <summary>The versions of one model in a region. Other entries aren't parsed: a region lists hundreds.</summary>
    internal async IAsyncEnumerable<Model> ListVersionsAsync(string location, string kind, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.OfLocation(_client.SubscriptionId, location, "models"));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (item.ValueKind == JsonValueKind.Object
                && (!Is(item, "kind", kind) || !Is(item.TryGetProperty("model", out JsonElement inner) ? inner : item, "name", name)))
                continue;
            if (Map(response, item, location, null) is Model model)
                yield return model;
        }
    }

    /// <summary>Models that the resource can deploy, including its own fine-tuned ones.</summary>
    public IAsyncEnumerable<Model> ListForResourceAsync(Resource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return ReadAsync(ArmRequest.Get($"{ArmPath.Account(resource)}/models"), resource.Location, resource.Kind, cancellationToken);
    }

    /// <summary>Available capacity for a model, by region and SKU; null if the service doesn't report it.</summary>
    /// <param name="location">Region, or null for all regions in one list.</param>
    /// <param name="model">Model and version.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    internal async Task<IReadOnlyDictionary<(string Location, string Sku), int>?> ReadStockAsync(string? location, Model model, CancellationToken cancellationToken)
    {
        string path = location is null
            ? ArmPath.OfSubscription(_client.SubscriptionId, "modelCapacities")
            : ArmPath.OfLocation(_client.SubscriptionId, location, "modelCapacities");
        ArmRequest request = ArmRequest.Get(path) with
        {
            Query = $"modelFormat={Uri.EscapeDataString(model.Format)}&modelName={Uri.EscapeDataString(model.Name)}&modelVersion={Uri.EscapeDataString(model.Version)}",
        };
        var stock = new Dictionary<(string, string), int>();
        try
        {
            await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            {
                SkuCapacityDto entry = response.Read(item, ModelJson.Default.SkuCapacityDto);
                if (entry is { Properties: { SkuName: string sku, AvailableCapacity: double available } } && (entry.Location ?? location) is string at)
                    stock[(LocationName.Normalize(at), sku.ToUpperInvariant())] = (int)Math.Clamp(available, int.MinValue, int.MaxValue);
            }
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            _client.Options.Reporter.Verbose($"Can't read the available capacity for {model}: {e.Message}");
            return null;
        }

        return stock;
    }

    /// <summary>The valid capacity of a provisioned SKU that a workload needs; null if the service doesn't report it.</summary>
    internal async Task<int?> CalculateCapacityAsync(Model model, string sku, Workload workload, CancellationToken cancellationToken)
    {
        var question = new CapacityQuestionDto(
            new ModelReferenceDto(model.Format, model.Name, model.Version),
            sku,
            [new WorkloadDto(workload.RequestsPerMinute, new WorkloadTokensDto(workload.PromptTokens, workload.OutputTokens))]);
        ArmRequest request = ArmRequest.Post(ArmPath.OfSubscription(_client.SubscriptionId, "calculateModelCapacity")).With(question, ModelJson.Default.CapacityQuestionDto);
        try
        {
            ArmResponse answer = await _client.Arm.SendAsync(request, cancellationToken).ConfigureAwait(false);
            double? units = answer.Read(ModelJson.Default.CapacityAnswerDto).EstimatedCapacity?.DeployableValue;
            return units is > 0 ? (int)Math.Min(units.Value, int.MaxValue) : null;
        }
        catch (AzOpenAIException e) when (e.Kind is not (ErrorKind.Authentication or ErrorKind.Connection))
        {
            _client.Options.Reporter.Verbose($"Can't read the capacity that the workload needs for {model}: {e.Message}");
            return null;
        }
    }

    // Missing values count as equal: the mapper decides then.
    private static bool Is(JsonElement element, string property, string value) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(property, out JsonElement told) || told.ValueKind != JsonValueKind.String
        || string.Equals(told.GetString(), value, StringComparison.OrdinalIgnoreCase);

    private static string Key(Model model) => $"{model.Format}/{model.Name}/{model.Version}";

    private async IAsyncEnumerable<Model> ReadAsync(ArmRequest request, string location, string? kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (Map(response, item, location, kind) is Model model)
                yield return model;
        }
    }

    private Model? Map(ArmResponse response, JsonElement item, string location, string? kind)
    {
        // A region wraps the model; a resource doesn't.
        ModelEntryDto entry = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("model", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
            ? response.Read(item, ModelJson.Default.ModelEntryDto)
            : new ModelEntryDto(kind, response.Read(item, ModelJson.Default.ModelDto));
        return entry.Model is ModelDto dto ? ModelMapper.Map(dto, entry.Kind ?? kind, location, _client.ServiceNow) : null;
    }
}
