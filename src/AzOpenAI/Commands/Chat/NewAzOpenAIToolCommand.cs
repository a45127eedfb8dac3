using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Tools;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAITool.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAITool", DefaultParameterSetName = ByCommand)]
[OutputType(typeof(Tool))]
public sealed class NewAzOpenAIToolCommand : PSCmdlet
{
    private const string ByCommand = "Command";
    private const string ByScriptBlock = "ScriptBlock";

    // The parameters of a script block are those of a function with it, in a scope that ends with the call.
    private const string Shape = "param($Block) ${function:local:AzOpenAIToolShape} = $Block; Get-Command -Name AzOpenAIToolShape -CommandType Function";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByCommand)]
    [ArgumentCompleter(typeof(ToolCommandCompleter))]
    [ValidateNotNull]
    public object Command { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByScriptBlock)]
    [ValidateNotNull]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    [Parameter(ParameterSetName = ByCommand)]
    [Parameter(Mandatory = true, ParameterSetName = ByScriptBlock)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    [Parameter]
    [AllowEmptyCollection]
    public string[]? Parameter { get; set; }

    [Parameter]
    public SwitchParameter AllowUnattended { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            ToolFactory factory = new() { Name = Name, Description = Description, Parameters = Parameter, AllowUnattended = AllowUnattended };
            Tool tool = ParameterSetName == ByScriptBlock
                ? FromScriptBlock(factory, ScriptBlock)
                : FromCommand(factory, Command is PSObject wrapped ? wrapped.BaseObject : Command);
            if (tool.Description is null)
                WriteWarning($"The tool '{tool.Name}' doesn't have a description because '{tool.Command}' has no help. Use -Description to tell the model what the tool does.");
            WriteObject(tool);
        }
        catch (AzOpenAIException exception)
        {
            WriteError(ErrorRecords.From(exception, Command ?? Name));
        }
    }

    private Tool FromCommand(ToolFactory factory, object command)
    {
        if (command is ScriptBlock)
            throw Unsupported("it's a script block, which doesn't have a name", ToolFactory.ScriptBlockName);
        CommandInfo found = command as CommandInfo ?? Find(LanguagePrimitives.ConvertTo<string>(command));
        while (found is AliasInfo alias)
        {
            found = alias.ResolvedCommand
                ?? throw Failure.Of(nameof(Messages.ToolCommandNotFound), ErrorKind.NotFound, alias.Definition);
        }

        return found switch
        {
            ApplicationInfo => throw Unsupported("it's an external program, whose parameters aren't known", found.Name),
            CmdletInfo or FunctionInfo or ExternalScriptInfo => factory.Create(found, found, WriteVerbose),
            _ => throw Unsupported($"it's a command of type {found.CommandType}", found.Name),
        };
    }

    private Tool FromScriptBlock(ToolFactory factory, ScriptBlock block) =>
        factory.Create(block, (CommandInfo)ScriptBlock.Create(Shape).Invoke(block)[0].BaseObject, WriteVerbose);

    private CommandInfo Find(string name)
    {
        CommandInfo? found = name.Length == 0 || WildcardPattern.ContainsWildcardCharacters(name) ? null : InvokeCommand.GetCommand(name, CommandTypes.All);
        return found ?? throw Failure.Of(nameof(Messages.ToolCommandNotFound), ErrorKind.NotFound, name);
    }

    private static AzOpenAIException Unsupported(string reason, string name) => Failure.Of(nameof(Messages.ToolCommandUnsupported), ErrorKind.InvalidInput, name, reason);
}
