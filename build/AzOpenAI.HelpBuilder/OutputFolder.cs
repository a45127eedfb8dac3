using System.Text;

namespace AzOpenAI.HelpBuilder;

/// <summary>Writes files only where their content changes, so that a build that changes nothing leaves every time stamp alone.</summary>
internal static class OutputFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes the files, and deletes those that match the pattern and are no longer made.</summary>
    public static (int Written, int Deleted) Write(string folder, IReadOnlyDictionary<string, string> files, string stalePattern)
    {
        Directory.CreateDirectory(folder);
        int written = 0;
        foreach (var (name, content) in files)
        {
            string path = Path.Combine(folder, name);
            byte[] bytes = Utf8.GetBytes(content);
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                continue;

            // Beside the target and then renamed: a shell that reads help during the build sees the old file or the new one, never half of it. The name
            // is this process's own, as builds of two solutions may write at the same time.
            string temporary = $"{path}.{Environment.ProcessId}.new";
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
            written++;
        }

        int deleted = 0;
        foreach (string path in Directory.EnumerateFiles(folder, stalePattern).ToList())
        {
            if (files.ContainsKey(Path.GetFileName(path)))
                continue;
            File.Delete(path);
            deleted++;
        }

        return (written, deleted);
    }
}
