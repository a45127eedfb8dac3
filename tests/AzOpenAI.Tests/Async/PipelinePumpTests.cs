using System.Diagnostics;
using AzOpenAI.Async;

namespace AzOpenAI.Tests.Async;

public sealed class PipelinePumpTests : IDisposable
{
    private readonly PumpHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Every_action_runs_on_the_pipeline_thread_and_nothing_of_the_task_does()
    {
        int pipelineThread = 0;
        List<int> actions = [];
        List<int> continuations = [];
        Exception? failure = await Task.Factory.StartNew(
            () =>
            {
                pipelineThread = Environment.CurrentManagedThreadId;
                return _harness.Pump.Run(async (writer, _) =>
                {
                    for (int index = 0; index < 20; index++)
                    {
                        await writer.InvokeAsync(() => actions.Add(Environment.CurrentManagedThreadId));
                        continuations.Add(Environment.CurrentManagedThreadId);
                    }
                });
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        Assert.Null(failure);
        Assert.Equal(20, actions.Count);
        Assert.All(actions, thread => Assert.Equal(pipelineThread, thread));
        Assert.DoesNotContain(pipelineThread, continuations);
    }

    [Fact]
    public async Task Work_that_starts_here_runs_on_the_pipeline_thread_to_its_first_wait_and_not_beyond()
    {
        (int pipeline, int first, int second, int action) = await Task.Factory.StartNew(
            () =>
            {
                int started = 0;
                int resumed = 0;
                int acted = 0;
                Exception? failure = _harness.Pump.Run(
                    async (writer, _) =>
                    {
                        started = Environment.CurrentManagedThreadId;
                        await writer.InvokeAsync(() => acted = Environment.CurrentManagedThreadId);
                        resumed = Environment.CurrentManagedThreadId;
                    },
                    startHere: true);
                Assert.Null(failure);
                return (Environment.CurrentManagedThreadId, started, resumed, acted);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        Assert.Equal(pipeline, first);
        Assert.Equal(pipeline, action);
        Assert.NotEqual(pipeline, second);
    }

    [Fact]
    public async Task A_failure_before_the_first_wait_is_the_failure_of_the_record()
    {
        Exception? failure = await Task.Run(
            () => _harness.Pump.Run((_, _) => throw new InvalidOperationException("at once"), startHere: true), TestContext.Current.CancellationToken)
            .WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        Assert.Equal("at once", Assert.IsType<InvalidOperationException>(failure).Message);
    }

    [Fact]
    public async Task A_write_ends_only_when_the_commands_downstream_have_dealt_with_it()
    {
        using ManualResetEventSlim downstream = new();
        TaskCompletionSource<Task> write = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool dealtWith = false;
        Task<Exception?> run = _harness.Run(async (writer, _) =>
        {
            Task pending = writer.InvokeAsync(() =>
            {
                downstream.Wait(PumpHarness.Deadline);
                dealtWith = true;
            });
            write.SetResult(pending);
            await pending;
            Assert.True(dealtWith);
        });

        Task pending = await write.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.False(pending.IsCompleted);
        downstream.Set();

        Assert.Null(await run);
    }

    [Fact]
    public async Task A_question_gets_its_answer()
    {
        string? answer = null;
        Assert.Null(await _harness.Run(async (writer, _) => answer = await writer.InvokeAsync(() => "yes")));
        Assert.Equal("yes", answer);
    }

    [Fact]
    public async Task Order_is_kept_between_posts_and_writes_and_nothing_is_lost_at_the_end()
    {
        List<int> seen = [];
        Assert.Null(await _harness.Run(async (writer, _) =>
        {
            for (int index = 0; index < 100; index++)
            {
                int value = index;
                if (index % 3 == 0)
                    await writer.InvokeAsync(() => seen.Add(value));
                else
                    writer.Post(() => seen.Add(value));
            }
        }));

        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    [Fact]
    public async Task Many_writers_at_once_are_served_one_after_the_other()
    {
        int inside = 0;
        int overlaps = 0;
        int written = 0;
        Assert.Null(await _harness.Run((writer, token) => Parallel.ForEachAsync(
            Enumerable.Range(0, 400),
            token,
            async (_, _) => await writer.InvokeAsync(() =>
            {
                if (Interlocked.Increment(ref inside) != 1)
                    overlaps++;
                written++;
                Interlocked.Decrement(ref inside);
            }))));

        Assert.Equal(0, overlaps);
        Assert.Equal(400, written);
    }

    [Fact]
    public async Task Progress_never_waits_and_only_the_latest_of_an_activity_is_shown()
    {
        using ManualResetEventSlim blocked = new();
        using ManualResetEventSlim posted = new();
        List<string> shown = [];
        Assert.Null(await _harness.Run(async (writer, _) =>
        {
            Task write = writer.InvokeAsync(() =>
            {
                blocked.Set();
                Assert.True(posted.Wait(PumpHarness.Deadline));
            });
            Assert.True(blocked.Wait(PumpHarness.Deadline, CancellationToken.None));
            for (int percent = 1; percent <= 100; percent++)
            {
                string text = $"first {percent}";
                writer.PostLatest(1, () => shown.Add(text));
            }

            writer.PostLatest(2, () => shown.Add("second"));
            posted.Set();
            await write;
            await writer.InvokeAsync(() => { });
            writer.PostLatest(1, () => shown.Add("first again"));
        }));

        Assert.Equal(["first 100", "second", "first again"], shown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_record_that_fails_is_returned_and_the_next_one_runs_with_a_fresh_token(bool synchronously)
    {
        InvalidDataException failure = new("bad record");
        List<string> written = [];

        Exception? first = await _harness.Run(async (writer, _) =>
        {
            if (synchronously)
                throw failure;
            await writer.InvokeAsync(() => written.Add("one"));
            writer.Post(() => written.Add("verbose"));
            throw failure;
        });
        Exception? second = await _harness.Run(async (writer, token) =>
        {
            Assert.False(token.IsCancellationRequested);
            await writer.InvokeAsync(() => written.Add("two"));
        });

        Assert.Same(failure, first);
        Assert.Null(second);
        Assert.Equal(synchronously ? ["two"] : ["one", "verbose", "two"], written);
    }

    [Fact]
    public async Task Work_that_cancels_itself_has_failed_not_stopped()
    {
        Exception? failure = await _harness.Run(async (_, token) =>
        {
            using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(token);
            timeout.CancelAfter(1);
            await Task.Delay(Timeout.InfiniteTimeSpan, timeout.Token);
        });

        Assert.IsAssignableFrom<OperationCanceledException>(failure);
        Assert.Null(await _harness.Run((_, _) => Task.CompletedTask));
    }

    [Fact]
    public async Task What_is_told_between_records_is_shown_in_the_next_one()
    {
        List<string> shown = [];
        Assert.Null(await _harness.Run((_, _) => Task.CompletedTask));
        _harness.Pump.Post(() => shown.Add("posted"));
        Task written = _harness.Pump.InvokeAsync(() => shown.Add("written"));
        Assert.False(written.IsCompleted);

        Assert.Null(await _harness.Run((writer, _) => writer.InvokeAsync(() => shown.Add("record"))));

        await written.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(["posted", "written", "record"], shown);
    }

    [Fact]
    public async Task A_failed_post_ends_the_record_as_a_failed_write_does()
    {
        BreakException original = new();
        Exception thrown = await Assert.ThrowsAsync<BreakException>(() => _harness.Run(async (writer, token) =>
        {
            writer.Post(() => throw original);
            await _harness.Linger(ignoresToken: false, token);
        }));

        Assert.Same(original, thrown);
        await _harness.AssertEndedUnless(ignoresToken: false);
    }

    [Fact]
    public async Task A_post_that_fails_after_the_work_is_done_is_not_lost()
    {
        BreakException original = new();
        Assert.Same(original, await Assert.ThrowsAsync<BreakException>(() => _harness.Run((writer, _) =>
        {
            writer.Post(() => throw original);
            return Task.CompletedTask;
        })));
    }

    [Fact]
    public async Task Many_records_need_no_more_threads_than_one()
    {
        using PumpHarness warm = new();
        Assert.Null(await warm.Run((writer, _) => writer.InvokeAsync(() => { })));
        int before = CountThreads();
        await Task.Factory.StartNew(
            () =>
            {
                for (int record = 0; record < 2000; record++)
                {
                    using PipelinePump pump = new(static () => false, static () => new StoppedException());
                    Assert.Null(pump.Run(async (writer, _) =>
                    {
                        await writer.InvokeAsync(() => { });
                        writer.Post(() => { });
                    }));
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        Assert.True(CountThreads() < before + 200, "a record leaves a thread behind");
    }

    private static int CountThreads()
    {
        using Process self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }
}
