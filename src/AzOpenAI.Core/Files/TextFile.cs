using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Files;

/// <summary>
/// Puts a text into a file: whole or not at all, and readable by its owner only where it holds a secret. On Windows the file inherits the rights of its
/// folder.
/// </summary>
public static class TextFile
{
    /// <summary>Writes or replaces the file. What readers see is the old file or the new one, never a part.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The text, in UTF-8 without a mark.</param>
    /// <param name="isSecret">True: mode 0600. False: an existing file keeps its mode.</param>
    /// <param name="noClobber">True: an existing file is an error.</param>
    /// <param name="force">True: a read-only file is replaced, too.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    /// <exception cref="AzOpenAIException">ConfigurationFileExists, ConfigurationFileReadOnly, ConfigurationFileFailed.</exception>
    public static Task WriteAsync(string path, string text, bool isSecret, bool noClobber, bool force, CancellationToken cancellationToken) =>
        WriteAsync(path, text, isSecret ? PrivateFile.Mode : null, isSecret, noClobber, force, cancellationToken);

    /// <summary>Writes or replaces the file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The text.</param>
    /// <param name="mode">The mode of a file that is made; null: that of any new file.</param>
    /// <param name="always">True: a file that is replaced gets that mode, too. False: it keeps its own.</param>
    /// <param name="noClobber">True: an existing file is an error.</param>
    /// <param name="force">True: a read-only file is replaced, too.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
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
            // Only there when the way to the target did not come to its end.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Adds the text to a file that others write to as well, such as GITHUB_ENV; makes the file where it is missing.</summary>
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

    // A link stays a link; what it points at is replaced.
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
