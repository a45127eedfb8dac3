using AzOpenAI.HelpBuilder.Pages;

namespace AzOpenAI.HelpBuilder.Tests;

/// <summary>A page with everything that a page can hold, and ways to read a changed copy of it.</summary>
internal static class SamplePage
{
    public const string Name = "Get-Thing";

    public const string Text = """
        ---
        document type: cmdlet
        external help file: Sample.dll-Help.xml
        HelpUri: 'https://example.com/get-thing'
        Locale: en-US
        Module Name: Sample
        ms.date: 11/21/2026
        PlatyPS schema version: 2024-05-01
        title: Get-Thing
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets things, one
        after the other.

        ## SYNTAX

        ### ByName (Default)

        ```
        Get-Thing [[-Name] <string[]>] [-Size <int>] [-Kind <string>] [-Force]
         [<CommonParameters>]
        ```

        ### ByThing

        ```
        Get-Thing -Thing <Thing> [-Size <int>] [<CommonParameters>]
        ```

        ## DESCRIPTION

        Gets **things** by `-Name`. See [the guide](https://example.com/guide) or [Set-Thing](Get-Thing.md).

        The order is:

        - by name,
          then by size
        - by age
          1. old
          2. new

        > [!NOTE]
        > Things are slow.

        ## EXAMPLES

        ### Example 1: Get one thing

        Asks for one.

        ```powershell
        Get-Thing -Name 'a & b <c>' |
            Where-Object { $_.Text -like ']]>' } # "quoted" &amp; {{0}}
        ```

        ```Output
        Name   Size
        ----   ----
        a & b     1
        ```

        The thing is there.

        ### Example 2: Get it from Azure

        ```powershell azure
        Get-Thing
        ```

        Needs a subscription.

        ## PARAMETERS

        ### -Force

        Does not ask.

        ```yaml
        Type: System.Management.Automation.SwitchParameter
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ByName
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Kind

        What it is.

        ```yaml
        Type: System.String
        DefaultValue: Small
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ByName
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues:
        - Small
        - Large
        HelpMessage: ''
        ```

        ### -Name

        Its name. One of:

        - a full name
        - a pattern

        ```yaml
        Type: System.String[]
        DefaultValue: '*'
        SupportsWildcards: true
        Aliases:
        - ThingName
        - N
        ParameterSets:
        - Name: ByName
          Position: 0
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Size

        In metres.

        ```yaml
        Type: System.Nullable`1[System.Int32]
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: (All)
          Position: Named
          IsRequired: false
          ValueFromPipeline: false
          ValueFromPipelineByPropertyName: false
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### -Thing

        A thing of before.

        ```yaml
        Type: Sample.Thing
        DefaultValue: ''
        SupportsWildcards: false
        Aliases: []
        ParameterSets:
        - Name: ByThing
          Position: Named
          IsRequired: true
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ### CommonParameters

        This cmdlet supports the common parameters.

        ## INPUTS

        ### Sample.Thing

        A thing from the pipeline.

        ## OUTPUTS

        ### Sample.Thing

        Each thing.

        ### System.String

        ## NOTES

        Errors:

        - **ThingNotFound**: there is none.

        ## RELATED LINKS

        - [Get-Thing](Get-Thing.md)
        - [The guide](https://example.com/guide)

        """;

    /// <summary>Reads the text as a page that lies in a folder with itself.</summary>
    public static (CommandPage? Page, IReadOnlyList<PageError> Errors) Read(string text)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write($"{Name}.md", text);
        var errors = new PageErrors(path);
        var page = CommandPageReader.Read(MarkdownFile.Read(path, errors), errors);
        return (page, errors.All);
    }

    /// <summary>The sample with one text replaced, which must be there.</summary>
    public static string With(string old, string replacement)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        int index = Text.IndexOf(old, StringComparison.Ordinal);
        return Text[..index] + replacement + Text[(index + old.Length)..];
    }

    /// <summary>1-based line of the text in the sample.</summary>
    public static int LineOf(string text) => Text[..Text.IndexOf(text, StringComparison.Ordinal)].Count(character => character == '\n') + 1;
}
