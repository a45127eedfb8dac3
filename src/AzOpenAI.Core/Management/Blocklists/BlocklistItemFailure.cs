namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>An item of a batch that the service rejected.</summary>
/// <param name="Item">The item.</param>
/// <param name="Error">The reason.</param>
public sealed record BlocklistItemFailure(BlocklistItem Item, AzOpenAIException Error);
