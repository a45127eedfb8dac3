using System.Text.RegularExpressions;

namespace AzOpenAI.Tests;

/// <summary>The source tree that these tests were built from.</summary>
internal static partial class Repository
{
    private static readonly string[] Built = ["bin", "obj", "out", "node_modules", "TestResults", ".git"];

    /// <summary>Folder of AzOpenAI.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The manifest's text.</summary>
    public static string Manifest { get; } = File.ReadAllText(Path.Combine(Root, "AzOpenAI.psd1"));

    /// <summary>Version of the module.</summary>
    public static string Version { get; } = VersionPattern().Match(Manifest).Groups[1].Value;

    /// <summary>Path below the root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Written files of these extensions below a folder of the root; nothing that a build made.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        string start = Path.Combine(Root, folder);
        return Directory.Exists(start) ? Walk(start).Where(path => extensions.Contains(Path.GetExtension(path))).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>Values of a list in the manifest.</summary>
    public static string[] ManifestList(string name)
    {
        Match list = Regex.Match(Manifest, $@"^\s*{name}\s*=\s*@\(([^)]*)\)", RegexOptions.Multiline);
        Assert.True(list.Success, $"The manifest has no list '{name}'.");
        return [.. QuotedPattern().Matches(list.Groups[1].Value).Select(static match => match.Groups[1].Value)];
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            yield return file;
        foreach (string child in Directory.EnumerateDirectories(folder).Where(static child => !Built.Contains(Path.GetFileName(child))))
        {
            foreach (string file in Walk(child))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AzOpenAI.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No AzOpenAI.slnx above '{AppContext.BaseDirectory}'.");
    }

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex VersionPattern();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedPattern();
}
