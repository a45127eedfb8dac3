using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Content filter policies of an account: the system-managed ones, which always exist, and the user's.</summary>
internal static class RaiPolicyOperations
{
    private const string Collection = AccountOperations.Item + "/raiPolicies";
    private const string Item = Collection + "/{policy}";
    private const string Actions = "Microsoft.CognitiveServices/accounts/raiPolicies/";
    private const string Type = "raiPolicies";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Collection, new ArmRoute(Actions + "read", List) { Since = RaiJson.Since });
        routes.Add("GET", Item, new ArmRoute(Actions + "read", Get) { Since = RaiJson.Since });
        routes.Add("PUT", Item, new ArmRoute(Actions + "write", Put) { IsWrite = true, LocksAccount = true, Since = RaiJson.Since });
        routes.Add("DELETE", Item, new ArmRoute(Actions + "delete", Delete) { IsWrite = true, LocksAccount = true, Since = RaiJson.Since });
    }

    public static bool Exists(AccountState account, string name) => Find(account, name) is not null;

    /// <summary>The properties of a policy, or null if it doesn't exist.</summary>
    public static JsonObject? Properties(AccountState account, string name) => Find(account, name)?.Properties;

    private static ChildState? Find(AccountState account, string name) =>
        RaiSystemPolicies.Find(account, name) ?? account.RaiPolicies.GetValueOrDefault(name);

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        return Paging.Page(request, RaiSystemPolicies.All(account).Concat(account.RaiPolicies.Values).Select(p => Write(account, p)));
    }

    private static Reply Get(ArmRequest request)
    {
        AccountState account = request.Account;
        ChildState policy = Find(account, request["policy"]) ?? throw ArmErrors.NotFound(Id(account, request["policy"]));
        return Reply.Ok(Write(account, policy));
    }

    private static Reply Put(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        string name = request["policy"];
        if (RaiSystemPolicies.Find(account, name) is not null)
        {
            throw UnverifiedArmErrors.SystemRaiPolicy(name);
        }

        JsonObject sent = request.Body["properties"] as JsonObject ?? [];
        RaiPolicyValidation.Check(request, account, sent);
        bool created = !account.RaiPolicies.TryGetValue(name, out ChildState? policy);
        policy ??= account.RaiPolicies[name] = new ChildState(name, request.Now);
        policy.Properties = sent.DeepClone().AsObject();
        policy.Properties["mode"] ??= "Default";
        policy.Properties["type"] = "UserManaged";
        policy.Tags = request.Body["tags"]?.DeepClone() as JsonObject;
        policy.Touch(request.Now);
        return new Reply { Status = created ? 201 : 200, Body = Write(account, policy) };
    }

    private static Reply Delete(ArmRequest request)
    {
        AccountState account = RaiJson.Parent(request, Type);
        return RaiSystemPolicies.Find(account, request["policy"]) is null
            ? RaiJson.Delete(request, account, account.RaiPolicies, request["policy"])
            : throw UnverifiedArmErrors.SystemRaiPolicy(request["policy"]);
    }

    private static string Id(AccountState account, string name) => $"{account.Id}/raiPolicies/{name}";

    private static JsonObject Write(AccountState account, ChildState policy) => RaiJson.Write(Id(account, policy.Name), Type, policy);
}
