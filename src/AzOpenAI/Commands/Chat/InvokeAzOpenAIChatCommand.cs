using System.Management.Automation;
using System.Text;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Invoke-AzOpenAIChat.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AzOpenAIChat")]
[OutputType(typeof(ChatCompletion), typeof(string))]
public sealed class InvokeAzOpenAIChatCommand : DataPlaneCmdlet
{
    private readonly List<string> _joined = [];
    private bool _sawConnection;

    [Parameter(Position = 0)]
    [AllowEmptyCollection]
    public object[]? Message { get; set; }

    [Parameter]
    public string? System { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter StreamText { get; set; }

    [Parameter]
    public SwitchParameter Join { get; set; }

    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double TopP { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTokens { get; set; }

    [Parameter]
    [Alias("Stop")]
    [ValidateCount(1, 4)]
    public string[]? StopSequence { get; set; }

    [Parameter]
    public long Seed { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReasoningEffort { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = null;
        if (!MyInvocation.ExpectingInput && !IsBound(nameof(InputObject)))
        {
            await AskAsync(MessageTexts(null), cancellationToken).ConfigureAwait(false);
            return;
        }

        if (TakeConnection(InputObject))
        {
            _sawConnection = true;
            if (Message is not null && !Join)
                await AskAsync(MessageTexts(null), cancellationToken).ConfigureAwait(false);
            else if (!Join)
                throw Failure.Of(nameof(Messages.MessageMissing), ErrorKind.InvalidInput);
            return;
        }

        string input = InputObject is null ? "" : ChatText.Of(InputObject);
        if (Join)
        {
            _joined.Add(input);
            return;
        }

        ErrorTarget = InputObject?.BaseObject is PSCustomObject ? InputObject : InputObject?.BaseObject;
        await AskAsync(MessageTexts(input), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Join)
            base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        // A pipeline that delivered nothing, as under -WhatIf of what stands before, asks nothing.
        if (_joined.Count == 0 && !(_sawConnection && Message is not null))
            return;
        ErrorTarget = null;
        await AskAsync(MessageTexts(_joined.Count == 0 ? null : string.Join('\n', _joined)), cancellationToken).ConfigureAwait(false);
    }

    private List<ChatMessage> MessageTexts(string? input)
    {
        List<ChatMessage> messages = [];
        if (!string.IsNullOrEmpty(System))
            messages.Add(new ChatMessage("system", System));

        StringBuilder text = new();
        foreach (object? part in Message ?? [])
            Append(text, ChatText.Of(part is PSObject wrapped ? wrapped : PSObject.AsPSObject(part ?? "")), "\n");
        if (input is not null)
            Append(text, input, "\n\n");

        if (string.IsNullOrWhiteSpace(text.ToString()))
            throw Failure.Of(nameof(Messages.MessageMissing), ErrorKind.InvalidInput);
        messages.Add(new ChatMessage("user", text.ToString()));
        return messages;
    }

    private static void Append(StringBuilder text, string part, string separator)
    {
        if (text.Length > 0)
            text.Append(separator);
        text.Append(part);
    }

    private async Task AskAsync(List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        (DataPlaneClient client, string deployment) = GetClient();
        ChatRequest request = new()
        {
            Messages = messages,
            Deployment = deployment,
            Temperature = IsBound(nameof(Temperature)) ? Temperature : null,
            TopP = IsBound(nameof(TopP)) ? TopP : null,
            MaxTokens = IsBound(nameof(MaxTokens)) ? MaxTokens : null,
            StopSequences = StopSequence ?? [],
            Seed = IsBound(nameof(Seed)) ? Seed : null,
            ReasoningEffort = ReasoningEffort,
            User = User,
        };

        if (Stream || StreamText)
            await StreamAsync(client, request, cancellationToken).ConfigureAwait(false);
        else
            WriteLast(await client.Chat.CompleteAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private async Task StreamAsync(DataPlaneClient client, ChatRequest request, CancellationToken cancellationToken)
    {
        bool wrote = false;
        await foreach (ChatStreamEvent update in client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
        {
            if (update.Text.Length > 0 && update.ChoiceIndex == 0)
            {
                wrote = true;
                await (StreamText ? WriteAsync(update.Text) : WriteHostTextAsync(update.Text, newLine: false)).ConfigureAwait(false);
            }

            if (update.Completion is null || StreamText)
                continue;
            if (wrote)
                await WriteHostTextAsync("", newLine: true).ConfigureAwait(false);
            await WriteAsync(update.Completion with { Streamed = true }).ConfigureAwait(false);
        }
    }
}
