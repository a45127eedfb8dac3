using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;

namespace AzOpenAI.Completers;

/// <summary>The models for three completers: those of the resource, or else of the region, or else of any region.</summary>
internal static class ModelListing
{
    /// <summary>The cache key: the source of the models.</summary>
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

    /// <summary>The models to consider: the specified one, the deployment's, or all.</summary>
    public static async Task<IReadOnlyList<Model>> ReadWantedAsync(ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        string? name = arguments.Model;
        if (name is null && arguments is { ChangedDeployment: string deployment, ResourceKey: not null })
        {
            Resource resource = await arguments.ResolveResourceAsync(client, cancellationToken).ConfigureAwait(false);
            name = (await client.Deployments.FindAsync(resource, deployment, cancellationToken).ConfigureAwait(false))?.Model;
        }

        IReadOnlyList<Model> all = await ReadAsync(client, arguments, cancellationToken).ConfigureAwait(false);
        return name is null ? all : [.. all.Where(model => model.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>One region has most of the models, and there is only time for one.</summary>
    private static async Task<string> AnyLocationAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProviderLocation> locations = await client.Providers.ListLocationsAsync(cancellationToken).ConfigureAwait(false);
        return locations[0].Name;
    }
}
