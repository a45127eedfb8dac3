using AzOpenAI.Core.Management;

namespace AzOpenAI.Completers;

/// <summary>The models behind three completers: those of the resource, else of the region, else of some region.</summary>
internal static class ModelListing
{
    /// <summary>Where the models come from.</summary>
    public static string Key(CompletionArguments arguments) => arguments.ResourceKey ?? arguments.Location ?? "";

    public static async Task<IReadOnlyList<Model>> ReadAsync(ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<Model> source = arguments.ResourceKey is not null
            ? client.Models.ListForResourceAsync(await arguments.ResolveResourceAsync(client, cancellationToken).ConfigureAwait(false), cancellationToken)
            : client.Models.ListAsync(arguments.Location ?? await AnyLocationAsync(client, cancellationToken).ConfigureAwait(false), cancellationToken);
        List<Model> models = [];
        await foreach (Model model in source.ConfigureAwait(false))
            models.Add(model);
        return models;
    }

    /// <summary>True where the model is the one that was typed, or none was.</summary>
    public static bool IsWanted(Model model, CompletionArguments arguments) =>
        arguments.Model is null || model.Name.Equals(arguments.Model, StringComparison.OrdinalIgnoreCase);

    /// <summary>One region's models are most of what there is, and all that fits into the time of a Tab.</summary>
    private static async Task<string> AnyLocationAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> locations = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        return locations[0].Name;
    }
}
