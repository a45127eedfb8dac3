using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Foundry projects of an account: those in the seed can be listed, and prevent deleting the account.</summary>
internal static class ProjectOperations
{
    private const string Type = "Microsoft.CognitiveServices/accounts/projects";

    public static void Map(RouteTable<ArmRoute> routes) =>
        routes.Add("GET", AccountOperations.Item + "/projects", new ArmRoute(Type + "/read", List) { Since = "2025-06-01" });

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        return Paging.Page(request, account.Projects.Values.Select(p => Write(account, p)));
    }

    private static JsonObject Write(AccountState account, ChildState project) => new()
    {
        ["id"] = $"{account.Id}/projects/{project.Name}",
        ["type"] = Type,
        ["name"] = project.Name,
        ["location"] = account.Location,
        ["etag"] = $"\"{project.Etag}\"",
        ["properties"] = new JsonObject { ["displayName"] = project.Name, ["isDefault"] = false, ["provisioningState"] = "Succeeded" },
        ["systemData"] = project.SystemData.ToJson(),
    };
}
