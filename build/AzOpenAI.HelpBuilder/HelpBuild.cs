using AzOpenAI.HelpBuilder.About;
using AzOpenAI.HelpBuilder.Maml;
using AzOpenAI.HelpBuilder.Pages;

namespace AzOpenAI.HelpBuilder;

/// <summary>Turns a folder of markdown pages into what Get-Help reads: one MAML file for each help file that the pages name, one text per about topic.</summary>
internal static class HelpBuild
{
    private const string AboutPrefix = "about_";
    private const string AboutSuffix = ".help.txt";

    /// <summary>Builds everything or, where a page is malformed, writes nothing.</summary>
    /// <returns>0, or 1 after each error was written in the form that MSBuild understands.</returns>
    public static int Run(string helpFolder, string outputFolder, TextWriter output, TextWriter error)
    {
        if (!Directory.Exists(helpFolder))
        {
            error.WriteLine($"{helpFolder}: error {PageErrors.Code}: The folder with the help pages does not exist.");
            return 1;
        }

        var errors = new List<PageError>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var pages = new List<CommandPage>();
        foreach (string path in Directory.EnumerateFiles(helpFolder, "*.md").Order(StringComparer.OrdinalIgnoreCase))
        {
            var pageErrors = new PageErrors(path);
            var source = MarkdownFile.Read(path, pageErrors);
            if (Path.GetFileName(path).StartsWith(AboutPrefix, StringComparison.OrdinalIgnoreCase))
                files[Path.GetFileNameWithoutExtension(path) + AboutSuffix] = AboutTopicWriter.Write(source, pageErrors);
            else if (CommandPageReader.Read(source, pageErrors) is CommandPage page)
                pages.Add(page);
            errors.AddRange(pageErrors.All);
        }

        if (errors.Count == 0 && pages.Count == 0)
            errors.Add(new PageError(helpFolder, 0, "The folder holds no help page of a cmdlet."));
        if (errors.Count > 0)
        {
            foreach (PageError pageError in errors)
                error.WriteLine(pageError);
            return 1;
        }

        foreach (var group in pages.GroupBy(page => page.HelpFile, StringComparer.Ordinal))
            files[group.Key] = MamlWriter.Write(group);

        var result = OutputFolder.Write(outputFolder, files, $"{AboutPrefix}*{AboutSuffix}");
        output.WriteLine($"Help: {pages.Count} cmdlets, {files.Count} files, {result.Written} written, {result.Deleted} deleted.");
        return 0;
    }
}
