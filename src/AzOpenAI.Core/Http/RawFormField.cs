namespace AzOpenAI.Core.Http;

/// <summary>A field of a form: a text or a file.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Data">The text in UTF-8, or the bytes of the file.</param>
/// <param name="FileName">Name of the file; null for a text.</param>
public sealed record RawFormField(string Name, ReadOnlyMemory<byte> Data, string? FileName = null);
