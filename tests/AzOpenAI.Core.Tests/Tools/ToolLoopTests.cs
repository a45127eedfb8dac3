using AzOpenAI.Core.Tools;

namespace AzOpenAI.Core.Tests.Tools;

public sealed class ToolLoopTests
{
    private readonly List<ChatRequest> _requests = [];
    private readonly List<ToolCall> _ran = [];

    [Fact]
    public async Task Every_call_of_an_answer_is_answered_in_order_and_under_its_id()
    {
        ChatCompletion? answer = await RunAsync([Calls("a", "b"), Text("done")]);

        Assert.Equal("done", answer!.Content);
        ChatMessage[] sent = [.. _requests[1].Messages];
        Assert.Equal(["user", "assistant", "tool", "tool"], sent.Select(static message => message.Role));
        Assert.Equal(["a", "b"], sent[1].ToolCalls.Select(static call => call.Id));
        Assert.Equal(["a", "b"], sent.Skip(2).Select(static message => message.ToolCallId));
        Assert.Equal(["result a", "result b"], sent.Skip(2).Select(static message => message.Content));
    }

    [Fact]
    public async Task Later_rounds_send_all_that_came_before_once()
    {
        ChatCompletion? answer = await RunAsync([Calls("a"), Calls("b", "c"), Text("done")]);

        Assert.Equal(["user", "assistant", "tool", "assistant", "tool", "tool"], _requests[2].Messages.Select(static message => message.Role));
        Assert.Equal(5, answer!.ToolMessages.Count);
        Assert.Equal([1, 2, 2], answer.ToolRuns.Select(static run => run.Round));
        Assert.Equal(3, answer.Rounds);
    }

    [Fact]
    public async Task Usage_is_that_of_all_rounds_and_the_last_is_told_apart()
    {
        ChatCompletion? answer = await RunAsync([Calls("a"), Calls("b"), Text("done")]);

        Assert.Equal(30, answer!.Usage!.PromptTokens);
        Assert.Equal(36, answer.Usage.TotalTokens);
        Assert.Equal(12, answer.LastUsage!.TotalTokens);
    }

    [Theory]
    [InlineData("required", null)]
    [InlineData("a_name", null)]
    [InlineData("auto", null)]
    [InlineData("none", "none")]
    [InlineData(null, null)]
    public async Task A_tool_that_must_be_called_must_be_so_in_the_first_round_only(string? choice, string? later)
    {
        _ = await RunAsync([Calls("a"), Text("done")], request: new ChatRequest { Messages = [new("user", "x")], Deployment = "chat", ToolChoice = choice });

        Assert.Equal(choice, _requests[0].ToolChoice);
        Assert.Equal(later, _requests[1].ToolChoice);
    }

    [Fact]
    public async Task A_model_that_never_stops_is_stopped_and_the_answer_kept()
    {
        AzOpenAIException failure = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync([.. Enumerable.Repeat(Calls("a"), 9)], maxRounds: 2));

        Assert.Equal("ToolRoundsExceeded", failure.ErrorId);
        Assert.Contains("2 rounds", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _ran.Count);
        ChatCompletion partial = Assert.IsType<ChatCompletion>(failure.Partial);
        Assert.Equal(2, partial.ToolRuns.Count);
        Assert.Single(partial.ToolCalls);
        Assert.Equal(36, partial.Usage!.TotalTokens);
    }

    [Fact]
    public async Task No_rounds_return_the_calls()
    {
        ChatCompletion? answer = await RunAsync([Calls("a")], maxRounds: 0);

        Assert.Single(answer!.ToolCalls);
        Assert.Empty(_ran);
        Assert.Empty(answer.ToolRuns);
    }

    [Fact]
    public async Task What_the_filter_cut_off_calls_nothing()
    {
        ChatCompletion cut = Calls("a");
        cut = cut with { Choices = [cut.Choices[0] with { FinishReason = "content_filter" }] };

        Assert.Equal("content_filter", (await RunAsync([cut]))!.FinishReason);
        Assert.Empty(_ran);
    }

    [Fact]
    public async Task Calls_that_were_only_shown_end_it_without_an_answer()
    {
        Assert.Null(await RunAsync([Calls("a", "b")], status: ToolRunStatus.WhatIf));
        Assert.Equal(2, _ran.Count);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task A_failure_after_a_tool_has_run_tells_what_ran_and_keeps_its_facts()
    {
        AzOpenAIException refused = new("RateLimited", ErrorKind.LimitReached, "Too many.") { StatusCode = 429, RequestId = "r1", Suggestion = "Wait." };
        AzOpenAIException failure = await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync([Calls("a"), refused]));

        Assert.Equal("RateLimited", failure.ErrorId);
        Assert.Equal(429, failure.StatusCode);
        Assert.Equal("r1", failure.RequestId);
        Assert.Equal("Wait.", failure.Suggestion);
        Assert.Equal("result a", Assert.Single(Assert.IsType<ChatCompletion>(failure.Partial).ToolRuns).Output);
    }

    [Fact]
    public async Task A_failure_before_any_tool_is_left_as_it_is()
    {
        AzOpenAIException refused = new("RateLimited", ErrorKind.LimitReached, "Too many.");
        Assert.Same(refused, await Assert.ThrowsAsync<AzOpenAIException>(() => RunAsync([refused])));
    }

    [Fact]
    public async Task A_stop_between_two_calls_runs_no_second()
    {
        using CancellationTokenSource stop = new();
        ToolLoop loop = new(
            (_, _) => Task.FromResult(Calls("a", "b")),
            (call, _) =>
            {
                _ran.Add(call);
                stop.Cancel();
                return Task.FromResult(new ToolRun());
            },
            5);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.RunAsync(new ChatRequest { Messages = [new("user", "x")], Deployment = "chat" }, stop.Token));
        Assert.Single(_ran);
    }

    private async Task<ChatCompletion?> RunAsync(object[] answers, int maxRounds = 10, ToolRunStatus status = ToolRunStatus.Completed, ChatRequest? request = null)
    {
        ToolLoop loop = new(
            (round, _) =>
            {
                _requests.Add(round);
                return answers[_requests.Count - 1] is ChatCompletion answer ? Task.FromResult(answer) : throw (Exception)answers[_requests.Count - 1];
            },
            (call, _) =>
            {
                _ran.Add(call);
                return Task.FromResult(new ToolRun { Status = status, Output = $"result {call.Id}" });
            },
            maxRounds);
        return await loop.RunAsync(request ?? new ChatRequest { Messages = [new("user", "x")], Deployment = "chat" }, TestContext.Current.CancellationToken);
    }

    private static ChatCompletion Calls(params string[] ids) => Answer(new ChatChoice { FinishReason = "tool_calls", ToolCalls = [.. ids.Select(static id => new ToolCall(id, "tool", "{}"))] });

    private static ChatCompletion Text(string text) => Answer(new ChatChoice { FinishReason = "stop", Content = text });

    private static ChatCompletion Answer(ChatChoice choice) =>
        new() { Choices = [choice], Deployment = "chat", Usage = new TokenUsage { PromptTokens = 10, CompletionTokens = 2, TotalTokens = 12 } };
}
