using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management;

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
            ArmResponse response = await _client.Arm.SendAsync(ArmRequest.Get(ArmPath.Deployment(resource, name)), cancellationToken).ConfigureAwait(false);
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
        ArmResponse response = await _client.Arm.TrySendAsync(ArmRequest.Get(ArmPath.Deployment(resource, name)), null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return DeploymentMapper.Map(response, resource);
        AzOpenAIException error = ArmErrors.FromAnswer(response, _client.Context);
        return error.ErrorId == nameof(Messages.DeploymentNotFound) ? null : throw error;
    }

    /// <summary>All deployments of the resource.</summary>
    public async IAsyncEnumerable<Deployment> ListAsync(Resource resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.Deployments(resource));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return DeploymentMapper.Map(response, item, resource);
    }

    /// <summary>The deployment with <see cref="Deployment.RetirementDate"/> and <see cref="Deployment.DaysLeft"/> from the catalogue.</summary>
    public Deployment WithRetirement(Deployment deployment, IEnumerable<Model> models)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(models);
        Model? model = models.FirstOrDefault(m =>
            m.Name.Equals(deployment.Model, StringComparison.OrdinalIgnoreCase)
            && m.Version.Equals(deployment.Version, StringComparison.OrdinalIgnoreCase)
            && m.Format.Equals(deployment.Format, StringComparison.OrdinalIgnoreCase));
        return model is null
            ? deployment
            : deployment with { RetirementDate = model.RetirementDate, DaysLeft = ModelMapper.DaysLeft(model.RetirementDate, _client.ServiceNow) };
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
        string there = names.Count == 0 ? "The resource has no deployment." : $"There is: {string.Join(", ", shown)}{(names.Count > MaxNames ? " and more" : "")}.";
        return new AzOpenAIException(missing.ErrorId, missing.Kind, missing.Message, missing.InnerException)
        {
            Suggestion = $"{there} {missing.Suggestion}",
            StatusCode = missing.StatusCode,
            ServiceCode = missing.ServiceCode,
            ServiceMessage = missing.ServiceMessage,
            RequestId = missing.RequestId,
            ResponseBody = missing.ResponseBody,
        };
    }
}
