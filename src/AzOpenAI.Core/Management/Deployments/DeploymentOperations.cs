using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Deployments of a resource.</summary>
public sealed class DeploymentOperations
{
    private const int MaxNames = 10;

    private readonly ManagementClient _client;

    internal DeploymentOperations(ManagementClient client) => _client = client;

    /// <summary>Returns the deployment.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNotFound with the existing names, ResourceNotFound.</exception>
    public async Task<Deployment> GetAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        try
        {
            ArmResponse response = await _client.Arm.SendAsync(ArmRequest.Get(ArmPath.Deployment(resource, name)).ForDeployments(), cancellationToken).ConfigureAwait(false);
            return DeploymentMapper.Map(response, resource);
        }
        catch (AzOpenAIException missing) when (missing.ErrorId == nameof(Messages.DeploymentNotFound))
        {
            throw await WithNamesAsync(missing, resource, name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the deployment, or null.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFound: the resource doesn't exist.</exception>
    public async Task<Deployment?> FindAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmResponse response = await _client.Arm.TrySendAsync(ArmRequest.Get(ArmPath.Deployment(resource, name)).ForDeployments(), null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return DeploymentMapper.Map(response, resource);
        AzOpenAIException error = ArmErrors.FromAnswer(response, _client.Context);
        return error.ErrorId == nameof(Messages.DeploymentNotFound) ? null : throw error;
    }

    /// <summary>All deployments of the resource.</summary>
    public async IAsyncEnumerable<Deployment> ListAsync(Resource resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.Deployments(resource)).ForDeployments();
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return DeploymentMapper.Map(response, item, resource);
    }

    /// <summary>Removes the deployment and waits until it is deleted. One that doesn't exist isn't an error.</summary>
    public Task DeleteAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return DeleteAsync(ArmPath.Account(deployment.SubscriptionId, deployment.ResourceGroupName, deployment.ResourceName), deployment.Name, cancellationToken);
    }

