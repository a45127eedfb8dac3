using System.Collections.ObjectModel;
using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <content>The input: texts, messages with a role, images, files, a template.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    [Parameter]
    public string? System { get; set; }

    // Not an array: the engine would turn the bytes of an image into a list of numbers.
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? Image { get; set; }

    [Parameter]
    [ValidateSet("auto", "low", "high")]
    public string? ImageDetail { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? File { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? Template { get; set; }

    private bool HasAttachments => Image is not null || File is not null;

    private ScriptBlock? TemplateScript => (Template is PSObject wrapped ? wrapped.BaseObject : Template) as ScriptBlock;

    private ValueTask<List<ChatMessage>> GetMessagesAsync(PSObject? input, ChatSetup setup, CancellationToken cancellationToken)
    {
        if (Template is not null)
            return new ValueTask<List<ChatMessage>>(FillTemplateAsync(input, setup, cancellationToken));
        ChatInput messages = new();
        messages.AddSystem(System);
        AddMessage(messages);
        if (input is not null)
            messages.Add(input, "\n\n");
        return new ValueTask<List<ChatMessage>>(messages.ToMessages(setup.Attachments, mayBeEmpty: _piped is not null || Conversation is not null));
    }

    private void AddMessage(ChatInput messages)
    {
        foreach (object? part in Message ?? [])
            messages.Add(part as PSObject ?? PSObject.AsPSObject(part ?? ""), "\n");
    }

    private async Task<List<ChatMessage>> FillTemplateAsync(PSObject? input, ChatSetup setup, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatInput messages = new();
        messages.AddSystem(System);
        if (input is null)
            input = PSObject.AsPSObject(ChatText.Of(PSObject.AsPSObject(Message ?? [])));
        else
            AddMessage(messages);

        if (TemplateScript is { } script)
        {
            foreach (PSObject? part in await RunTemplateAsync(script, input).ConfigureAwait(false))
                messages.Add(part ?? PSObject.AsPSObject(""), "\n");
        }
        else
        {
            messages.AddText(LanguagePrimitives.ConvertTo<string>(Template).Replace("{0}", ChatText.Of(input), StringComparison.Ordinal), "\n\n");
        }

        return messages.ToMessages(setup.Attachments, mayBeEmpty: false);
    }

    private async Task<Collection<PSObject>> RunTemplateAsync(ScriptBlock script, PSObject input)
    {
        (Collection<PSObject>? made, RuntimeException? failure) = await InvokeOnPipelineThreadAsync<(Collection<PSObject>?, RuntimeException?)>(() =>
        {
            try
            {
                return (script.InvokeWithContext(null, [new PSVariable("_", input), new PSVariable("PSItem", input)]), null);
            }
            catch (RuntimeException exception) when (exception is not PipelineStoppedException)
            {
                // An unhandled exception would end the pipeline; this one belongs to the record.
                return (null, exception);
            }
        }).ConfigureAwait(false);
        return made ?? throw new AzOpenAIException(
            nameof(Messages.TemplateFailed), ErrorKind.InvalidInput, Failure.Format(nameof(Messages.TemplateFailed), failure!.Message.ReplaceLineEndings(" ").TrimEnd('.')), failure)
        { Suggestion = Failure.Suggest(nameof(Messages.TemplateFailed)) };
    }
}
