namespace AzOpenAI.Core.Files;

/// <summary>
/// Files with conversations or keys. A new file is only readable by its owner, from the moment it is created; an existing one keeps
/// its mode. On Windows the permissions of the folder are inherited.
/// </summary>
public static class PrivateFile
{
    /// <summary>Read and write for the owner, nothing for others: 0600.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file or creates a private one.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="options">The options; sets the mode of a new file.</param>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Not with chmod afterwards: until then, others could open it.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>Creates a file that will replace another one, with exactly that mode.</summary>
    /// <param name="path">Full path; must not exist yet.</param>
    /// <param name="mode">The mode, regardless of the umask; null for the default mode.</param>
    public static FileStream Create(string path, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (mode is not UnixFileMode exact || OperatingSystem.IsWindows())
            return new FileStream(path, options);
        FileStream file = Open(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, exact);
        return file;
    }

    /// <summary>The mode of an existing file; null if it doesn't exist, and on Windows.</summary>
    public static UnixFileMode? ModeOf(string path) => !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) : null;
}
