using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIConversation.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIConversation")]
[OutputType(typeof(Conversation))]
public sealed class GetAzOpenAIConversationCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            {
                WriteObject(session.GetConversation(Name));
                return;
            }

            WildcardPattern pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
            foreach (Conversation conversation in session.Conversations.Values.Where(c => pattern.IsMatch(c.Name)).OrderBy(static c => c.Name, StringComparer.OrdinalIgnoreCase))
                WriteObject(conversation);
        }
        catch (AzOpenAIException e)
        {
            WriteError(ErrorRecords.From(e, Name));
        }
    }
}