    /// <summary>Removes the deployment with that name and waits until it is deleted. One that doesn't exist isn't an error.</summary>
    public Task DeleteAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return DeleteAsync(ArmPath.Account(resource), name, cancellationToken);
    }

    /// <summary>The change for pausing or resuming; null if the deployment is already in that state.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable.</exception>
    public static PlannedStep? PlanSwitch(Deployment deployment, bool pause)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        DeploymentStates.CheckPausable(deployment);
        return (pause ? DeploymentStates.Paused : DeploymentStates.Running).Equals(deployment.State, StringComparison.OrdinalIgnoreCase)
            ? null
            : new PlannedStep($"deployment '{deployment.Name}' ({deployment.Model}) on '{deployment.ResourceName}'", pause ? "Pause" : "Resume");
    }

    /// <summary>Pauses the deployment: it keeps its configuration and accepts no requests. No effect on a paused one.</summary>
    /// <returns>The deployment afterwards, with <see cref="Deployment.Changed"/>.</returns>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable, ApiVersionRefused: the cloud doesn't support pausing yet.</exception>
    public Task<Deployment> SuspendAsync(Resource resource, Deployment deployment, CancellationToken cancellationToken) =>
        SwitchAsync(resource, deployment, "pause", DeploymentStates.Paused, cancellationToken);

    /// <summary>Resumes a paused deployment. No effect on a running one.</summary>
    /// <returns>The deployment afterwards, with <see cref="Deployment.Changed"/>.</returns>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable, ApiVersionRefused: the cloud doesn't support pausing yet.</exception>
    public Task<Deployment> ResumeAsync(Resource resource, Deployment deployment, CancellationToken cancellationToken) =>
        SwitchAsync(resource, deployment, "resume", DeploymentStates.Running, cancellationToken);

    /// <summary>Waits until the deployment is in a final state.</summary>
    /// <exception cref="AzOpenAIException">OperationUnfinished: it timed out; OperationFailed; DeploymentNotFound with the existing names.</exception>
    public async Task<Deployment> WaitAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest look = ArmRequest.Get(ArmPath.Deployment(resource, name)).ForDeployments() with { Activity = $"Waiting for deployment '{name}'" };
        try
        {
            return DeploymentMapper.Map(await _client.Writer.WaitAsync(look, cancellationToken).ConfigureAwait(false), resource);
        }
        catch (AzOpenAIException missing) when (missing.ErrorId == nameof(Messages.DeploymentNotFound))
        {
            throw await WithNamesAsync(missing, resource, name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the deployment is in a state or doesn't exist any more. Reports the current state.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">Name of the deployment.</param>
    /// <param name="state">The state, such as Failed; null to wait until it doesn't exist.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The deployment in that state, or null if it doesn't exist any more.</returns>
    /// <exception cref="AzOpenAIException">OperationUnfinished, DeploymentStateMissed, DeploymentNotFound.</exception>
    public Task<Deployment?> WaitForAsync(Resource resource, string name, string? state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.Deployment(resource, name)).ForDeployments() with { Activity = $"Waiting for deployment '{name}'" };
        return StateWait.WaitAsync(
            _client, request, state, response => DeploymentMapper.Map(response, resource), static now => now.ProvisioningState,
            (now, reached) => Failure.Of(nameof(Messages.DeploymentStateMissed), ErrorKind.ServiceFailure, now.Name, reached, state, resource.Name), cancellationToken);
    }

    private async Task<Deployment> SwitchAsync(Resource resource, Deployment deployment, string action, string state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(deployment);
        DeploymentStates.CheckPausable(deployment);
        if (state.Equals(deployment.State, StringComparison.OrdinalIgnoreCase))
            return deployment with { Changed = false };

        // Only with the version that supports it: an older one would report that the path doesn't exist.
        ArmRequest request = ArmRequest.Post($"{ArmPath.Deployment(resource, deployment.Name)}/{action}", ArmApiVersions.Deployments) with
        {
            Activity = $"{(action == "pause" ? "Pausing" : "Resuming")} deployment '{deployment.Name}'",
        };
        ArmResponse answer = await _client.Writer.WriteAsync(ArmPath.Account(resource), request, wait: true, cancellationToken).ConfigureAwait(false);
        Deployment after = answer.Body.ToMemory().IsEmpty ? deployment with { ProvisioningState = null } : DeploymentMapper.Map(answer, resource);
        if (after.ProvisioningState != "Succeeded")
            after = await WaitAsync(resource, deployment.Name, cancellationToken).ConfigureAwait(false);
        return after with { Changed = true, Drift = [new PropertyDrift(nameof(Deployment.State), deployment.State, after.State)] };
    }

    private Task<ArmResponse> DeleteAsync(string account, string name, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Delete(ArmPath.DeploymentOf(account, name)) with { Activity = $"Deleting deployment '{name}'" };
        return _client.Writer.WriteAsync(account, request, wait: true, cancellationToken);
    }

    private async Task<AzOpenAIException> WithNamesAsync(AzOpenAIException missing, Resource resource, string name, CancellationToken cancellationToken)
    {
        List<string> names = [];
        try
        {
            await foreach (Deployment deployment in ListAsync(resource, cancellationToken).ConfigureAwait(false))
                names.Add(deployment.Name);
        }
        catch (AzOpenAIException)
        {
            // The error to report is the missing deployment, not that the others can't be listed.
            return missing;
        }

        IReadOnlyList<string> nearest = Nearest.Of(name, names);
        IEnumerable<string> shown = nearest.Concat(names.Except(nearest)).Take(MaxNames);
        string there = names.Count == 0 ? "The resource doesn't have any deployments." : $"Available: {string.Join(", ", shown)}{(names.Count > MaxNames ? " and more" : "")}.";
        return new AzOpenAIException(missing.ErrorId, missing.Kind, missing.Message, missing.InnerException)
        {
            Suggestion = $"{there} {missing.Suggestion}",
            StatusCode = missing.StatusCode,
            ServiceCode = missing.ServiceCode,
            ServiceMessage = missing.ServiceMessage,
            RequestId = missing.RequestId,
            RetryAfter = missing.RetryAfter,
            ResponseBody = missing.ResponseBody,
        };
    }
}
