using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Completers;

/// <summary>Versions of the model, newest first.</summary>
public sealed class ModelVersionCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => $"{ModelListing.Key(arguments)}/{arguments.Model ?? arguments.ChangedDeployment}";

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IReadOnlyList<Model> models = await ModelListing.ReadWantedAsync(client, arguments, cancellationToken).ConfigureAwait(false);
        return [.. models.Where(model => model.IsDeployable)
            .Select(model => model.Version).Distinct().OrderDescending(StringComparer.Ordinal)];
    }
}
