using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>Blocklists of a resource.</summary>
public sealed class BlocklistOperations
{
    private readonly ManagementClient _client;

    internal BlocklistOperations(ManagementClient client) => _client = client;

    /// <summary>All blocklists of the resource.</summary>
    public async IAsyncEnumerable<Blocklist> ListAsync(Resource resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.Blocklists(resource));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return BlocklistMapper.Map(response, item, resource);
    }

    /// <summary>Returns the blocklist.</summary>
    /// <exception cref="AzOpenAIException">BlocklistNotFound with the existing names, ResourceNotFound.</exception>
    public async Task<Blocklist> GetAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        (Blocklist? list, AzOpenAIException? missing) = await LookAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (list is not null)
            return list;
        string existingNames = "";
        try
        {
            List<string> names = [];
            await foreach (Blocklist other in ListAsync(resource, cancellationToken).ConfigureAwait(false))
                names.Add(other.Name);
            existingNames = Nearest.Describe(name, names, "The resource doesn't have any blocklists. ");
        }
        catch (AzOpenAIException failure)
        {
            // The error to report is the missing list, not that the others can't be listed.
            _client.Options.Reporter.Verbose($"Can't list the blocklists of '{resource.Name}': {failure.Message}");
        }

        throw Failure.Of(nameof(Messages.BlocklistNotFound), ErrorKind.NotFound, AnswerFacts.Of(missing!), name, resource.Name, existingNames);
    }

    /// <summary>Checks that a blocklist with that name can be created.</summary>
    /// <exception cref="AzOpenAIException">BlocklistNameInvalid, BlocklistExists.</exception>
    public async Task CheckCreationAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        if (!BlocklistItemRules.IsName(name))
            throw Failure.Of(nameof(Messages.BlocklistNameInvalid), ErrorKind.InvalidInput, name);
        (Blocklist? list, _) = await LookAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (list is not null)
            throw Failure.Of(nameof(Messages.BlocklistExists), ErrorKind.AlreadyExists, list.Name, resource.Name);
    }

    /// <summary>Creates the blocklist, or changes the description of an existing one.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="name">Name of the list.</param>
    /// <param name="description">Its description, or null.</param>
    /// <param name="live">The existing list, whose other properties aren't changed; null for a new one.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service accepted continues.</param>
    public async Task<Blocklist> SetAsync(Resource resource, string name, string? description, Blocklist? live, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        JsonObject? now = live?.Raw is string raw ? JsonNode.Parse(raw)!.AsObject() : null;
        JsonObject properties = now?["properties"]?.DeepClone() as JsonObject ?? [];
        properties["description"] = description ?? "";
        var body = new JsonObject { ["properties"] = properties };
        if (now?["tags"] is JsonNode tags)
            body["tags"] = tags.DeepClone();
        ArmRequest request = ArmRequest.Put(ArmPath.Blocklist(resource, name)) with
        {
            Body = BinaryData.FromString(body.ToJsonString()),
            Activity = $"{(live is null ? "Creating" : "Updating")} blocklist '{name}'",
        };
        ArmResponse response = await _client.Writer.WriteAsync(ArmPath.Account(resource), request, wait: true, cancellationToken).ConfigureAwait(false);
        return response.Body.ToMemory().IsEmpty
            ? await GetAsync(resource, name, cancellationToken).ConfigureAwait(false)
            : BlocklistMapper.Map(response, resource);
    }

    /// <summary>Removes the blocklist with its items and waits until it is deleted. One that doesn't exist isn't an error.</summary>
    public Task DeleteAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Delete(ArmPath.Blocklist(resource, name)) with { Activity = $"Deleting blocklist '{name}'" };
        return _client.Writer.WriteAsync(ArmPath.Account(resource), request, wait: true, cancellationToken);
    }

    private async Task<(Blocklist? Found, AzOpenAIException? Missing)> LookAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmResponse response = await _client.Arm.TrySendAsync(ArmRequest.Get(ArmPath.Blocklist(resource, name)), null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return (BlocklistMapper.Map(response, resource), null);
        AzOpenAIException error = ArmErrors.FromAnswer(response, _client.Context);
        return error.ErrorId == nameof(Messages.BlocklistNotFound) ? (null, error) : throw error;
    }
}
