using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Items of a blocklist, individually and in batches. Unverified: a batch with an invalid item changes nothing.</summary>
internal static class RaiBlocklistItemOperations
{
    /// <summary>Maximum length of a pattern, in characters.</summary>
    private const int MaxPattern = 1000;

    private const string Collection = RaiBlocklistOperations.Item + "/raiBlocklistItems";
    private const string Item = Collection + "/{item}";
    private const string Actions = "Microsoft.CognitiveServices/accounts/raiBlocklists/raiBlocklistItems/";
    private const string ListActions = "Microsoft.CognitiveServices/accounts/raiBlocklists/";
    private const string Type = "raiBlocklists/raiBlocklistItems";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Collection, new ArmRoute(Actions + "read", List) { Since = RaiJson.Since });
        routes.Add("GET", Item, new ArmRoute(Actions + "read", _ => throw UnverifiedArmErrors.BlocklistItemReadRefused()) { Since = RaiJson.Since });
        routes.Add("PUT", Item, Write("write", Put, RaiJson.Since));
        routes.Add("DELETE", Item, Write("delete", Delete, RaiJson.Since));
        routes.Add("POST", RaiBlocklistOperations.Item + "/addRaiBlocklistItems", Write("addRaiBlocklistItems/action", Add, RaiJson.BatchSince));
        routes.Add("POST", RaiBlocklistOperations.Item + "/deleteRaiBlocklistItems", Write("deleteRaiBlocklistItems/action", Remove, RaiJson.BatchSince));
    }

    private static ArmRoute Write(string action, Func<ArmRequest, Reply> handler, string since) =>
        new((action.Contains('/', StringComparison.Ordinal) ? ListActions : Actions) + action, handler) { IsWrite = true, LocksAccount = true, Since = since };

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        BlocklistState list = RaiBlocklistOperations.Find(request, account);
        return Paging.Page(request, list.Items.Values.Select(i => ToJson(account, list, i)));
    }

    private static Reply Put(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        BlocklistState list = RaiBlocklistOperations.Find(request, account);
        Check(request["item"], request.Body["properties"] as JsonObject);
        (ChildState item, bool created) = Store(request, list, request["item"], request.Body);
        return new Reply { Status = created ? 201 : 200, Body = ToJson(account, list, item) };
    }

    private static Reply Delete(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        return RaiJson.Delete(request, account, RaiBlocklistOperations.Find(request, account).Items, request["item"]);
    }

    private static Reply Add(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        BlocklistState list = RaiBlocklistOperations.Find(request, account);
        List<(string Name, JsonObject Body)> items = [];
        foreach (JsonNode? node in ReadArray(request))
        {
            JsonObject body = node as JsonObject ?? throw UnverifiedArmErrors.InvalidContent("The body isn't an array of blocklist items.");
            string name = ArmRequest.Text(body["name"]) ?? "";
            Check(name, body["properties"] as JsonObject);
            items.Add((name, body));
        }

        foreach ((string name, JsonObject body) in items)
        {
            Store(request, list, name, body);
        }

        list.Touch(request.Now);
        return Reply.Ok(RaiBlocklistOperations.Write(account, list));
    }

    private static Reply Remove(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        BlocklistState list = RaiBlocklistOperations.Find(request, account);
        foreach (JsonNode? node in ReadArray(request))
        {
            list.Items.Remove(ArmRequest.Text(node) ?? throw UnverifiedArmErrors.InvalidContent("The body isn't an array of names."));
        }

        list.Touch(request.Now);
        return new Reply { Status = 204 };
    }

    private static (ChildState Item, bool Created) Store(ArmRequest request, BlocklistState list, string name, JsonObject body)
    {
        bool created = !list.Items.TryGetValue(name, out ChildState? item);
        item ??= list.Items[name] = new ChildState(name, request.Now);
        item.Properties = body["properties"]!.DeepClone().AsObject();
        item.Properties["isRegex"] ??= false;
        item.Tags = body["tags"]?.DeepClone() as JsonObject;
        item.Touch(request.Now);
        return (item, created);
    }

    private static void Check(string name, JsonObject? properties)
    {
        string pattern = ArmRequest.Text(properties?["pattern"]) ?? "";
        string? problem = !RaiBlocklistOperations.IsName(name) ? "its name can only contain 0-9, A-Z, a-z, '-', '.', '_' and '~'."
            : pattern.Length == 0 ? "it doesn't have a pattern."
            : pattern.Length > MaxPattern ? $"its pattern is longer than {MaxPattern} characters."
            : ArmRequest.Flag(properties!["isRegex"]) == true && !IsRegex(pattern) ? "its pattern isn't a valid regular expression."
            : null;
        if (problem is not null)
        {
            throw UnverifiedArmErrors.InvalidBlocklistItem(name, problem);
        }
    }

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static JsonArray ReadArray(ArmRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Exchange.Body) as JsonArray ?? throw UnverifiedArmErrors.InvalidContent("The body isn't an array.");
        }
        catch (JsonException e)
        {
            throw UnverifiedArmErrors.InvalidContent(e.Message);
        }
    }

    private static JsonObject ToJson(AccountState account, BlocklistState list, ChildState item) =>
        RaiJson.Write($"{RaiBlocklistOperations.Id(account, list.Name)}/raiBlocklistItems/{item.Name}", Type, item);
}
