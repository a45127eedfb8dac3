using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Files;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Import-AzOpenAIConversation.</summary>
[Cmdlet(VerbsData.Import, "AzOpenAIConversation")]
[OutputType(typeof(Conversation))]
public sealed class ImportAzOpenAIConversationCommand : AsyncCmdlet
{
    private Session _session = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("FilePath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _session = Session.Current;
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (string? file, AzOpenAIException? mistake) = await InvokeOnPipelineThreadAsync(Resolve).ConfigureAwait(false);
        if (mistake is not null)
            throw mistake;
        (Conversation conversation, IReadOnlyList<string> leftOut) = await ConversationFile.ReadAsync(file!, file!, cancellationToken).ConfigureAwait(false);
        if (Name is not null)
            conversation = ConversationEdits.Rename(conversation, Name);
        _session.Keep(conversation, Force);
        if (leftOut.Count > 0)
            await WriteWarningAsync($"File '{Path}' contains settings that a conversation doesn't support. They were ignored: {string.Join(", ", leftOut)}.").ConfigureAwait(false);
        await WriteAsync(conversation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, Path);

    // An exception on the pipeline thread ends the pipeline, so errors are returned.
    private (string?, AzOpenAIException?) Resolve()
    {
        try
        {
            return (FilePath.Resolve(this, Path, nameof(Messages.FileUnreadable)), null);
        }
        catch (AzOpenAIException mistake)
        {
            return (null, mistake);
        }
    }
}
