using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Completers;

/// <summary>SKUs of the model.</summary>
public sealed class SkuCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => $"{ModelListing.Key(arguments)}/{arguments.Model ?? arguments.ChangedDeployment}";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Model> models = await ModelListing.ReadWantedAsync(client, arguments, cancellationToken).ConfigureAwait(false);
        return [.. models.SelectMany(model => model.Skus).Select(sku => sku.Name).Distinct().Order(StringComparer.Ordinal)];
    }
}
