namespace AzOpenAI.Core.CodeSamples;

/// <summary>A header of a sample.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, null if it is a secret.</param>
/// <param name="Variable">The environment variable with the secret.</param>
internal sealed record CodeHeader(string Name, string? Value, string? Variable);
