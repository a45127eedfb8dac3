using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Completers;

/// <summary>Models that can be deployed today.</summary>
public sealed class ModelCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => ModelListing.Key(arguments);

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Model> models = await ModelListing.ReadAsync(client, arguments, cancellationToken).ConfigureAwait(false);
        return [.. models.Where(model => model.IsDeployable).Select(model => model.Name).Distinct().Order(StringComparer.Ordinal)];
    }
}
