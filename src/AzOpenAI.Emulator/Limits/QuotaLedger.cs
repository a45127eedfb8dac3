using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Limits;

/// <summary>
/// Quota per (subscription, location, usage name). Usage is the sum of the existing deployments, so it can't drift;
/// soft-deleted accounts keep their quota until they are purged.
/// </summary>
internal sealed class QuotaLedger(ModelCatalogue catalogue)
{
    private const string AccountCount = "AccountCount";

    public QuotaRow Read(SubscriptionState subscription, string region, string usageName)
    {
        QuotaDefault? row = catalogue.Quota(usageName);
        string pool = catalogue.QuotaPool(usageName, region);
        (double? limit, double foreignUse) = subscription.Quota.Get(pool, usageName);
        return new QuotaRow(
            row?.UsageName ?? usageName, row?.LocalizedValue ?? usageName, limit ?? row?.Limit ?? 0, Used(subscription, pool, usageName) + foreignUse);
    }

    /// <summary>All rows of a region, in the catalog's order.</summary>
    public IEnumerable<QuotaRow> List(SubscriptionState subscription, CatalogueRegion region) =>
        catalogue.Data.QuotaDefaults
            .Where(q => region.Openai || q.UsageName == AccountCount)
            .Select(q => Read(subscription, region.Name, q.UsageName));

    public double Used(SubscriptionState subscription, string pool, string usageName)
    {
        if (usageName.Equals(AccountCount, StringComparison.OrdinalIgnoreCase))
        {
            return subscription.Accounts.Count(a => a.Region == pool);
        }

        if (usageName.Equals("OpenAI.S0.AccountCount", StringComparison.OrdinalIgnoreCase))
        {
            return subscription.Accounts.Count(a => a.Region == pool && a.Kind == "OpenAI");
        }

        return subscription.Accounts.Concat(subscription.DeletedAccounts)
            .Where(a => catalogue.QuotaPool(usageName, a.Region) == pool)
            .SelectMany(a => a.Deployments.Values)
            .Where(d => d.Sku.UsageName.Equals(usageName, StringComparison.OrdinalIgnoreCase))
            .Sum(d => (double)d.Capacity);
    }
}

/// <summary>The current state of a quota row.</summary>
internal sealed record QuotaRow(string Name, string LocalizedValue, double Limit, double CurrentValue)
{
    public double Available => Limit - CurrentValue;

    public JsonObject ToJson() => new()
    {
        ["name"] = new JsonObject { ["value"] = Name, ["localizedValue"] = LocalizedValue },
        ["currentValue"] = CurrentValue,
        ["limit"] = Limit,
        ["unit"] = "Count",
    };
}
