using System.Text.Json.Nodes;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>
/// The policies of every account. Documented: their names, and that medium and above is blocked. Unverified: the
/// detections in them.
/// </summary>
internal static class RaiSystemPolicies
{
    private static readonly string[] Names = ["Microsoft.Default", "Microsoft.DefaultV2"];

    private static readonly string[] SeverityFilters = ["Hate", "Sexual", "Selfharm", "Violence"];

    public static IEnumerable<ChildState> All(AccountState account) => Names.Select(name => Make(account, name));

    public static ChildState? Find(AccountState account, string name) =>
        Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known ? Make(account, known) : null;

    private static ChildState Make(AccountState account, string name)
    {
        JsonArray filters = [];
        foreach (string source in new[] { "Prompt", "Completion" })
        {
            foreach (string filter in SeverityFilters)
            {
                filters.Add(Filter(filter, source, severity: "Medium"));
            }
        }

        filters.Add(Filter("Jailbreak", "Prompt"));
        filters.Add(Filter("Protected Material Text", "Completion"));
        filters.Add(Filter("Protected Material Code", "Completion", blocking: false));
        return new ChildState(name, account.SystemData.CreatedAt)
        {
            Properties = new JsonObject { ["mode"] = "Blocking", ["contentFilters"] = filters, ["type"] = "SystemManaged" },
        };
    }

    private static JsonObject Filter(string name, string source, bool blocking = true, string? severity = null)
    {
        JsonObject filter = new() { ["name"] = name, ["enabled"] = true, ["blocking"] = blocking, ["source"] = source };
        if (severity is not null)
        {
            filter["severityThreshold"] = severity;
        }

        return filter;
    }
}
