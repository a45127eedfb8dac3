using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AzOpenAI.Tools;

/// <summary>The help of a command, for the model: the synopsis and a text per parameter.</summary>
internal sealed class ToolHelp
{
    // It is sent with every request, and each token is billed.
    private const int MaxSynopsis = 1000;
    private const int MaxParameter = 300;

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private ToolHelp()
    {
    }

    /// <summary>The synopsis; null if there is no help.</summary>
    public string? Synopsis { get; private set; }

    /// <summary>Reads the help: from the code, or else from the help files of the module.</summary>
    public static ToolHelp Of(object command)
    {
        Ast? code = command switch
        {
            ScriptBlock script => script.Ast,
            FunctionInfo function => function.ScriptBlock?.Ast,
            ExternalScriptInfo file => file.ScriptBlock?.Ast,
            _ => null,
        };
        ToolHelp help = new();
        CommentHelpInfo? comments = code switch
        {
            FunctionDefinitionAst definition => definition.GetHelpContent(),
            ScriptBlockAst block => block.GetHelpContent(),
            _ => null,
        };
        if (comments is not null)
            help.Take(comments);
        if (help.Synopsis is null && command is CommandInfo and (CmdletInfo or FunctionInfo))
            help.ReadFiles((CommandInfo)command);
        return help;
    }

    /// <summary>The description of a parameter, or null.</summary>
    public string? Parameter(string name) => _parameters.GetValueOrDefault(name);

    /// <summary>One line, truncated to a maximum length.</summary>
    public static string? Line(string? text, int most = MaxSynopsis)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }

    private void Take(CommentHelpInfo comments)
    {
        Synopsis = Line(comments.Synopsis) ?? Line(comments.Description);
        foreach ((string name, string text) in comments.Parameters ?? new Dictionary<string, string>())
            Add(name, text);
    }

    private void ReadFiles(CommandInfo command)
    {
        string name = string.IsNullOrEmpty(command.ModuleName) ? command.Name : $"{command.ModuleName}\\{command.Name}";
        PSObject? help = ScriptBlock.Create("param($Name) Get-Help -Name $Name -ErrorAction Ignore").Invoke(name)
            .FirstOrDefault(static found => found is not null && found.TypeNames.Any(static type => type.Contains("MamlCommandHelpInfo", StringComparison.Ordinal)));
        if (help is null)
            return;
        Synopsis = Line(Text(help.Properties["Synopsis"]?.Value));
        object? parameters = (help.Properties["parameters"]?.Value as PSObject)?.Properties["parameter"]?.Value;
        foreach (object? parameter in Items(parameters))
        {
            if (parameter is PSObject known && Text(known.Properties["name"]?.Value) is { } parameterName)
                Add(parameterName, string.Join(' ', Items(known.Properties["description"]?.Value).Select(static part => Text((part as PSObject)?.Properties["Text"]?.Value))));
        }
    }

    private void Add(string name, string? text)
    {
        if (Line(text, MaxParameter) is { } line)
            _parameters[name.Trim()] = line;
    }

    private static IEnumerable<object?> Items(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => [],
        string => [value],
        IEnumerable many => many.Cast<object?>(),
        _ => [value],
    };

    private static string? Text(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
}
