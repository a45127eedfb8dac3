using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Completers;

/// <summary>Deployments of the resource.</summary>
public sealed class DeploymentCompleter : LiveCompleter
{
    private protected override string? CacheKey(CompletionArguments arguments) => arguments.ResourceKey;

    private protected override async Task<IReadOnlyList<string>> ListAsync(
        ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        Resource resource = await arguments.ResolveResourceAsync(client, cancellationToken).ConfigureAwait(false);
        List<string> names = [];
        await foreach (Deployment deployment in client.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            names.Add(deployment.Name);
        return names;
    }
}
