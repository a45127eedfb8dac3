using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Management.Removals;

/// <summary>Removes resources with everything in them.</summary>
public sealed class ResourceRemover(ManagementClient client)
{
    /// <summary>Plans a removal.</summary>
    /// <exception cref="AzOpenAIException">ResourceHasChildren: the service would reject deleting the resource after its deployments are deleted.</exception>
    public async Task<ResourceRemovalPlan> PlanAsync(Resource resource, bool purge, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ManagementClient own = client.For(resource.SubscriptionId);
        Task projects = CheckProjectsAsync(own, resource, cancellationToken);
        var deployments = new List<Deployment>();
        await foreach (Deployment deployment in own.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            deployments.Add(deployment);
        await projects.ConfigureAwait(false);

        List<PlannedStep> steps = [.. deployments.Select(d => new PlannedStep($"deployment '{d.Name}' of '{resource.Name}'", "Remove"))];
        steps.Add(new PlannedStep(ResourceProvisioner.Target(resource.Name, resource.ResourceGroupName, resource.Location), "Remove"));
        if (purge)
            steps.Add(new PlannedStep(ResourceProvisioner.Target(resource.Name, resource.ResourceGroupName, resource.Location), "Purge"));
        return new ResourceRemovalPlan(resource, purge) { Deployments = deployments, Steps = steps };
    }

    /// <summary>Removes deployments, resource and, if planned, the soft-deleted resource.</summary>
    public async Task ApplyAsync(ResourceRemovalPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Resource resource = plan.Resource;
        ManagementClient own = client.For(resource.SubscriptionId);
        List<string> left = [.. plan.Deployments.Select(d => $"the deployment '{d.Name}'"), $"the resource '{resource.Name}'"];
        List<string> removed = [];
        try
        {
            foreach (Deployment deployment in plan.Deployments)
            {
                await own.Deployments.DeleteAsync(deployment, cancellationToken).ConfigureAwait(false);
                removed.Add(left[0]);
                left.RemoveAt(0);
            }

            string path = ArmPath.Account(resource);
            ArmRequest delete = ArmRequest.Delete(path) with { Activity = $"Deleting resource '{resource.Name}'" };
            await own.Writer.WriteAsync(path, delete, wait: true, cancellationToken).ConfigureAwait(false);
            removed.Add($"the resource '{resource.Name}'");
            left = [$"the soft-deleted resource '{resource.Name}'"];
            if (plan.Purge)
                await own.DeletedResources.PurgeDeletedNowAsync(resource.Location, resource.ResourceGroupName, resource.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e) when (removed.Count > 0)
        {
            throw Problems.WithLeftovers(e, left, removed);
        }
        catch (OperationCanceledException) when (removed.Count > 0)
        {
            own.Options.Reporter.Warning($"Stopped. Removed: {string.Join(", ", removed)}. Not removed: {string.Join(", ", left)}.");
            throw;
        }
    }

    // A project's content has an owner, who must remove it.
    private static async Task CheckProjectsAsync(ManagementClient own, Resource resource, CancellationToken cancellationToken)
    {
        if (!resource.Kind.Equals("AIServices", StringComparison.OrdinalIgnoreCase))
            return;
        try
        {
            IReadOnlyList<string> names = await own.Resources.ListProjectsAsync(resource, cancellationToken).ConfigureAwait(false);
            if (names.Count > 0)
                throw Failure.Of(nameof(Messages.ResourceHasChildren), ErrorKind.Busy, resource.Name, string.Join(", ", names.Select(n => $"the project '{n}'")));
        }
        catch (AzOpenAIException e) when (e.StatusCode is 400 or 403 or 404)
        {
            own.Options.Reporter.Verbose($"Can't list the projects of '{resource.Name}'. {e.Message}");
        }
    }
}
