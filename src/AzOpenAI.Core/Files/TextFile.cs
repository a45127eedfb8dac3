using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Files;

/// <summary>
/// Writes a text file atomically, readable only by its owner if it contains a secret. On Windows the file inherits the permissions of its
/// folder.
/// </summary>
public static class TextFile
{
    /// <summary>Writes or replaces the file atomically.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The text, written as UTF-8 without a BOM.</param>
    /// <param name="isSecret">True for mode 0600; false for an existing file to keep its mode.</param>
    /// <param name="noClobber">True to fail if the file exists.</param>
    /// <param name="force">True to replace a read-only file.</param>
    /// <param name="cancellationToken">Cancels without changing anything.</param>
    /// <exception cref="AzOpenAIException">ConfigurationFileExists, ConfigurationFileReadOnly, ConfigurationFileFailed.</exception>
    public static Task WriteAsync(string path, string text, bool isSecret, bool noClobber, bool force, CancellationToken cancellationToken) =>
        WriteAsync(path, text, isSecret ? PrivateFile.Mode : null, isSecret, noClobber, force, cancellationToken);

    /// <summary>Writes or replaces the file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The text.</param>
    /// <param name="mode">The mode of a new file; null for the default mode.</param>
    /// <param name="always">True to set that mode for a replaced file too; false to keep its own.</param>
    /// <param name="noClobber">True to fail if the file exists.</param>
    /// <param name="force">True to replace a read-only file.</param>
    /// <param name="cancellationToken">Cancels without changing anything.</param>
    internal static async Task WriteAsync(string path, string text, UnixFileMode? mode, bool always, bool noClobber, bool force, CancellationToken cancellationToken)
    {
        string target = Follow(path);
        FileInfo existing = new(target);
        if (existing.Exists && noClobber)
            throw Failure.Of(nameof(Messages.ConfigurationFileExists), ErrorKind.AlreadyExists, path);
        if (existing is { Exists: true, IsReadOnly: true } && !force)
            throw Failure.Of(nameof(Messages.ConfigurationFileReadOnly), ErrorKind.InvalidInput, path);

        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            FileStream file = PrivateFile.Create(temporary, always ? mode : PrivateFile.ModeOf(target) | UnixFileMode.UserWrite ?? mode);
            await WriteAsync(file, text, cancellationToken).ConfigureAwait(false);
            if (OperatingSystem.IsWindows() && existing is { Exists: true, IsReadOnly: true })
                existing.IsReadOnly = false;
            File.Move(temporary, target, overwrite: !noClobber);
        }
        catch (IOException) when (noClobber && File.Exists(target))
        {
            throw Failure.Of(nameof(Messages.ConfigurationFileExists), ErrorKind.AlreadyExists, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(path, e);
        }
        finally
        {
            // Only exists if the file wasn't moved to its target.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Appends the text to a file that others write to as well, such as GITHUB_ENV; creates it if it doesn't exist.</summary>
    /// <exception cref="AzOpenAIException">ConfigurationFileFailed.</exception>
    public static async Task AppendAsync(string path, string text, bool isSecret, CancellationToken cancellationToken)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
            string added = await EndsInMidLineAsync(path, cancellationToken).ConfigureAwait(false) ? "\n" + text : text;
            await WriteAsync(isSecret ? PrivateFile.Open(path, options) : new FileStream(path, options), added, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(path, e);
        }
    }

    // A link remains a link; its target is replaced.
    private static string Follow(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            return path;
        }
    }

    private static async Task WriteAsync(FileStream file, string text, CancellationToken cancellationToken)
    {
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(new UTF8Encoding(false).GetBytes(text), cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static async Task<bool> EndsInMidLineAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return false;
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length == 0)
                return false;
            stream.Seek(-1, SeekOrigin.End);
            byte[] last = new byte[1];
            return await stream.ReadAsync(last, cancellationToken).ConfigureAwait(false) == 1 && last[0] != (byte)'\n';
        }
    }

    private static AzOpenAIException Failed(string path, Exception exception) =>
        Failure.Of(nameof(Messages.ConfigurationFileFailed), ErrorKind.InvalidInput, path, exception.Message.TrimEnd('.'));
}
