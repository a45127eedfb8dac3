using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Tools;
using AzOpenAI.Tools;

namespace AzOpenAI.Commands;

/// <content>Tools that the model may request.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    private const int DefaultRounds = 10;

    private ToolRunner? _tools;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? Tool { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ToolChoiceCompleter))]
    public string? ToolChoice { get; set; }

    [Parameter]
    [ValidateRange(0, 1000)]
    public int MaxRounds { get; set; } = DefaultRounds;

    private bool HasTools => Tool is not null || ToolChoice is not null || IsBound(nameof(MaxRounds));

    private async Task<ToolSet?> PrepareToolsAsync()
    {
        if (!HasTools)
            return null;
        if (Tool is null)
            throw Failure.Of(nameof(Messages.ToolMissing), ErrorKind.InvalidInput, ToolChoice is not null ? "-ToolChoice" : "-MaxRounds");
        if (MaxRounds > 0 && ChoiceCount > 1)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-ChoiceCount greater than 1", "-Tool");
        string? withoutCalls = StreamText ? "-StreamText" : Schema is not null ? "-Schema" : As is not null ? "-As" : null;
        if (MaxRounds == 0 && withoutCalls is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-MaxRounds 0", withoutCalls);

        // The runspace and the host can only be used on the pipeline thread.
        (ToolSet? set, AzOpenAIException? failure) = await InvokeOnPipelineThreadAsync<(ToolSet?, AzOpenAIException?)>(() =>
        {
            try
            {
                ToolSet tools = ToolSet.Create(Tool, ToolChoice, MaxRounds);
                ToolApproval approval = new(this);
                // Not only when the model requests it: a job that will always fail must fail the first time.
                if (tools.FirstAttended is { } attended && approval is { IsWhatIf: false, CannotAsk: { } reason })
                    return (null, ToolApproval.Unasked(attended, reason));
                _tools = new ToolRunner(this, tools, approval);
                return (tools, null);
            }
            catch (AzOpenAIException exception)
            {
                return (null, exception);
            }
        }).ConfigureAwait(false);
        return failure is null ? set : throw failure;
    }

    /// <summary>The response after all tool calls; null with -WhatIf if the model requested any.</summary>
    private Task<ChatCompletion?> AskWithToolsAsync(DataPlaneClient client, ChatRequest request, ToolSet tools, CancellationToken cancellationToken) =>
        new ToolLoop(
            (round, token) => Stream || StreamText ? StreamAsync(client, round, token) : client.Chat.CompleteAsync(round, token),
            _tools!.RunAsync,
            tools.MaxRounds).RunAsync(request, cancellationToken);
}
