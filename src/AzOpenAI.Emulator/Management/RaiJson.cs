using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Shared code of policies, blocklists and blocklist items.</summary>
internal static class RaiJson
{
    /// <summary>The API version that introduced the resources, as a preview.</summary>
    public const string Since = "2023-10-01";

    /// <summary>The API version that introduced adding and deleting items in batches.</summary>
    public const string BatchSince = "2024-04-01";

    public static JsonObject Write(string id, string type, ChildState child)
    {
        JsonObject json = new()
        {
            ["id"] = id,
            ["type"] = "Microsoft.CognitiveServices/accounts/" + type,
            ["name"] = child.Name,
            ["etag"] = $"\"{child.Etag}\"",
            ["properties"] = child.Properties.DeepClone(),
            ["systemData"] = child.SystemData.ToJson(),
        };
        if (child.Tags is not null)
        {
            json["tags"] = child.Tags.DeepClone();
        }

        return json;
    }

    /// <summary>The account of a write, which must exist and have no other operation in progress.</summary>
    public static AccountState Parent(ArmRequest request, string type)
    {
        string group = request.Group.Name;
        AccountState account = request.Subscription.Account(group, request["account"]) ?? throw UnverifiedArmErrors.ParentNotFound(
            "accounts/" + type, $"/subscriptions/{request.Subscription.Id}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{request["account"]}");
        if (account.ProvisioningState != "Succeeded")
        {
            throw ArmErrors.AccountNotReady(account);
        }

        AccountOperations.RefuseWhileBusy(request, account);
        return account;
    }

    /// <summary>Deletion is asynchronous: 202 and a link, or 204 if there is nothing to delete.</summary>
    public static Reply Delete<T>(ArmRequest request, AccountState account, IDictionary<string, T> children, string name)
    {
        if (!children.ContainsKey(name))
        {
            return new Reply { Status = 204 };
        }

        Operation operation = OperationResults.Start(request, account.Region, account.Id, "Deleting", () => children.Remove(name));
        return new Reply { Status = 202 }.WithLocation(request, operation);
    }
}
