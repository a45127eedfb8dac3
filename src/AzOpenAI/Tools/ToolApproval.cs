using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Terminal;

namespace AzOpenAI.Tools;

/// <summary>
/// Prompts before a tool runs. -Confirm:$false and $ConfirmPreference are ignored: only a tool created for it runs without approval. "Yes to all" is for one
/// tool, "no to all" for everything. The default is no. Only on the pipeline thread.
/// </summary>
internal sealed class ToolApproval(AsyncCmdlet cmdlet)
{
    private const int Yes = 0;
    private const int YesToAll = 1;
    private const int No = 2;
    private const int NoToAll = 3;

    // Resets state of earlier output that could hide the prompt: colors and concealed text, the character set, the cursor.
    private const string Reset = "\u001b[0m\u001b(B\u001b[?25h";

    private readonly HashSet<string> _allowed = new(StringComparer.OrdinalIgnoreCase);
    private bool _noToAll;

    /// <summary>True with -WhatIf: calls are shown and don't run.</summary>
    public bool IsWhatIf { get; } = cmdlet.IsWhatIf;

    /// <summary>Why a prompt isn't possible here, if known in advance; otherwise null.</summary>
    public string? CannotAsk { get; } = ReasonNotToAsk(cmdlet.Host);

    /// <summary>Null if the call may run, or its result otherwise.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Names and JSON of the arguments.</param>
    /// <exception cref="AzOpenAIException">ToolNeedsApproval.</exception>
    public ToolRunStatus? Ask(Tool tool, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        if (IsWhatIf || tool.AllowUnattended)
        {
            if (!cmdlet.ShouldProcess(tool.Command + ToolQuestion.OnOneLine(arguments), $"Run the tool {tool.Name}"))
                return IsWhatIf ? ToolRunStatus.WhatIf : ToolRunStatus.Declined;
            return null;
        }

        if (_noToAll)
            return ToolRunStatus.Declined;
        if (_allowed.Contains(tool.Name))
            return null;
        switch (Prompt(tool, arguments))
        {
            case Yes:
                return null;
            case YesToAll:
                _allowed.Add(tool.Name);
                return null;
            case NoToAll:
                _noToAll = true;
                return ToolRunStatus.Declined;
            default:
                return ToolRunStatus.Declined;
        }
    }

    private int Prompt(Tool tool, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        if (CannotAsk is { } known)
            throw Unasked(tool, known);
        Collection<ChoiceDescription> choices =
        [
            new("&Yes", "Run the tool once."),
            new("Yes to &All", $"Run this and all later calls of {tool.Name} in this command, with any arguments."),
            new("&No", "Don't run it. The model is told and continues."),
            new("No to A&ll", "Run neither this call nor any later call in this command."),
        ];
        try
        {
            if (HostTerminal.UnderstandsEscapes(cmdlet.Host))
                cmdlet.Host.UI.Write(Reset);
            return cmdlet.Host.UI.PromptForChoice(ToolQuestion.Caption, ToolQuestion.Describe(tool, arguments), choices, No);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // Each host reports a missing user in its own way.
            throw Unasked(tool, exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    /// <summary>The error for a prompt without a user who could respond.</summary>
    public static AzOpenAIException Unasked(Tool tool, string reason) => Failure.Of(nameof(Messages.ToolNeedsApproval), ErrorKind.PermissionDenied, tool.Name, reason);

    private static string? ReasonNotToAsk(PSHost host)
    {
        if (host.UI is null)
            return "it doesn't have a user interface";
        if (host.Name != "ConsoleHost")
            return null;
        foreach (string argument in Environment.GetCommandLineArgs().Skip(1))
        {
            string option = argument.TrimStart('-', '/');
            bool isOption = option.Length < argument.Length && option.Length > 0;
            // Later arguments belong to the script.
            if (isOption ? Starts("file", option) || Starts("command", option) || Starts("encodedcommand", option) : argument.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
                return null;
            if (isOption && option.Length >= 4 && Starts("noninteractive", option))
                return "it was started with -NonInteractive";
        }

        return null;
    }

    private static bool Starts(string word, string option) => word.StartsWith(option, StringComparison.OrdinalIgnoreCase);
}
