using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Blocklists of an account.</summary>
internal static partial class RaiBlocklistOperations
{
    public const string Item = Collection + "/{blocklist}";
    public const string Type = "raiBlocklists";

    private const string Collection = AccountOperations.Item + "/raiBlocklists";
    private const string Actions = "Microsoft.CognitiveServices/accounts/raiBlocklists/";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Collection, new ArmRoute(Actions + "read", List) { Since = RaiJson.Since });
        routes.Add("GET", Item, new ArmRoute(Actions + "read", Get) { Since = RaiJson.Since });
        routes.Add("PUT", Item, new ArmRoute(Actions + "write", Put) { IsWrite = true, LocksAccount = true, Since = RaiJson.Since });
        routes.Add("DELETE", Item, new ArmRoute(Actions + "delete", Delete) { IsWrite = true, LocksAccount = true, Since = RaiJson.Since });
    }

    public static string Id(AccountState account, string name) => $"{account.Id}/raiBlocklists/{name}";

    /// <summary>The blocklist in the path.</summary>
    public static BlocklistState Find(ArmRequest request, AccountState account) =>
        account.RaiBlocklists.GetValueOrDefault(request["blocklist"]) ?? throw ArmErrors.NotFound(Id(account, request["blocklist"]));

    public static JsonObject Write(AccountState account, BlocklistState list) => RaiJson.Write(Id(account, list.Name), Type, list);

    /// <summary>True if it is a valid name for a blocklist or an item.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        return Paging.Page(request, account.RaiBlocklists.Values.Select(l => Write(account, l)));
    }

    private static Reply Get(ArmRequest request)
    {
        AccountState account = request.Account;
        return Reply.Ok(Write(account, Find(request, account)));
    }

    private static Reply Put(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        string name = request["blocklist"];
        if (!IsName(name))
        {
            throw UnverifiedArmErrors.InvalidBlocklist($"its name '{name}' can only contain 0-9, A-Z, a-z, '-', '.', '_' and '~'.");
        }

        bool created = !account.RaiBlocklists.TryGetValue(name, out BlocklistState? list);
        list ??= account.RaiBlocklists[name] = new BlocklistState(name, request.Now);
        list.Properties = (request.Body["properties"] as JsonObject)?.DeepClone() as JsonObject ?? [];
        list.Tags = request.Body["tags"]?.DeepClone() as JsonObject;
        list.Touch(request.Now);
        return new Reply { Status = created ? 201 : 200, Body = Write(account, list) };
    }

    private static Reply Delete(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        return RaiJson.Delete(request, account, account.RaiBlocklists, request["blocklist"]);
    }

    [GeneratedRegex(@"\A[0-9A-Za-z\-._~]+\z")]
    private static partial Regex Name();
}
