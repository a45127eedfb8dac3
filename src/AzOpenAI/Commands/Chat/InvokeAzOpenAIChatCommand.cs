using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Invoke-AzOpenAIChat. The input is in the file Input, the options in Options, the output in Output.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AzOpenAIChat", SupportsShouldProcess = true)]
[OutputType(typeof(ChatCompletion), typeof(string), typeof(PSObject))]
public sealed partial class InvokeAzOpenAIChatCommand : DataPlaneCmdlet
{
    private readonly List<string> _joined = [];
    private ChatSetup? _setup;
    private bool _sawConnection;

    [Parameter(Position = 0)]
    [AllowEmptyCollection]
    public object[]? Message { get; set; }

    [Parameter]
    public SwitchParameter Join { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = null;
        if (!MyInvocation.ExpectingInput && !IsBound(nameof(InputObject)))
        {
            await AskAsync(null, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (InputObject?.BaseObject is Conversation piped)
        {
            await AskInAsync(piped, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (TakeConnection(InputObject))
        {
            _sawConnection = true;
            if ((Message is not null || HasAttachments) && !Join)
                await AskAsync(null, cancellationToken).ConfigureAwait(false);
            else if (!Join)
                throw Failure.Of(nameof(Messages.MessageMissing), ErrorKind.InvalidInput);
            return;
        }

        PSObject input = InputObject ?? PSObject.AsPSObject("");
        if (Join)
        {
            _joined.Add(ChatText.Of(input));
            return;
        }

        ErrorTarget = input.BaseObject is PSCustomObject ? input : input.BaseObject;
        await AskAsync(input, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Join || _bulk is not null)
            base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Join)
            await AskJoinedAsync(cancellationToken).ConfigureAwait(false);
        if (_bulk is not null)
            await FinishBulkAsync(_bulk, cancellationToken).ConfigureAwait(false);
    }

    private async Task AskJoinedAsync(CancellationToken cancellationToken)
    {
        // An empty pipeline, as with -WhatIf in the command before, sends nothing.
        if (_joined.Count == 0 && !(_sawConnection && Message is not null))
            return;
        ErrorTarget = null;
        PSObject? input = _joined.Count == 0 ? null : PSObject.AsPSObject(string.Join('\n', _joined));
        await AskAsync(input, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One call: assembles the messages of an input, sends them, and writes the response.</summary>
    private async Task AskAsync(PSObject? input, CancellationToken cancellationToken)
    {
        _setup ??= await PrepareAsync(cancellationToken).ConfigureAwait(false);
        if (IsBulk)
        {
            await AskInBulkAsync(input, _setup, cancellationToken).ConfigureAwait(false);
            return;
        }

        List<ChatMessage> messages = await GetMessagesAsync(input, _setup, cancellationToken).ConfigureAwait(false);
        (DataPlaneClient client, string deployment) = GetClient();
        using ConversationCall? call = BeginCall(messages);
        ChatRequest request = CreateRequest(call?.Messages ?? messages, deployment, _setup);
        if (IsModelNeeded && await GetModelAsync(client.Connection, deployment, cancellationToken).ConfigureAwait(false) is { } model)
            request = request with { ModelHint = model };

        if (_setup.Tools is { } tools)
        {
            if (await AskWithToolsAsync(client, request, tools, cancellationToken).ConfigureAwait(false) is { } answer)
                await DeliverAsync(answer, input, _setup, call).ConfigureAwait(false);
            return;
        }

        ChatCompletion completion = Stream || StreamText
            ? await StreamAsync(client, request, cancellationToken).ConfigureAwait(false)
            : await client.Chat.CompleteAsync(request, cancellationToken).ConfigureAwait(false);
        await DeliverAsync(completion, input, _setup, call).ConfigureAwait(false);
    }
}
