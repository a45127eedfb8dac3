namespace AzOpenAI.Core.Http;

/// <summary>A field of a form: a string or a file.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Data">The string in UTF-8, or the bytes of the file.</param>
/// <param name="FileName">Name of the file; null for a string.</param>
public sealed record RawFormField(string Name, ReadOnlyMemory<byte> Data, string? FileName = null);
