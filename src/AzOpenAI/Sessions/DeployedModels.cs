using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Sessions;

/// <summary>
/// The models of deployments, read once from Azure Resource Manager if the session is connected and the connection knows its resource. A failure or time-out
/// is ignored: the data plane's own errors lead to the same result.
/// </summary>
internal static class DeployedModels
{
    private const string Unknown = "";

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    /// <summary>The model's name, or null if unknown.</summary>
    public static async Task<string?> FindAsync(
        Session session, Deployment? piped, Connection connection, string deployment, ServiceOptions options, CancellationToken cancellationToken)
    {
        if (piped is not null && piped.Name.Equals(deployment, StringComparison.OrdinalIgnoreCase))
            return piped.Model;
        if (session.Context is not { } context || connection.ResourceId is not { } resourceId)
            return null;

        (string, string) key = (resourceId.ToUpperInvariant(), deployment.ToUpperInvariant());
        if (!session.DeployedModels.TryGetValue(key, out string? model))
        {
            ManagementClient client = new(context, options with { MaxWait = TimeLimit, NetworkTimeout = TimeLimit });
            // On the thread pool: the record may have started on the pipeline thread, and a token may come from a program that blocks.
            model = await Task.Run(() => AskAsync(client, resourceId, deployment, options.Reporter, cancellationToken), cancellationToken).ConfigureAwait(false) ?? Unknown;
            session.DeployedModels[key] = model;
        }

        return model == Unknown ? null : model;
    }

    private static async Task<string?> AskAsync(ManagementClient client, string resourceId, string deployment, IOperationReporter reporter, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeLimit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeLimit.CancelAfter(TimeLimit);
        try
        {
            Resource resource = await client.Resources.GetByIdAsync(resourceId, timeLimit.Token).ConfigureAwait(false);
            return (await client.Deployments.FindAsync(resource, deployment, timeLimit.Token).ConfigureAwait(false))?.Model;
        }
        catch (Exception exception) when (exception is AzOpenAIException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            reporter.Verbose($"Can't determine the model of deployment '{deployment}': {exception.Message}");
            return null;
        }
    }
}
