using System.Collections;
using System.Management.Automation;
using System.Text;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Json;

namespace AzOpenAI.Files;

/// <summary>Creates the body of a request from users' input: objects, JSON text, bytes, a file, a form.</summary>
internal static class RequestBody
{
    private const string Json = "application/json";
    private const string Binary = "application/octet-stream";

    /// <summary>Creates a body from a value: strings and bytes are sent unchanged, everything else as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="contentType">Media type; null for JSON, or an octet stream for bytes.</param>
    /// <param name="model">Added to an object without <c>model</c>; or null.</param>
    public static RawBody Of(object value, string? contentType, string? model)
    {
        object bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare switch
        {
            string text => new RawBody { Bytes = Encoding.UTF8.GetBytes(text), ContentType = contentType ?? Json },
            byte[] bytes => new RawBody { Bytes = bytes, ContentType = contentType ?? Binary },
            IEnumerable<byte> bytes => new RawBody { Bytes = bytes.ToArray(), ContentType = contentType ?? Binary },
            _ => new RawBody { Bytes = Encoding.UTF8.GetBytes(PowerShellJson.Write(WithModel(bare, model))), ContentType = contentType ?? Json },
        };
    }

    /// <summary>Creates a body from a file.</summary>
    /// <exception cref="AzOpenAIException">FileUnreadable.</exception>
    public static async Task<RawBody> OfFileAsync(string path, string? contentType, AsyncCmdlet cmdlet, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await ReadAsync(path, cmdlet, cancellationToken).ConfigureAwait(false);
        bool isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return new RawBody { Bytes = data, ContentType = contentType ?? (isJson ? Json : Binary) };
    }

    /// <summary>Creates a form: a FileInfo is a file, a list becomes several fields with the same name.</summary>
    /// <exception cref="AzOpenAIException">FileUnreadable.</exception>
    public static async Task<RawBody> OfFormAsync(IDictionary form, AsyncCmdlet cmdlet, CancellationToken cancellationToken)
    {
        List<RawFormField> fields = [];
        foreach (DictionaryEntry entry in form)
        {
            string name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            object? value = Bare(entry.Value);
            foreach (object? item in value is IEnumerable and not (string or byte[] or IDictionary) ? ((IEnumerable)value).Cast<object?>().Select(Bare) : [value])
            {
                fields.Add(item switch
                {
                    FileInfo file => new RawFormField(name, await ReadAsync(file, cmdlet, cancellationToken).ConfigureAwait(false), file.Name),
                    byte[] bytes => new RawFormField(name, bytes, name),
                    bool truth => new RawFormField(name, Encoding.UTF8.GetBytes(truth ? "true" : "false")),
                    _ => new RawFormField(name, Encoding.UTF8.GetBytes(item is null ? "" : LanguagePrimitives.ConvertTo<string>(item))),
                });
            }
        }

        return new RawBody { Form = fields };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(object file, AsyncCmdlet cmdlet, CancellationToken cancellationToken)
    {
        AttachedFile read = await AttachedFile.ReadAsync(file, cmdlet, cancellationToken).ConfigureAwait(false);
        return read.Address is { } address ? throw Failure.Of(nameof(Messages.FileUnreadable), ErrorKind.InvalidInput, address, "it's a URL") : read.Data;
    }

    // A copy, so that the user's object isn't changed.
    private static object WithModel(object value, string? model)
    {
        if (model is null)
            return value;
        if (value is IDictionary map && !map.Contains("model"))
        {
            Dictionary<object, object?> copy = new() { ["model"] = model };
            foreach (DictionaryEntry entry in map)
                copy[entry.Key] = entry.Value;
            return copy;
        }

        if (value is PSObject { BaseObject: PSCustomObject } custom && custom.Properties["model"] is null)
        {
            PSObject copy = new();
            copy.Properties.Add(new PSNoteProperty("model", model));
            foreach (PSPropertyInfo property in custom.Properties)
                copy.Properties.Add(new PSNoteProperty(property.Name, property.Value));
            return copy;
        }

        return value;
    }

    private static object? Bare(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
