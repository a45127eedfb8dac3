using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>A management request with validated token, route, API version and subscription.</summary>
internal sealed class ArmRequest(Exchange exchange, Dictionary<string, string> values, string apiVersion, SubscriptionState? subscription)
{
    public Exchange Exchange { get; } = exchange;

    public Emulation Emulation => Exchange.Emulation;

    public string ApiVersion { get; } = apiVersion;

    /// <summary>The subscription in the path; not available for requests outside of one.</summary>
    public SubscriptionState Subscription => subscription ?? throw new InvalidOperationException("The route names no subscription.");

    public DateTimeOffset Now => Emulation.Clock.Now;

    public string this[string name] => values[name];

    public bool Has(string name) => values.ContainsKey(name);

    public bool AtLeast(string version) => ApiVersions.AtLeast(ApiVersion, version);

    /// <summary>The body as an object; empty if there is none.</summary>
    public JsonObject Body
    {
        get
        {
            if (field is null)
            {
                field = Exchange.ReadObject(out string? problem) ?? [];
                if (problem is not null)
                {
                    throw UnverifiedArmErrors.InvalidContent(problem);
                }
            }

            return field;
        }
    }

    /// <summary>The group in the path.</summary>
    public ResourceGroupState Group => Subscription.Groups.GetValueOrDefault(this["group"]) ?? throw ArmErrors.ResourceGroupNotFound(this["group"]);

    /// <summary>The account in the path.</summary>
    public AccountState Account => Subscription.Account(Group.Name, this["account"])
        ?? throw ArmErrors.ResourceNotFound("Microsoft.CognitiveServices/accounts", this["account"], this["group"]);

    /// <summary>The region in the path.</summary>
    public CatalogueRegion Region => Emulation.Catalogue.Region(this["location"]) ?? throw UnverifiedArmErrors.UnsupportedApiVersion(
        "locations", ApiVersion, this["location"], ApiVersions.CognitiveServices, Emulation.Catalogue.Data.Regions.Select(r => r.Name));

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool? Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>An integer; null if it is absent or isn't one.</summary>
    public static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;
}
