using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Azure OpenAI and AI Services accounts.</summary>
public sealed class ResourceOperations
{
    private readonly ManagementClient _client;

    internal ResourceOperations(ManagementClient client) => _client = client;

    /// <summary>Returns the resource; null if it or its group doesn't exist.</summary>
    public async Task<Resource?> FindAsync(string resourceGroup, string name, CancellationToken cancellationToken) =>
        (await LookAsync(resourceGroup, name, cancellationToken).ConfigureAwait(false)).Resource;

    /// <summary>Returns the resource.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFound, ResourceGroupNotFound, ResourceKindOther: it is an account of another service.</exception>
    public async Task<Resource> GetAsync(string resourceGroup, string name, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.Account(_client.SubscriptionId, resourceGroup, name));
        return RefuseForeign(ResourceMapper.Map(await _client.Arm.SendAsync(request, cancellationToken).ConfigureAwait(false)));
    }

    /// <summary>Returns the resource with an Azure Resource Manager ID, in the ID's own subscription.</summary>
    /// <exception cref="AzOpenAIException">ResourceIdInvalid, ResourceNotFound, ResourceGroupNotFound.</exception>
    public Task<Resource> GetByIdAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArmId known = ArmId.Parse(id, ArmIdKind.Resource, nameof(Messages.ResourceIdInvalid));
        return _client.ForSubscription(known.SubscriptionId).Resources.GetAsync(known.ResourceGroup!, known.Name, cancellationToken);
    }

    /// <summary>Returns the only resource with that name in the subscription.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFound with similar names, ResourceAmbiguous with the groups.</exception>
    public async Task<Resource> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        var all = new List<Resource>();
        await foreach (Resource resource in ListAsync(null, cancellationToken).ConfigureAwait(false))
            all.Add(resource);
        Resource[] matches = [.. all.Where(r => r.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (matches.Length == 1)
            return matches[0];
        if (matches.Length > 1)
        {
            throw Failure.Of(
                nameof(Messages.ResourceAmbiguous), ErrorKind.InvalidInput, name, matches.Length, string.Join(", ", matches.Select(r => $"'{r.ResourceGroupName}'")));
        }

        throw NotFound(name, [.. all.Select(r => r.Name)]);
    }

    /// <summary>Creates the exception for a name that no resource of the subscription has.</summary>
    /// <param name="name">The requested name.</param>
    /// <param name="names">The existing names.</param>
    public AzOpenAIException NotFound(string name, IReadOnlyList<string> names)
    {
        string nearest = Nearest.List(name, names);
        return Failure.Of(
            nameof(Messages.ResourceNotFound), ErrorKind.NotFound, name, nearest.Length > 0 ? $"{_client.SubscriptionId} (did you mean {nearest}?)" : _client.SubscriptionId);
    }

    /// <summary>Resources of kind OpenAI and AIServices, of a group or of the whole subscription.</summary>
    public async IAsyncEnumerable<Resource> ListAsync(string? resourceGroup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.Accounts(_client.SubscriptionId, resourceGroup));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            Resource resource = ResourceMapper.Map(response, item);
            if (ResourceMapper.IsOurs(resource))
                yield return resource;
        }
    }

    /// <summary>Returns endpoint and keys. If keys are disabled: <see cref="AuthenticationKind.EntraId"/> and no keys.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotReady: the resource has no endpoint yet; PermissionDenied.</exception>
    public async Task<ResourceKey> GetKeysAsync(Resource resource, string? deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Uri classic = resource.Endpoint
            ?? throw Failure.Of(nameof(Messages.ResourceNotReady), ErrorKind.Busy, resource.Name, resource.ProvisioningState ?? "unknown", resource.ResourceGroupName);
        AccountKeysDto? keys = resource.LocalAuthDisabled ? null : await ListKeysAsync(resource, cancellationToken).ConfigureAwait(false);
        if (keys is null)
            _client.Options.Reporter.Verbose($"Key authentication is disabled on resource '{resource.Name}'. Use Entra ID.");
        return new ResourceKey
        {
            ResourceId = resource.Id,
            ResourceName = resource.Name,
            ResourceGroupName = resource.ResourceGroupName,
            SubscriptionId = resource.SubscriptionId,
            Endpoint = new Uri(classic, "openai/v1/"),
            ClassicEndpoint = classic,
            Key1 = keys?.Key1 is string key1 ? SecureText.Protect(key1) : null,
            Key2 = keys?.Key2 is string key2 ? SecureText.Protect(key2) : null,
            Authentication = keys is null ? AuthenticationKind.EntraId : AuthenticationKind.ApiKey,
            Deployment = deployment,
        };
    }

    /// <summary>Regenerates one key; its previous value becomes invalid immediately.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">The key to regenerate.</param>
    /// <param name="deployment">Default deployment of the connection that is returned.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service started continues.</param>
    /// <returns>Endpoint and both keys, including the new one.</returns>
    /// <exception cref="AzOpenAIException">LocalAuthDisabled; KeyNotRegenerated: nothing was changed; KeyStateUnknown: it may have been changed.</exception>
    public async Task<ResourceKey> RegenerateKeyAsync(Resource resource, KeyName name, string? deployment, CancellationToken cancellationToken)
    {
        ResourceKey before = await GetKeysAsync(resource, deployment, cancellationToken).ConfigureAwait(false);
        return before.Authentication == AuthenticationKind.EntraId
            ? throw Failure.Of(nameof(Messages.LocalAuthDisabled), ErrorKind.NotAvailable, resource.Name, "regenerate")
            : await KeyRegeneration.RunAsync(_client, resource, before, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the resource of the subscription with that data-plane base URL.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFoundAtEndpoint.</exception>
    public async Task<Resource> FindByEndpointAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        await foreach (Resource resource in ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (resource.Endpoint is Uri own && own == endpoint)
                return resource;
        }

        throw Failure.Of(nameof(Messages.ResourceNotFoundAtEndpoint), ErrorKind.NotFound, endpoint, _client.SubscriptionId);
    }

    /// <summary>Waits until the resource is in a state. Reports the current state.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="state">The state, such as Succeeded; null to wait until it doesn't exist.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The resource in that state, or null if it doesn't exist any more.</returns>
    /// <exception cref="AzOpenAIException">OperationUnfinished, ResourceStateMissed, ResourceNotFound.</exception>
    public Task<Resource?> WaitAsync(Resource resource, string? state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.Account(resource)) with { Activity = $"Waiting for resource '{resource.Name}'" };
        return StateWait.WaitAsync(
            _client, request, state, static response => ResourceMapper.Map(response), static now => now.ProvisioningState,
            (now, reached) => Failure.Of(nameof(Messages.ResourceStateMissed), ErrorKind.ServiceFailure, now.Name, reached, state, now.ResourceGroupName), cancellationToken);
    }

    /// <summary>Returns the resource if it is for Azure OpenAI: accounts for speech or vision have the same type but aren't supported.</summary>
    /// <exception cref="AzOpenAIException">ResourceKindOther.</exception>
    internal static Resource RefuseForeign(Resource resource) => ResourceMapper.MayBeOurs(resource)
        ? resource
        : throw Failure.Of(nameof(Messages.ResourceKindOther), ErrorKind.InvalidInput, resource.Name, resource.ResourceGroupName, resource.Kind);

    /// <summary>Names of the Foundry projects of an AIServices account.</summary>
    internal async Task<IReadOnlyList<string>> ListProjectsAsync(Resource resource, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        ArmRequest request = ArmRequest.Get(ArmPath.Projects(resource));
        await foreach ((ArmResponse _, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
        {
            // The name of a child may be "account/project".
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String)
                names.Add(name.GetString()!.Split('/')[^1]);
        }

        return names;
    }

    /// <summary>The resource if it exists, and whether its group exists.</summary>
    internal async Task<(Resource? Resource, bool GroupExists)> LookAsync(string resourceGroup, string name, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.Account(_client.SubscriptionId, resourceGroup, name));
        ArmResponse response = await _client.Arm.TrySendAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return (ResourceMapper.Map(response), true);
        return (response.Status, ArmErrorBody.Parse(response.Body).Code) switch
        {
            (404, "ResourceNotFound") => (null, true),
            (404, "ResourceGroupNotFound") => (null, false),
            _ => throw ArmErrors.FromAnswer(response, _client.Context),
        };
    }

    private async Task<AccountKeysDto?> ListKeysAsync(Resource resource, CancellationToken cancellationToken)
    {
        try
        {
            ArmResponse response = await _client.Arm.SendAsync(ArmRequest.Post($"{ArmPath.Account(resource)}/listKeys"), cancellationToken).ConfigureAwait(false);
            AccountKeysDto keys = response.Read(AccountJson.Default.AccountKeysDto);
            response.Require(keys.Key1 ?? keys.Key2, "key1");
            return keys;
        }
        catch (AzOpenAIException e) when (e.ErrorId == nameof(Messages.KeysDisabled))
        {
            // Disabled since the resource was read.
            return null;
        }
    }
}
