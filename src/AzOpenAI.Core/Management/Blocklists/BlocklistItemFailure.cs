namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>An item of a batch that the service did not take.</summary>
/// <param name="Item">The item.</param>
/// <param name="Error">Why.</param>
public sealed record BlocklistItemFailure(BlocklistItem Item, AzOpenAIException Error);
