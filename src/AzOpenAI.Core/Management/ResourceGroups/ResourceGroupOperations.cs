using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ResourceGroups;

/// <summary>Resource groups of the subscription.</summary>
public sealed class ResourceGroupOperations
{
    private readonly ManagementClient _client;

    internal ResourceGroupOperations(ManagementClient client) => _client = client;

    /// <summary>True if the group exists.</summary>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        // GET, not HEAD: the body of an error has the reason.
        ArmResponse response = await _client.Arm.TrySendAsync(ArmRequest.Get(Path(name), ArmApiVersions.Resources), null, cancellationToken).ConfigureAwait(false);
        if (response.Status == 404 && ArmErrorBody.Parse(response.Body).Code == "ResourceGroupNotFound")
            return false;
        return response.IsSuccess ? true : throw ArmErrors.FromAnswer(response, _client.Context);
    }

    /// <summary>Names of all groups.</summary>
    public async IAsyncEnumerable<string> ListNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.ResourceGroups(_client.SubscriptionId), ArmApiVersions.Resources);
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return response.Require(response.Read(item, ResourceGroupJson.Default.ResourceGroupDto).Name, "name");
    }

    /// <summary>Creates the group; an existing one, including its tags, isn't changed.</summary>
    public async Task CreateAsync(string name, string location, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(name, cancellationToken).ConfigureAwait(false))
            return;
        ArmRequest request = ArmRequest.Put(Path(name), ArmApiVersions.Resources).With(new ResourceGroupDto(null, location), ResourceGroupJson.Default.ResourceGroupDto)
            with
        { Activity = $"Creating resource group '{name}'" };
        await _client.Writer.WriteAsync(Path(name), request, wait: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the group with everything in it, and waits. One that doesn't exist isn't an error.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Delete(Path(name), ArmApiVersions.Resources) with { Activity = $"Deleting resource group '{name}'" };
        await _client.Writer.WriteAsync(Path(name), request, wait: true, cancellationToken).ConfigureAwait(false);
    }

    private string Path(string name) => ArmPath.ResourceGroup(_client.SubscriptionId, name);
}
