using AzOpenAI.Emulator.Limits;

namespace AzOpenAI.Emulator.State;

/// <summary>The state of a subscription. Read and written under <see cref="Gate"/> only.</summary>
internal sealed class SubscriptionState
{
    public Lock Gate { get; } = new();

    public required string Id { get; init; }

    public required string DisplayName { get; init; }

    public required string QuotaId { get; init; }

    public Dictionary<string, ResourceGroupState> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<AccountState> Accounts { get; } = [];

    public List<AccountState> DeletedAccounts { get; } = [];

    public List<Operation> Operations { get; } = [];

    public List<RoleAssignmentState> RoleAssignments { get; } = [];

    /// <summary>When each principal was first used in a role assignment, on <see cref="EmulatorClock.Uptime"/>.</summary>
    public Dictionary<string, TimeSpan> PrincipalsSeen { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Registration state by namespace.</summary>
    public Dictionary<string, string> Providers { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Microsoft.CognitiveServices"] = "Registered",
        ["Microsoft.Resources"] = "Registered",
        ["Microsoft.Authorization"] = "Registered",
    };

    public QuotaOverrides Quota { get; } = new();

    /// <summary>Requests of one caller. All clients of the emulator are the same caller.</summary>
    public ArmThrottle Throttle { get; } = new();

    /// <summary>Requests of all callers together.</summary>
    public ArmThrottle GlobalThrottle { get; } = new(scale: 15);

    public AccountState? Account(string group, string name) => Accounts.FirstOrDefault(a => Is(a, group, name));

    public AccountState? DeletedAccount(string group, string name) => DeletedAccounts.FirstOrDefault(a => Is(a, group, name));

    public Operation? OperationOn(string accountId) =>
        Operations.FirstOrDefault(o => o.Running && accountId.Equals(o.AccountId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Ends operations whose time is over, and purges accounts that were deleted 48 hours ago.</summary>
    public void Settle(EmulatorClock clock, Action<AccountState> purged)
    {
        foreach (Operation operation in Operations.ToArray())
        {
            operation.Settle(clock);
        }

        DateTimeOffset now = clock.Now;
        foreach (AccountState expired in DeletedAccounts.Where(a => a.ScheduledPurgeDate <= now).ToArray())
        {
            DeletedAccounts.Remove(expired);
            purged(expired);
        }
    }

    private static bool Is(AccountState account, string group, string name) =>
        account.ResourceGroup.Equals(group, StringComparison.OrdinalIgnoreCase) && account.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
