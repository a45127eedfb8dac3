using AzOpenAI.Core.Management;

namespace AzOpenAI.Completers;

/// <summary>Versions of the model, newest first.</summary>
public sealed class ModelVersionCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => $"{ModelListing.Key(arguments)}/{arguments.Model}";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Model> models = await ModelListing.ReadAsync(client, arguments, cancellationToken).ConfigureAwait(false);
        return [.. models.Where(model => model.IsDeployable && ModelListing.IsWanted(model, arguments))
            .Select(model => model.Version).Distinct().OrderDescending(StringComparer.Ordinal)];
    }
}
