using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Seeding;

/// <summary>Creates the state of a seed. docs/emulator.md has the schema.</summary>
internal static class SeedReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private static readonly string[] Registrations = ["Registered", "NotRegistered"];

    /// <exception cref="EmulatorSeedException">The text isn't JSON, or isn't valid.</exception>
    public static AzureState Read(string text, ModelCatalogue catalogue, EmulatorClock clock)
    {
        SeedNode root = Parse(text).Knows("$schema", "subscriptions", "stock");
        SeedNode[] nodes = [.. root.List("subscriptions")];
        if (nodes.Length == 0)
        {
            throw root.Fail("subscriptions", "A list with at least one subscription is required.");
        }

        List<SubscriptionState> subscriptions = [];
        foreach (SeedNode node in nodes)
        {
            subscriptions.Add(Subscription(node, subscriptions));
        }

        AzureState state = new(clock, subscriptions);
        for (int i = 0; i < nodes.Length; i++)
        {
            Groups(nodes[i], subscriptions[i], catalogue);
            new SeedAccounts(state, subscriptions[i], catalogue, clock).Add(nodes[i]);
            Quota(nodes[i], subscriptions[i], catalogue);
        }

        Stock(root, state, catalogue);
        return state;
    }

    private static SeedNode Parse(string text)
    {
        try
        {
            // Lines first: a duplicate member would make the tree throw without the line.
            Dictionary<string, int> lines = SeedLines.Read(text);
            return new SeedNode(JsonNode.Parse(text, documentOptions: Options), "", lines);
        }
        catch (JsonException e)
        {
            // The reader counts from 0, and repeats the position in its message.
            string problem = e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
            throw new EmulatorSeedException((int)(e.LineNumber ?? 0) + 1, "", $"The file isn't valid JSON: {problem}", e);
        }
    }

    private static SubscriptionState Subscription(SeedNode node, List<SubscriptionState> others)
    {
        node.Knows("id", "displayName", "quotaId", "providers", "resourceGroups", "accounts", "quota");
        string id = others.Count == 0 ? node.Text("id") ?? AzureState.DefaultSubscriptionId : node.Required("id");
        if (!Guid.TryParseExact(id, "D", out _))
        {
            throw node.Fail("id", $"'{id}' isn't a GUID.");
        }

        if (others.Any(o => o.Id.Equals(id, StringComparison.OrdinalIgnoreCase)))
        {
            throw node.Fail("id", $"Subscription '{id}' is defined twice.");
        }

        SubscriptionState subscription = new()
        {
            Id = id.ToLowerInvariant(),
            DisplayName = node.Text("displayName") ?? (others.Count == 0 ? "Emulator" : $"Emulator {others.Count + 1}"),
            QuotaId = node.Text("quotaId") ?? "PayAsYouGo_2014-09-01",
        };
        SeedNode? providers = node.Object("providers")?.Knows(subscription.Providers.Keys);
        foreach (string name in subscription.Providers.Keys.Where(name => providers?.Has(name) is true).ToArray())
        {
            string registration = providers!.Required(name);
            subscription.Providers[name] = Registrations.Contains(registration, StringComparer.Ordinal)
                ? registration
                : throw providers.Fail(name, $"'{registration}' isn't {string.Join(" or ", Registrations)}.");
        }

        return subscription;
    }

    private static void Groups(SeedNode node, SubscriptionState subscription, ModelCatalogue catalogue)
    {
        foreach (SeedNode group in node.List("resourceGroups"))
        {
            group.Knows("name", "location", "tags", "id", "type", "properties");
            ResourceGroupState state = new() { Name = group.Required("name"), Location = Region(group, catalogue).Name, Tags = group.Strings("tags") };
            if (!subscription.Groups.TryAdd(state.Name, state))
            {
                throw group.Fail("name", $"Resource group '{state.Name}' is defined twice.");
            }
        }
    }

    private static void Quota(SeedNode node, SubscriptionState subscription, ModelCatalogue catalogue)
    {
        foreach (SeedNode row in node.List("quota"))
        {
            row.Knows("location", "usageName", "limit", "otherUse");
            string usageName = row.Required("usageName");
            QuotaDefault quota = catalogue.Quota(usageName) ?? throw row.Fail("usageName", $"Unknown quota '{usageName}'.");
            string pool = catalogue.QuotaPool(quota.UsageName, Region(row, catalogue).Name);
            subscription.Quota.Set(pool, quota.UsageName, row.Number("limit", 0, double.MaxValue), row.Number("otherUse", 0, double.MaxValue) ?? 0);
        }
    }

    private static void Stock(SeedNode root, AzureState state, ModelCatalogue catalogue)
    {
        foreach (SeedNode row in root.List("stock"))
        {
            row.Knows("location", "model", "version", "sku", "availableCapacity");
            CatalogueRegion region = Region(row, catalogue);
            string name = row.Required("model");
            CatalogueModel model = catalogue.Model("OpenAI", name, row.Text("version")) ?? throw row.Fail("model", $"Model '{name}' isn't in the catalog.");
            string sku = row.Required("sku");
            string known = (model.Sku(sku) ?? throw row.Fail("sku", $"Model '{model.Name}' {model.Version} doesn't have a SKU '{sku}'.")).Name;
            int available = row.Integer("availableCapacity", 0) ?? throw row.Fail("", "The property 'availableCapacity' is missing.");
            state.Stock[AzureState.StockKey(region.Name, model.Name, model.Version, known)] = available;
        }
    }

    public static CatalogueRegion Region(SeedNode node, ModelCatalogue catalogue)
    {
        string location = node.Required("location");
        return catalogue.Region(location) ?? throw node.Fail("location", $"Unknown region '{location}'.");
    }
}
