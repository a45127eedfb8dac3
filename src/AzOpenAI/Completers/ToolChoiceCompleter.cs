using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace AzOpenAI.Completers;

/// <summary>The keywords of -ToolChoice. The names of the tools are in a variable, which completion doesn't evaluate.</summary>
public sealed class ToolChoiceCompleter : IArgumentCompleter
{
    private static readonly string[] Words = ["auto", "none", "required"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.Where(word => word.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase)).Select(static word => new CompletionResult(word));
}
