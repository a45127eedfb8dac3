using System.Collections;
using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Files;

/// <summary>An image or file as specified by users: bytes, a path, or a URL.</summary>
internal sealed record AttachedFile(string Name, ReadOnlyMemory<byte> Data, string? Address)
{
    private const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>The individual items: bytes in any type of list are one of them.</summary>
    public static IEnumerable<object?> Items(object? value)
    {
        object? bare = Bare(value);
        if (bare is null)
            return [];
        if (bare is string or byte[] or not IEnumerable)
            return [bare];
        object?[] items = [.. ((IEnumerable)bare).Cast<object?>().Select(Bare)];
        return items.Length > 0 && items.All(static item => item is byte) ? [items.Select(static item => (byte)item!).ToArray()] : items;
    }

    /// <summary>Reads an item.</summary>
    /// <param name="item">Bytes, text, FileInfo or Uri.</param>
    /// <param name="cmdlet">Provides the current location and the drives.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="AzOpenAIException">FileUnreadable.</exception>
    public static async Task<AttachedFile> ReadAsync(object? item, AsyncCmdlet cmdlet, CancellationToken cancellationToken)
    {
        object? bare = Bare(item);
        switch (bare)
        {
            case byte[] bytes:
                return new AttachedFile("bytes", bytes, null);
            case Uri { IsAbsoluteUri: true, IsFile: false } uri:
                return new AttachedFile(uri.AbsoluteUri, default, uri.AbsoluteUri);
        }

        string path = bare switch
        {
            FileInfo file => file.FullName,
            Uri { IsAbsoluteUri: true } uri => uri.LocalPath,
            null => "",
            _ => LanguagePrimitives.ConvertTo<string>(bare),
        };
        if (IsAddress(path))
            return new AttachedFile(path, default, path);
        string resolved = bare is FileInfo ? path : await ResolveAsync(path, cmdlet).ConfigureAwait(false);
        return new AttachedFile(path, await ReadBytesAsync(path, resolved, cancellationToken).ConfigureAwait(false), null);
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ResolveAsync(string path, AsyncCmdlet cmdlet)
    {
        (string? resolved, string? reason) = await cmdlet.InvokeOnPipelineThreadAsync<(string?, string?)>(() =>
        {
            try
            {
                string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
                return provider.Name == "FileSystem" ? (full, null) : (null, $"it's a path of the {provider.Name} provider, not of the file system");
            }
            catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException or ArgumentException)
            {
                return (null, exception.Message.TrimEnd('.'));
            }
        }).ConfigureAwait(false);
        return resolved ?? throw Unreadable(path, reason!);
    }

    private static async Task<byte[]> ReadBytesAsync(string path, string resolved, CancellationToken cancellationToken)
    {
        try
        {
            if (Directory.Exists(resolved))
                throw Unreadable(path, "it's a folder");
            if (new FileInfo(resolved) is { Exists: true, Length: > MaxBytes } large)
                throw Unreadable(path, $"its size of {large.Length / 1048576.0:N0} MiB exceeds the maximum");
            return await global::System.IO.File.ReadAllBytesAsync(resolved, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(path, exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "the file doesn't exist",
                UnauthorizedAccessException => "access is denied",
                _ => exception.Message.TrimEnd('.').ReplaceLineEndings(" "),
            });
        }
    }

    private static AzOpenAIException Unreadable(string path, string reason) => Failure.Of(nameof(Messages.FileUnreadable), ErrorKind.InvalidInput, path, reason);

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
