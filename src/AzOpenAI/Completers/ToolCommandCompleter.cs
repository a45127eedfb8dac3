using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AzOpenAI.Completers;

/// <summary>Names of commands that can be used as a tool.</summary>
public sealed class ToolCommandCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        // With fewer characters, the list would contain every command on the machine.
        const int fewest = 2;
        if (wordToComplete is null || wordToComplete.Length < fewest)
            return [];
        try
        {
            return [.. CompletionCompleters.CompleteCommand(wordToComplete, "", CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.ExternalScript)];
        }
        catch (RuntimeException)
        {
            return [];
        }
    }
}
