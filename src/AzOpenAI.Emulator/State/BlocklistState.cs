namespace AzOpenAI.Emulator.State;

/// <summary>A blocklist with its items.</summary>
internal sealed class BlocklistState(string name, DateTimeOffset createdAt) : ChildState(name, createdAt)
{
    /// <summary>In the order in which they were added.</summary>
    public OrderedDictionary<string, ChildState> Items { get; } = new(StringComparer.OrdinalIgnoreCase);
}
