using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using AzOpenAI.Sessions;

namespace AzOpenAI.Completers;

/// <summary>Names of the session's connections. Sends no request.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return LiveCompleter.Match(Session.Current.Connections.Keys.Order(StringComparer.OrdinalIgnoreCase), wordToComplete ?? "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // An exception in a completer breaks the prompt line.
            return [];
        }
    }
}
