using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Soft-deleted accounts: list, read, purge, restore.</summary>
internal static class DeletedAccountOperations
{
    private const string Provider = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/";
    private const string Item = Provider + "locations/{location}/resourceGroups/{group}/deletedAccounts/{account}";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Provider + "deletedAccounts", new ArmRoute("Microsoft.CognitiveServices/deletedAccounts/read", List));
        routes.Add("GET", Item, new ArmRoute("Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/read", Get));
        routes.Add("DELETE", Item, new ArmRoute("Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts/delete", Purge) { IsWrite = true });
    }

    /// <summary>Restores an account with the same keys and its deployments.</summary>
    public static Reply Restore(ArmRequest request, ResourceGroupState group, string name)
    {
        SubscriptionState subscription = request.Subscription;
        AccountState account = subscription.DeletedAccount(group.Name, name)
            ?? throw UnverifiedArmErrors.NothingToRestore(
                $"/subscriptions/{subscription.Id}/resourceGroups/{group.Name}/providers/Microsoft.CognitiveServices/accounts/{name}");
        subscription.DeletedAccounts.Remove(account);
        account.DeletionDate = null;
        subscription.Accounts.Add(account);
        AccountOperations.Touch(request, account);
        return AccountOperations.Begin(request, account, 201, "Creating");
    }

    private static Reply List(ArmRequest request) =>
        Paging.Page(request, request.Subscription.DeletedAccounts.Select(a => AccountJson.Write(a, request.Exchange.BaseUri)));

    private static Reply Get(ArmRequest request) =>
        Reply.Ok(AccountJson.Write(
            Find(request) ?? throw ArmErrors.ResourceNotFound("Microsoft.CognitiveServices/deletedAccounts", request["account"], request["group"]),
            request.Exchange.BaseUri));

    private static Reply Purge(ArmRequest request)
    {
        if (Find(request) is not { } account)
        {
            return new Reply { Status = 204 };
        }

        AccountOperations.RefuseWhileBusy(request, account);
        if (!OperationResults.IsForced(request))
        {
            Remove(request, account);
            return new Reply();
        }

        Operation operation = OperationResults.Start(request, account.Region, account.Id, "Deleting", () => Remove(request, account));
        return new Reply { Status = 202 }.WithAsyncOperation(request, operation);
    }

    private static void Remove(ArmRequest request, AccountState account)
    {
        request.Subscription.DeletedAccounts.Remove(account);
        request.Emulation.State.Release(account);
    }

    private static AccountState? Find(ArmRequest request) =>
        request.Subscription.DeletedAccount(request["group"], request["account"]) is { } account && account.Region == request.Region.Name ? account : null;
}
