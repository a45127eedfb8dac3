using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Children of an account other than deployments: keys, SKUs, models, usages.</summary>
internal static class AccountKeyOperations
{
    private const string Actions = "Microsoft.CognitiveServices/accounts/";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("POST", AccountOperations.Item + "/listKeys", new ArmRoute(Actions + "listKeys/action", List));
        routes.Add("POST", AccountOperations.Item + "/regenerateKey", new ArmRoute(Actions + "regenerateKey/action", Regenerate) { IsWrite = true, LocksAccount = true });
        routes.Add("GET", AccountOperations.Item + "/skus", new ArmRoute(Actions + "skus/read", Skus));
        routes.Add("GET", AccountOperations.Item + "/models", new ArmRoute(Actions + "models/read", Models));
        routes.Add("GET", AccountOperations.Item + "/usages", new ArmRoute(Actions + "usages/read", Usages));
    }

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        return account.KeysDisabled ? throw ArmErrors.KeysDisabled() : Keys(account);
    }

    private static Reply Regenerate(ArmRequest request)
    {
        AccountState account = request.Account;
        AccountOperations.RefuseWhileBusy(request, account);
        if (account.KeysDisabled)
        {
            throw ArmErrors.KeysDisabled();
        }

        string name = ArmRequest.Text(request.Body["keyName"]) ?? "";
        int number = name.ToUpperInvariant() switch
        {
            "KEY1" => 1,
            "KEY2" => 2,
            _ => throw UnverifiedArmErrors.InvalidKeyName(name),
        };
        account.RegenerateKey(number, request.Emulation.Clock.Uptime + request.Emulation.Settings.KeyDelay);
        return Keys(account);
    }

    private static Reply Keys(AccountState account) => Reply.Ok(new JsonObject { ["key1"] = account.Key1, ["key2"] = account.Key2 });

    private static Reply Skus(ArmRequest request)
    {
        _ = request.Account;
        return Reply.List(
        [
            new JsonObject
            {
                ["resourceType"] = "Microsoft.CognitiveServices/accounts",
                ["sku"] = new JsonObject { ["name"] = AccountValidation.Sku, ["tier"] = "Standard" },
            },
        ]);
    }

    private static Reply Models(ArmRequest request)
    {
        AccountState account = request.Account;
        return Paging.Page(request, request.Emulation.Catalogue.ModelsIn(account.Region).Select(m => ModelJson.Write(m, account.Region, request)));
    }

    private static Reply Usages(ArmRequest request)
    {
        AccountState account = request.Account;
        IEnumerable<string> names = account.Deployments.Values.Select(d => d.Sku.UsageName).Distinct(StringComparer.OrdinalIgnoreCase);
        IEnumerable<QuotaRow> rows = names.Select(n => request.Emulation.Quota.Read(request.Subscription, account.Region, n));
        return Reply.List(rows.Select(r => r.ToJson()));
    }
}
