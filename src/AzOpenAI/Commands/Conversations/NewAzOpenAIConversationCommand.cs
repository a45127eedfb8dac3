using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIConversation.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIConversation", SupportsShouldProcess = true)]
[OutputType(typeof(Conversation))]
public sealed class NewAzOpenAIConversationCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    public string? System { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object[]? Message { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxTurns { get; set; } = Conversation.DefaultMaxTurns;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxTokens { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Session session = Session.Current;
        try
        {
            ChatInput messages = new();
            foreach (object? part in Message ?? [])
                messages.Add(part as PSObject ?? PSObject.AsPSObject(part ?? ""), "\n");
            Conversation conversation = ConversationEdits.Create(Name, System, messages.ToMessages([], mayBeEmpty: true), MaxTurns, MaxTokens);
            if (Name is not null && !Force && session.Conversations.ContainsKey(Name))
                throw Failure.Of(nameof(Messages.ConversationExists), ErrorKind.AlreadyExists, Name);
            if (!ShouldProcess(Name ?? "unnamed conversation", "Start a conversation"))
                return;
            session.Keep(conversation, Force);
            WriteObject(conversation);
        }
        catch (AzOpenAIException e)
        {
            WriteError(ErrorRecords.From(e, Name));
        }
    }
}
