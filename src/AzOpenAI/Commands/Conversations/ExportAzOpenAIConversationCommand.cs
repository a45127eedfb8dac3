using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Completers;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Files;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Export-AzOpenAIConversation.</summary>
[Cmdlet(VerbsData.Export, "AzOpenAIConversation", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportAzOpenAIConversationCommand : AsyncCmdlet
{
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ConversationCompleter))]
    [ValidateNotNull]
    public ConversationIdentity Conversation { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1)]
    [Alias("FilePath", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (Conversation? conversation, string? file, AzOpenAIException? mistake) = await InvokeOnPipelineThreadAsync(Resolve).ConfigureAwait(false);
        if (mistake is not null)
            throw mistake;
        // A second conversation from the pipeline would overwrite the first.
        if (!_written.Add(file!))
            throw Failure.Of(nameof(Messages.ConversationFileTaken), ErrorKind.InvalidInput, file);
        if (!await ShouldProcessAsync(file!, $"Write the conversation '{conversation}'").ConfigureAwait(false))
            return;
        await ConversationFile.WriteAsync(conversation!, file!, NoClobber, Force, cancellationToken).ConfigureAwait(false);
        if (PassThru)
            await WriteAsync(new FileInfo(file!)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ErrorRecord CreateErrorRecord(Exception exception) => ErrorRecords.From(exception, Path);

    // An exception on the pipeline thread ends the pipeline, so errors are returned.
    private (Conversation?, string?, AzOpenAIException?) Resolve()
    {
        try
        {
            return (Conversation.Resolve(Session.Current), FilePath.Resolve(this, Path, nameof(Messages.ConfigurationFileFailed)), null);
        }
        catch (AzOpenAIException mistake)
        {
            return (null, null, mistake);
        }
    }
}
