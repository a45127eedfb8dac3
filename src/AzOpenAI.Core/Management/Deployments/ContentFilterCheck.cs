using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Checks that the content filter of a deployment exists. Reads only if one is requested.</summary>
internal static class ContentFilterCheck
{
    /// <summary>Returns the problem, or null.</summary>
    public static async Task<Finding?> FindAsync(ManagementClient client, Resource? resource, string? name, CancellationToken cancellationToken)
    {
        if (resource is null || name is null)
            return null;
        ArmRequest request = ArmRequest.Get(ArmPath.ContentFilter(resource, name));
        ArmResponse response = await client.Arm.TrySendAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return null;
        AzOpenAIException error = ArmErrors.FromAnswer(response, client.Context);
        if (error.ErrorId == nameof(Messages.ContentFilterNotFound))
        {
            string existingNames = await client.ContentFilters.DescribeNamesAsync(resource, name, cancellationToken).ConfigureAwait(false);
            return new Finding(error.ErrorId, error.Kind, "content filter not found", name, resource.Name, existingNames);
        }

        if (error.Kind == ErrorKind.Authentication)
            throw error;
        // The permission to deploy doesn't include reading filters; the service decides then.
        client.Options.Reporter.Verbose($"Can't check whether content filter '{name}' exists: {error.Message}");
        return null;
    }

    /// <exception cref="AzOpenAIException">ContentFilterNotFound with the existing names.</exception>
    public static async Task RunAsync(ManagementClient client, Resource resource, string? name, CancellationToken cancellationToken)
    {
        if (await FindAsync(client, resource, name, cancellationToken).ConfigureAwait(false) is Finding finding)
            throw finding.ToException("");
    }
}
