using System.Diagnostics;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Tools;

/// <summary>
/// Sends a request to a model, runs the requested tools, and repeats with their results until the model responds. All calls of a response are handled, in order.
/// Independent of how a request is sent or a tool is run.
/// </summary>
public sealed class ToolLoop
{
    private readonly Func<ChatRequest, CancellationToken, Task<ChatCompletion>> _ask;
    private readonly Func<ToolCall, CancellationToken, Task<ToolRun>> _run;
    private readonly int _maxRounds;

    /// <summary>Creates the loop of one prompt.</summary>
    /// <param name="ask">Sends a request and returns the whole response.</param>
    /// <param name="run">Handles one call: runs it, or explains why not. Never throws for an error of the model.</param>
    /// <param name="maxRounds">Maximum number of responses with tool calls to handle. 0 to return the first response with its calls.</param>
    public ToolLoop(Func<ChatRequest, CancellationToken, Task<ChatCompletion>> ask, Func<ToolCall, CancellationToken, Task<ToolRun>> run, int maxRounds)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRounds);
        (_ask, _run, _maxRounds) = (ask, run, maxRounds);
    }

    /// <summary>Runs the loop.</summary>
    /// <param name="request">Prompt and tools. A required tool is only required in the first round; then the model chooses.</param>
    /// <param name="cancellationToken">Cancels it between any two steps.</param>
    /// <returns>The response, with the calls that ran; null if calls were only shown (-WhatIf) and there is no response.</returns>
    /// <exception cref="AzOpenAIException">ToolRoundsExceeded, whose Partial is the response so far; or the error of a request.</exception>
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
                // If it were required every time, the model could never respond.
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

    // Tools may have changed something: the error must include what ran.
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
