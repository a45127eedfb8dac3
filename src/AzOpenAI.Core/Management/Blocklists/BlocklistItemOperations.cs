using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>Items of a blocklist.</summary>
public sealed class BlocklistItemOperations
{
    private readonly ManagementClient _client;

    internal BlocklistItemOperations(ManagementClient client) => _client = client;

    /// <summary>All items of the blocklist.</summary>
    public async IAsyncEnumerable<BlocklistItem> ListAsync(Blocklist list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArmRequest request = ArmRequest.Get($"{ArmPath.Blocklist(list)}/raiBlocklistItems");
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return BlocklistMapper.MapItem(response, item, list);
    }

    /// <summary>Returns the item. It is searched for in the list: the service doesn't support reading a single one, contrary to its specification.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemNotFound with the existing names, BlocklistNotFound.</exception>
    public async Task<BlocklistItem> GetAsync(Blocklist list, string name, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await foreach (BlocklistItem item in ListAsync(list, cancellationToken).ConfigureAwait(false))
        {
            if (item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return item;
            names.Add(item.Name);
        }

        throw Missing(list, name, names);
    }

    /// <summary>Creates the exception for an item that isn't in the list.</summary>
    /// <param name="list">The blocklist.</param>
    /// <param name="name">The name requested.</param>
    /// <param name="names">The existing names.</param>
    public static AzOpenAIException Missing(Blocklist list, string name, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Failure.Of(nameof(Messages.BlocklistItemNotFound), ErrorKind.NotFound, name, list.Name, Nearest.Describe(name, names, "The blocklist is empty. "));
    }

    /// <summary>Creates an item for the list without sending it.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemInvalid.</exception>
    public static BlocklistItem Make(Blocklist list, string? name, string pattern, bool isRegex)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(pattern);
        string called = name ?? BlocklistItemRules.NameFor(pattern, isRegex);
        BlocklistItemRules.Check(called, pattern);
        return BlocklistMapper.Item(list, called, pattern, isRegex);
    }

    /// <summary>Adds the items of one batch. A batch that is rejected for its content is halved until the invalid items are alone.</summary>
    /// <returns>The items that the service rejected, each with its reason; empty when all were added.</returns>
    /// <exception cref="AzOpenAIException">The whole call failed: permissions, network, or the blocklist doesn't exist any more.</exception>
    public async Task<IReadOnlyList<BlocklistItemFailure>> AddAsync(Blocklist list, IReadOnlyList<BlocklistItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0)
            return [];
        try
        {
            IReadOnlyList<BlocklistItemBody> body = [.. items.Select(i => new BlocklistItemBody(i.Name, new BlocklistItemPropertiesDto(i.Pattern, i.IsRegex)))];
            ArmRequest request = ArmRequest.Post($"{ArmPath.Blocklist(list)}/addRaiBlocklistItems").With(body, BlocklistJson.Default.IReadOnlyListBlocklistItemBody) with
            {
                Activity = $"Adding {Count(items.Count)} to blocklist '{list.Name}'",
            };
            await _client.Writer.WriteAsync(Account(list), request, wait: false, cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (AzOpenAIException refused) when (refused.StatusCode is 400 or 422)
        {
            if (items.Count == 1)
                return [new BlocklistItemFailure(items[0], Refusal(items[0], refused))];
            int half = items.Count / 2;
            return
            [
                .. await AddAsync(list, [.. items.Take(half)], cancellationToken).ConfigureAwait(false),
                .. await AddAsync(list, [.. items.Skip(half)], cancellationToken).ConfigureAwait(false),
            ];
        }
    }

    /// <summary>Changes the pattern or kind of an existing item.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemInvalid, BlocklistItemRefused.</exception>
    public async Task<BlocklistItem> SetAsync(Blocklist list, BlocklistItem live, string pattern, bool isRegex, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(live);
        BlocklistItemRules.Check(live.Name, pattern);
        JsonObject? now = live.Raw is string raw ? JsonNode.Parse(raw)!.AsObject() : null;
        JsonObject properties = now?["properties"]?.DeepClone() as JsonObject ?? [];
        properties["pattern"] = pattern;
        properties["isRegex"] = isRegex;
        var body = new JsonObject { ["properties"] = properties };
        if (now?["tags"] is JsonNode tags)
            body["tags"] = tags.DeepClone();
        ArmRequest request = ArmRequest.Put(ArmPath.BlocklistItem(list, live.Name)) with
        {
            Body = BinaryData.FromString(body.ToJsonString()),
            Activity = $"Updating item '{live.Name}' of blocklist '{list.Name}'",
        };
        try
        {
            // Doesn't wait for a state, which would read the single item: the service rejects that.
            ArmResponse response = await _client.Writer.WriteAsync(Account(list), request, wait: false, cancellationToken).ConfigureAwait(false);
            return response.Body.ToMemory().IsEmpty
                ? live with { Pattern = pattern, IsRegex = isRegex, Raw = null }
                : BlocklistMapper.MapItem(response, response.Json(), list);
        }
        catch (AzOpenAIException refused) when (refused.StatusCode is 400 or 422)
        {
            throw Refusal(live, refused);
        }
    }

    /// <summary>Removes the items of one batch. Items that don't exist aren't an error.</summary>
    public Task RemoveAsync(Blocklist list, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(names);
        ArmRequest request = ArmRequest.Post($"{ArmPath.Blocklist(list)}/deleteRaiBlocklistItems").With(names, BlocklistJson.Default.IReadOnlyListString) with
        {
            Activity = $"Removing {Count(names.Count)} from blocklist '{list.Name}'",
        };
        return _client.Writer.WriteAsync(Account(list), request, wait: false, cancellationToken);
    }

    private static string Account(Blocklist list) => ArmPath.Account(list.SubscriptionId, list.ResourceGroupName, list.ResourceName);

    private static string Count(int count) => count == 1 ? "1 item" : $"{count} items";

    private static AzOpenAIException Refusal(BlocklistItem item, AzOpenAIException refused) => Failure.Of(
        nameof(Messages.BlocklistItemRefused), ErrorKind.InvalidInput, AnswerFacts.Of(refused), item.Name, refused.ServiceMessage ?? refused.Message);
}
