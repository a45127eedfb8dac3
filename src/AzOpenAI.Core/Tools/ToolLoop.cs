using System.Diagnostics;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Tools;

/// <summary>
/// Asks a model, has the tools run that it calls, and asks again with their results until it answers. All calls of an answer are answered, in order.
/// Knows nothing of how a request is sent or a tool is run.
/// </summary>
public sealed class ToolLoop
{
    private readonly Func<ChatRequest, CancellationToken, Task<ChatCompletion>> _ask;
    private readonly Func<ToolCall, CancellationToken, Task<ToolRun>> _run;
    private readonly int _maxRounds;

    /// <summary>Creates the loop of one prompt.</summary>
    /// <param name="ask">Sends a request and returns the whole answer.</param>
    /// <param name="run">Deals with one call: runs it, or says why not. Never throws for what the model did wrong.</param>
    /// <param name="maxRounds">How many answers with tool calls are dealt with. 0: the first answer is returned with its calls.</param>
    public ToolLoop(Func<ChatRequest, CancellationToken, Task<ChatCompletion>> ask, Func<ToolCall, CancellationToken, Task<ToolRun>> run, int maxRounds)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRounds);
        (_ask, _run, _maxRounds) = (ask, run, maxRounds);
    }

    /// <summary>Runs it to the end.</summary>
    /// <param name="request">Prompt and tools. A tool that must be called must be so in the first round only; then the model chooses.</param>
    /// <param name="cancellationToken">Ends it between any two steps.</param>
    /// <returns>The answer, with what ran; null where calls were only shown (-WhatIf) and there is no answer.</returns>
    /// <exception cref="AzOpenAIException">ToolRoundsExceeded, whose Partial is the answer so far; what a request fails with.</exception>
    public async Task<ChatCompletion?> RunAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        long started = Stopwatch.GetTimestamp();
        List<ChatMessage> added = [];
        List<ToolRun> runs = [];
        TokenUsage? usage = null;
        ChatCompletion? last = null;
        for (int round = 1; ; round++)
        {
            ChatCompletion answer = await AskAsync(request, round, last, runs, cancellationToken).ConfigureAwait(false);
            last = answer;
            usage = UsageSum.Of(usage, answer.Usage);
            bool isDone = answer.ToolCalls.Count == 0 || answer.FinishReason == "content_filter";
            if (isDone || round > _maxRounds)
            {
                if (round > 1)
                {
                    answer = answer with
                    {
                        Usage = usage,
                        LastUsage = answer.Usage,
                        Rounds = round,
                        ToolRuns = runs,
                        ToolMessages = added,
                        Duration = Stopwatch.GetElapsedTime(started),
                    };
                }

                return isDone || _maxRounds == 0
                    ? answer
                    : throw Failure.Of(nameof(Messages.ToolRoundsExceeded), ErrorKind.LimitReached, new AnswerFacts { Partial = answer, RequestId = answer.RequestId },
                        _maxRounds, string.Join(", ", answer.ToolCalls.Select(static call => call.Name).Distinct().Select(ToolText.Plain)));
            }

            added.Add(answer.Choices[0].ToMessage());
            bool isShownOnly = false;
            foreach (ToolCall call in answer.ToolCalls)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ToolRun run = await RunAsync(call, round, answer, runs, cancellationToken).ConfigureAwait(false);
                runs.Add(run);
                added.Add(new ChatMessage("tool", run.Output) { ToolCallId = call.Id });
                isShownOnly |= run.Status == ToolRunStatus.WhatIf;
            }

            if (isShownOnly)
                return null;
            request = request with
            {
                Messages = [.. request.Messages, .. added.Skip(added.Count - answer.ToolCalls.Count - 1)],
                // Demanded again and again, the model could never answer.
                ToolChoice = request.ToolChoice == "none" ? "none" : null,
            };
        }
    }

    private async Task<ToolRun> RunAsync(ToolCall call, int round, ChatCompletion answer, List<ToolRun> runs, CancellationToken cancellationToken)
    {
        try
        {
            ToolRun run = await _run(call, cancellationToken).ConfigureAwait(false);
            return run with { Round = round, CallId = call.Id, Name = call.Name, Arguments = call.Arguments };
        }
        catch (AzOpenAIException failure) when (failure.Partial is null)
        {
            throw WithPartial(failure, answer, round, runs);
        }
    }

    private async Task<ChatCompletion> AskAsync(ChatRequest request, int round, ChatCompletion? last, List<ToolRun> runs, CancellationToken cancellationToken)
    {
        try
        {
            return await _ask(request, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException failure) when (failure.Partial is null && last is not null)
        {
            throw WithPartial(failure, last, round - 1, runs);
        }
    }

    // Tools may have changed something: whoever gets the error has to know what ran.
    private static AzOpenAIException WithPartial(AzOpenAIException failure, ChatCompletion answer, int rounds, List<ToolRun> runs) =>
        new(failure.ErrorId, failure.Kind, failure.Message, failure.InnerException)
        {
            Suggestion = failure.Suggestion,
            StatusCode = failure.StatusCode,
            ServiceCode = failure.ServiceCode,
            ServiceMessage = failure.ServiceMessage,
            RequestId = failure.RequestId,
            RetryAfter = failure.RetryAfter,
            ResponseBody = failure.ResponseBody,
            Partial = answer with { ToolRuns = [.. runs], Rounds = rounds },
        };
}
