using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Commands;

/// <content>The output: the response, its text as it arrives, or an object in a format.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter StreamText { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? Schema { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Type? As { get; set; }

    [Parameter]
    public SwitchParameter IncludeInput { get; set; }

    private async Task DeliverAsync(ChatCompletion completion, PSObject? input, ChatSetup setup, ConversationCall? call)
    {
        // Its text has already been written.
        if (StreamText)
        {
            Keep(completion, call);
            return;
        }

        if (call is not null)
            completion = completion with { Conversation = call.Conversation };
        if (setup.Reader is not null)
        {
            if (await InvokeOnPipelineThreadAsync(() => Emit(completion, input, setup, call)).ConfigureAwait(false) is { } failure)
                throw failure;
            return;
        }

        Keep(completion, call);
        WriteLast(WithInput(completion, input));
    }

    /// <summary>Writes a response, or the objects in it. On the pipeline thread.</summary>
    /// <returns>Why an object is missing, after writing the others.</returns>
    private AzOpenAIException? Emit(ChatCompletion completion, PSObject? input, ChatSetup setup, ConversationCall? call = null)
    {
        completion = WithInput(completion, input);
        if (setup.Reader is not { } reader)
        {
            WriteObject(completion);
            return null;
        }

        foreach (ChatChoice choice in completion.Choices)
        {
            object? value;
            try
            {
                value = reader.Read(completion, choice);
            }
            catch (AzOpenAIException failure)
            {
                return failure;
            }

            Keep(completion, call);
            if (IncludeInput)
                WriteObject(completion with { Value = value, Choices = [choice] });
            else
                WriteObject(value, enumerateCollection: true);
        }

        return completion.Choices.Count == 0 ? AnswerForm.Invalid(completion, "it doesn't contain a choice") : null;
    }

    private static void Keep(ChatCompletion completion, ConversationCall? call) => call?.Commit(completion, completion.ToolMessages, completion.LastUsage);

    private ChatCompletion WithInput(ChatCompletion completion, PSObject? input) =>
        IncludeInput && input is not null ? completion with { Input = input.BaseObject is PSCustomObject ? input : input.BaseObject } : completion;

    /// <summary>The whole response; its text has already been shown or written.</summary>
    private async Task<ChatCompletion> StreamAsync(DataPlaneClient client, ChatRequest request, CancellationToken cancellationToken)
    {
        ChatCompletion? completion = null;
        StreamedText text = new(this, StreamText);
        try
        {
            await foreach (ChatStreamEvent item in client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (item.Completion is { } whole)
                    completion = whole;
                else if (item is { Text.Length: > 0, ChoiceIndex: 0 } && text.Add(item.Text))
                    await text.FlushAsync(end: false).ConfigureAwait(false);
            }
        }
        catch (AzOpenAIException)
        {
            await text.FlushAsync(end: true).ConfigureAwait(false);
            throw;
        }

        await text.FlushAsync(end: true).ConfigureAwait(false);
        return completion is null
            ? throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, request.Deployment)
            : completion with { Streamed = true };
    }
}
