using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Invoke-AzOpenAICompletion. The options are in the file Options.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AzOpenAICompletion")]
[OutputType(typeof(TextCompletion), typeof(string))]
public sealed partial class InvokeAzOpenAICompletionCommand : DataPlaneCmdlet
{
    [Parameter(Position = 0)]
    [AllowEmptyCollection]
    public object[]? Prompt { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter StreamText { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = null;
        bool fromPipeline = MyInvocation.ExpectingInput || IsBound(nameof(InputObject));
        if (!fromPipeline || TakeConnection(InputObject))
        {
            await CompleteAsync(null, cancellationToken).ConfigureAwait(false);
            return;
        }

        PSObject input = InputObject ?? PSObject.AsPSObject("");
        ErrorTarget = input.BaseObject is PSCustomObject ? input : input.BaseObject;
        await CompleteAsync(ChatText.Of(input), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The prompts of one call: the input, after those of the parameter.</summary>
    private List<string> GetPrompts(string? input)
    {
        List<string> prompts = [];
        foreach (object? part in Prompt ?? [])
        {
            string text = part is null ? "" : ChatText.Of(PSObject.AsPSObject(part));
            prompts.Add(input is null ? text : $"{text}\n\n{input}");
        }

        if (prompts.Count == 0 && input is not null)
            prompts.Add(input);
        return prompts.Count > 0 && !prompts.Exists(string.IsNullOrEmpty) ? prompts : throw Failure.Of(nameof(Messages.PromptMissing), ErrorKind.InvalidInput);
    }

    private async Task CompleteAsync(string? input, CancellationToken cancellationToken)
    {
        List<string> prompts = GetPrompts(input);
        RefuseConflicts(prompts.Count);
        (DataPlaneClient client, string deployment) = GetClient();
        CompletionRequest request = CreateRequest(prompts, deployment);
        IReadOnlyList<TextCompletion> completions = Stream || StreamText
            ? await StreamAsync(client, request, cancellationToken).ConfigureAwait(false)
            : await client.Completions.CompleteAsync(request, cancellationToken).ConfigureAwait(false);
        if (!StreamText)
            await WriteAsync(completions.ToArray(), enumerate: true).ConfigureAwait(false);
    }

    /// <summary>All completions; the text of the first one has already been shown or written.</summary>
    private async Task<IReadOnlyList<TextCompletion>> StreamAsync(DataPlaneClient client, CompletionRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<TextCompletion>? completions = null;
        StreamedText text = new(this, StreamText);
        try
        {
            await foreach (CompletionStreamEvent item in client.Completions.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (item.Completions is { } whole)
                    completions = whole;
                else if (item is { Text.Length: > 0, Position: 0 } && text.Add(item.Text))
                    await text.FlushAsync(end: false).ConfigureAwait(false);
            }
        }
        catch (AzOpenAIException)
        {
            await text.FlushAsync(end: true).ConfigureAwait(false);
            throw;
        }

        await text.FlushAsync(end: true).ConfigureAwait(false);
        return completions is null
            ? throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, request.Deployment)
            : [.. completions.Select(static completion => completion with { Streamed = completion is { PromptIndex: 0, Index: 0 } })];
    }
}
