namespace AzOpenAI.Core.Files;

/// <summary>
/// Files that hold what was asked and answered, or a key. One that is made is readable by its owner only, from the moment it exists; one that is there keeps
/// its mode. On Windows the rights of the folder are inherited.
/// </summary>
public static class PrivateFile
{
    /// <summary>Read and write for the owner, nothing for others: 0600.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a file or makes a private one.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="options">How; the mode of a file that is made is set here.</param>
    public static FileStream Open(string path, FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Not a chmod afterwards: in between others could open it.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>Makes a file that takes the place of another, with exactly that mode.</summary>
    /// <param name="path">Full path; nothing is there yet.</param>
    /// <param name="mode">The mode, whatever the umask is; null: that of any new file.</param>
    public static FileStream Create(string path, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (mode is not UnixFileMode exact || OperatingSystem.IsWindows())
            return new FileStream(path, options);
        FileStream file = Open(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, exact);
        return file;
    }

    /// <summary>The mode of the file that is there; null where there is none, and on Windows.</summary>
    public static UnixFileMode? ModeOf(string path) => !OperatingSystem.IsWindows() && File.Exists(path) ? File.GetUnixFileMode(path) : null;
}
