using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>A role: what it allows on the management plane (actions) and on the data plane (data actions).</summary>
internal sealed record RoleDefinition(string Guid, string Name, string Description)
{
    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<string> NotActions { get; init; } = [];

    public IReadOnlyList<string> DataActions { get; init; } = [];

    public bool AllowsData(string action) => DataActions.Any(pattern => Covers(pattern, action));

    /// <summary>Patterns can have <c>*</c> anywhere and are case-insensitive.</summary>
    private static bool Covers(string pattern, string action) =>
        Regex.IsMatch(action, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static string Id(string subscription, string guid) => $"/subscriptions/{subscription}/providers/Microsoft.Authorization/roleDefinitions/{guid}";

    public JsonObject ToJson(string subscription) => new()
    {
        ["properties"] = new JsonObject
        {
            ["roleName"] = Name,
            ["type"] = "BuiltInRole",
            ["description"] = Description,
            ["assignableScopes"] = new JsonArray("/"),
            ["permissions"] = new JsonArray(
                new JsonObject { ["actions"] = List(Actions), ["notActions"] = List(NotActions), ["dataActions"] = List(DataActions), ["notDataActions"] = new JsonArray() }),
        },
        ["id"] = Id(subscription, Guid),
        ["type"] = "Microsoft.Authorization/roleDefinitions",
        ["name"] = Guid,
    };

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)value)];
}
