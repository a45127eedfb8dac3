using System.Collections.Concurrent;
using AzOpenAI.Emulator.Limits;

namespace AzOpenAI.Emulator.State;

/// <summary>All subscriptions of the emulated tenant, and the names that are unique among them.</summary>
internal sealed class AzureState
{
    public const string DefaultSubscriptionId = "11111111-1111-4111-8111-111111111111";
    public const string SecondSubscriptionId = "22222222-2222-4222-8222-222222222222";
    public const string TenantId = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    public const string ObjectId = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    private readonly EmulatorClock _clock;

    /// <param name="clock">The emulator's time.</param>
    /// <param name="subscriptions">The initial subscriptions; null for two empty ones.</param>
    public AzureState(EmulatorClock clock, IReadOnlyList<SubscriptionState>? subscriptions = null)
    {
        _clock = clock;
        Subscriptions = subscriptions ??
        [
            new SubscriptionState { Id = DefaultSubscriptionId, DisplayName = "Emulator", QuotaId = "PayAsYouGo_2014-09-01" },
            new SubscriptionState { Id = SecondSubscriptionId, DisplayName = "Emulator 2", QuotaId = "EnterpriseAgreement_2014-09-01" },
        ];
    }

    public IReadOnlyList<SubscriptionState> Subscriptions { get; }

    /// <summary>Requests outside any subscription.</summary>
    public ArmThrottle TenantThrottle { get; } = new();

    /// <summary>Custom subdomains in use, including those of soft-deleted accounts.</summary>
    public ConcurrentDictionary<string, AccountState> Subdomains { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Accounts with a write request in progress.</summary>
    public ConcurrentDictionary<string, byte> WritesInFlight { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Available capacity per region, model, version and SKU set by the control endpoint.</summary>
    public ConcurrentDictionary<string, int> Stock { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SubscriptionState? Subscription(string id) =>
        Subscriptions.FirstOrDefault(s => s.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    public static string StockKey(string region, string model, string version, string sku) => $"{region}/{model}/{version}/{sku}";

    /// <summary>Must be called under the subscription's gate before its state is read.</summary>
    public void Settle(SubscriptionState subscription) => subscription.Settle(_clock, Release);

    /// <summary>Releases the subdomain of a purged account.</summary>
    public void Release(AccountState account)
    {
        if (account.Subdomain is { } subdomain)
        {
            Subdomains.TryRemove(new KeyValuePair<string, AccountState>(subdomain, account));
        }
    }
}
