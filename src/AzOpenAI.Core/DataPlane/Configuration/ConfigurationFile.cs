using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>
/// Puts a configuration into a file: whole or not at all, and readable by its owner only where it holds a key. On Windows the folder's rights are
/// inherited.
/// </summary>
public static class ConfigurationFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes or replaces the file. What readers see is the old file or the new one, never a part.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">The text, in UTF-8 without a mark.</param>
    /// <param name="isSecret">True: mode 0600. False: an existing file keeps its mode.</param>
    /// <param name="noClobber">True: an existing file is an error.</param>
    /// <param name="force">True: a read-only file is replaced, too.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    /// <exception cref="AzOpenAIException">ConfigurationFileExists, ConfigurationFileReadOnly, ConfigurationFileFailed.</exception>
    public static async Task WriteAsync(string path, string text, bool isSecret, bool noClobber, bool force, CancellationToken cancellationToken)
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
            UnixFileMode? mode = OperatingSystem.IsWindows() ? null : isSecret ? OwnerOnly : existing.Exists ? existing.UnixFileMode | UnixFileMode.UserWrite : null;
            await CreateAsync(temporary, text, FileMode.CreateNew, mode, cancellationToken).ConfigureAwait(false);
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
            if (!File.Exists(path))
            {
                await CreateAsync(path, text, FileMode.CreateNew, isSecret && !OperatingSystem.IsWindows() ? OwnerOnly : null, cancellationToken).ConfigureAwait(false);
                return;
            }

            await CreateAsync(path, await EndsInMidLineAsync(path, cancellationToken).ConfigureAwait(false) ? "\n" + text : text, FileMode.Append, null, cancellationToken)
                .ConfigureAwait(false);
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

    private static async Task CreateAsync(string path, string text, FileMode mode, UnixFileMode? rights, CancellationToken cancellationToken)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (rights is UnixFileMode wanted && !OperatingSystem.IsWindows())
            options.UnixCreateMode = wanted;
        FileStream stream = new(path, options);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(new UTF8Encoding(false).GetBytes(text), cancellationToken).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
            // The umask has taken bits from what was asked for.
            if (rights is UnixFileMode exact && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(stream.SafeFileHandle, exact);
        }
    }

    private static async Task<bool> EndsInMidLineAsync(string path, CancellationToken cancellationToken)
    {
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
