using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.State;

/// <summary>A Cognitive Services account, active or soft-deleted.</summary>
internal sealed class AccountState
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Length of the newer service keys.</summary>
    private const int KeyLength = 84;

    private TimeSpan _key1ValidFrom;
    private TimeSpan _key2ValidFrom;

    public required string SubscriptionId { get; init; }

    public required string ResourceGroup { get; init; }

    public required string Name { get; init; }

    /// <summary>In the request's spelling.</summary>
    public required string Location { get; init; }

    /// <summary>Lower case, no spaces.</summary>
    public required string Region { get; init; }

    public required string Kind { get; set; }

    public required string SkuName { get; set; }

    public JsonObject? Tags { get; set; }

    public JsonObject? Identity { get; set; }

    /// <summary>Writable properties.</summary>
    public JsonObject Properties { get; set; } = [];

    public string ProvisioningState { get; set; } = "Creating";

    public string InternalId { get; } = Guid.NewGuid().ToString("N");

    public required SystemData SystemData { get; init; }

    public string Etag { get; set; } = Guid.NewGuid().ToString();

    public string Key1 { get; private set; } = NewKey();

    public string Key2 { get; private set; } = NewKey();

    public DateTimeOffset? DeletionDate { get; set; }

    public DateTimeOffset? ScheduledPurgeDate => DeletionDate + TimeSpan.FromHours(48);

    public Dictionary<string, DeploymentState> Deployments { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The user's content filter policies.</summary>
    public Dictionary<string, ChildState> RaiPolicies { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Foundry projects, only to prevent deleting an account.</summary>
    public Dictionary<string, ChildState> Projects { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, BlocklistState> RaiBlocklists { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string Id => $"/subscriptions/{SubscriptionId}/resourceGroups/{ResourceGroup}/providers/Microsoft.CognitiveServices/accounts/{Name}";

    public string DeletedId =>
        $"/subscriptions/{SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{Region}/resourceGroups/{ResourceGroup}/deletedAccounts/{Name}";

    public string? Subdomain => Text("customSubDomainName");

    public bool KeysDisabled => Properties["disableLocalAuth"] is JsonValue value && value.TryGetValue(out bool disabled) && disabled;

    public bool PublicAccessDisabled => string.Equals(Text("publicNetworkAccess"), "Disabled", StringComparison.OrdinalIgnoreCase);

    /// <summary>True if the data plane accepts the key. A regenerated one is unknown there for a while; the previous one is invalid immediately.</summary>
    /// <param name="candidate">The key.</param>
    /// <param name="uptime">The current time on <see cref="EmulatorClock.Uptime"/>.</param>
    public bool IsKey(string candidate, TimeSpan uptime) =>
        (Same(candidate, Key1) & _key1ValidFrom <= uptime) | (Same(candidate, Key2) & _key2ValidFrom <= uptime);

    /// <summary>Regenerates a key.</summary>
    /// <param name="number">1 or 2.</param>
    /// <param name="validFrom">When the data plane accepts the new one, on <see cref="EmulatorClock.Uptime"/>.</param>
    public void RegenerateKey(int number, TimeSpan validFrom)
    {
        if (number == 1)
        {
            (Key1, _key1ValidFrom) = (NewKey(), validFrom);
        }
        else
        {
            (Key2, _key2ValidFrom) = (NewKey(), validFrom);
        }
    }

    public string? Text(string property) => Properties[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(left), System.Text.Encoding.UTF8.GetBytes(right));

    private static string NewKey() => RandomNumberGenerator.GetString(KeyAlphabet, KeyLength);
}
