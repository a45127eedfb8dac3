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

    /// <summary>The deployment.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNotFound with the names there are, ResourceNotFound.</exception>
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

    /// <summary>The deployment, or null.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFound: the resource itself is gone.</exception>
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

    /// <summary>Removes the deployment and waits until it is gone. One that is absent is no error.</summary>
    public Task DeleteAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        return DeleteAsync(ArmPath.Account(deployment.SubscriptionId, deployment.ResourceGroupName, deployment.ResourceName), deployment.Name, cancellationToken);
    }

    /// <summary>Removes the deployment of that name and waits until it is gone. One that is absent is no error.</summary>
    public Task DeleteAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return DeleteAsync(ArmPath.Account(resource), name, cancellationToken);
    }

    /// <summary>The change that pausing or resuming makes; null where the deployment is in that state already.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable.</exception>
    public static PlannedStep? PlanSwitch(Deployment deployment, bool pause)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        DeploymentStates.CheckPausable(deployment);
        return (pause ? DeploymentStates.Paused : DeploymentStates.Running).Equals(deployment.State, StringComparison.OrdinalIgnoreCase)
            ? null
            : new PlannedStep($"deployment '{deployment.Name}' ({deployment.Model}) on '{deployment.ResourceName}'", pause ? "Pause" : "Resume");
    }

    /// <summary>Pauses the deployment: it keeps its configuration and takes no requests. A paused one stays as it is.</summary>
    /// <returns>The deployment afterwards, with <see cref="Deployment.Changed"/>.</returns>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable, ApiVersionRefused: the cloud does not know pausing yet.</exception>
    public Task<Deployment> SuspendAsync(Resource resource, Deployment deployment, CancellationToken cancellationToken) =>
        SwitchAsync(resource, deployment, "pause", DeploymentStates.Paused, cancellationToken);

    /// <summary>Lets a paused deployment take requests again. A running one stays as it is.</summary>
    /// <returns>The deployment afterwards, with <see cref="Deployment.Changed"/>.</returns>
    /// <exception cref="AzOpenAIException">DeploymentNotPausable, ApiVersionRefused: the cloud does not know pausing yet.</exception>
    public Task<Deployment> ResumeAsync(Resource resource, Deployment deployment, CancellationToken cancellationToken) =>
        SwitchAsync(resource, deployment, "resume", DeploymentStates.Running, cancellationToken);

    /// <summary>Waits until the deployment is in a state that lasts.</summary>
    /// <exception cref="AzOpenAIException">OperationUnfinished: not within the time; OperationFailed; DeploymentNotFound with the names there are.</exception>
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

    /// <summary>Waits until the deployment has a state, or is gone. Shows the state meanwhile.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">Name of the deployment.</param>
    /// <param name="state">The state, such as Failed; null: until it is gone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The deployment in that state, or null where it is gone.</returns>
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

        // Only the version that knows it: an older one would answer that there is no such path.
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
            // That the deployment is missing is the news, not that its siblings cannot be listed.
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
