namespace AzOpenAI.Tests.Async;

/// <summary>Every way in which a pipeline ends early, each with work that obeys its token and with work that does not.</summary>
public sealed class PipelinePumpStopTests : IDisposable
{
    private readonly PumpHarness _harness = new();

    public static TheoryData<string, bool> FailedWrites
    {
        get
        {
            TheoryData<string, bool> rows = [];
            foreach (string cause in (string[])["Select-Object -First 1", "throw", "break"])
            {
                rows.Add(cause, false);
                rows.Add(cause, true);
            }

            return rows;
        }
    }

    public void Dispose() => _harness.Dispose();

    [Theory]
    [MemberData(nameof(FailedWrites))]
    public async Task A_failed_write_leaves_as_it_is_and_cancels_the_work(string cause, bool ignoresToken)
    {
        Exception original = ExceptionOf(cause);
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => _harness.Run(async (writer, token) =>
        {
            _ = writer.InvokeAsync(() => throw original);
            await _harness.Linger(ignoresToken, token);
        }));

        Assert.Same(original, thrown);
        await _harness.SawCancellation.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
        await _harness.AssertEndedUnless(ignoresToken);
    }

    [Theory]
    [MemberData(nameof(FailedWrites))]
    public async Task A_failed_write_is_told_to_the_task_and_every_later_write_is_refused(string cause, bool swallows)
    {
        Exception original = ExceptionOf(cause);
        TaskCompletionSource<Exception> told = new();
        bool writtenAfterwards = false;
        bool cancelledBeforeTold = false;
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => _harness.Run(async (writer, token) =>
        {
            Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => writer.InvokeAsync(() => throw original));
            cancelledBeforeTold = token.IsCancellationRequested;
            told.SetResult(failure);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.InvokeAsync(() => writtenAfterwards = true));
            if (!swallows)
                throw new InvalidDataException("the task's own outcome");
        }));

        Assert.Same(original, thrown);
        Assert.Same(original, await told.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken));
        Assert.True(cancelledBeforeTold);
        Assert.False(writtenAfterwards);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CtrlC_while_a_write_blocks_ends_with_the_stopped_exception(bool ignoresToken)
    {
        using ManualResetEventSlim writing = new();
        Task<Exception?> run = _harness.Run(async (writer, token) =>
        {
            _ = writer.InvokeAsync(() =>
            {
                writing.Set();
                Assert.True(_harness.Pump.LifetimeToken.WaitHandle.WaitOne(PumpHarness.Deadline));
                throw new InvalidOperationException("what the engine throws from a write while it stops");
            });
            await _harness.Linger(ignoresToken, token);
        });

        Assert.True(writing.Wait(PumpHarness.Deadline, TestContext.Current.CancellationToken));
        _harness.CtrlC();

        await Assert.ThrowsAsync<StoppedException>(() => run);
        await _harness.SawCancellation.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
        await _harness.AssertEndedUnless(ignoresToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CtrlC_while_the_pump_waits_ends_with_the_stopped_exception(bool ignoresToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Exception?> run = _harness.Run(async (_, token) =>
        {
            started.SetResult();
            await _harness.Linger(ignoresToken, token);
        });
        await started.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        _harness.CtrlC();

        await Assert.ThrowsAsync<StoppedException>(() => run);
        await _harness.SawCancellation.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
        await _harness.AssertEndedUnless(ignoresToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposal_between_records_cancels_what_an_earlier_record_left_running(bool ignoresToken)
    {
        Task<Task>? background = null;
        Assert.Null(await _harness.Run((_, _) =>
        {
            background = Task.Factory.StartNew(
                () => _harness.Linger(ignoresToken, _harness.Pump.LifetimeToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return Task.CompletedTask;
        }));

        _harness.Pump.Dispose();

        Assert.NotNull(background);
        await _harness.AssertEndedUnless(ignoresToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposal_while_a_record_runs_ends_it(bool ignoresToken)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Exception?> run = _harness.Run(async (_, token) =>
        {
            started.SetResult();
            await _harness.Linger(ignoresToken, token);
        });
        await started.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        _harness.Pump.Dispose();

        await Assert.ThrowsAsync<StoppedException>(() => run);
        await _harness.SawCancellation.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stop_wins_over_whatever_the_task_throws_because_of_it()
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Exception?> run = _harness.Run(async (_, token) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            catch (OperationCanceledException exception)
            {
                throw new IOException("the connection was closed", exception);
            }
        });
        await started.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        _harness.CtrlC();

        await Assert.ThrowsAsync<StoppedException>(() => run);
    }

    [Fact]
    public async Task Stop_does_not_wait_for_callbacks_of_the_token()
    {
        using ManualResetEventSlim release = new();
        TaskCompletionSource registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<Exception?> run = _harness.Run(async (_, token) =>
        {
            using CancellationTokenRegistration stuck = token.UnsafeRegister(_ => release.Wait(PumpHarness.Deadline), null);
            registered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        });
        await registered.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);

        Task stop = Task.Run(_harness.CtrlC, TestContext.Current.CancellationToken);
        await stop.WaitAsync(PumpHarness.Deadline / 2, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<StoppedException>(() => run);

        Assert.False(release.IsSet);
        release.Set();
    }

    [Fact]
    public async Task Writes_that_wait_are_refused_when_the_pipeline_stops()
    {
        using ManualResetEventSlim writing = new();
        List<Task> waiting = [];
        Task<Exception?> run = _harness.Run(async (writer, token) =>
        {
            _ = writer.InvokeAsync(() =>
            {
                writing.Set();
                _ = _harness.Pump.LifetimeToken.WaitHandle.WaitOne(PumpHarness.Deadline);
            });
            waiting.Add(writer.InvokeAsync(() => { }));
            waiting.Add(writer.InvokeAsync(() => true));
            await Task.WhenAll(waiting);
        });

        Assert.True(writing.Wait(PumpHarness.Deadline, TestContext.Current.CancellationToken));
        _harness.CtrlC();

        await Assert.ThrowsAsync<StoppedException>(() => run);
        Assert.All(waiting, write => Assert.True(write.IsCanceled));
    }

    [Fact]
    public async Task After_a_stop_nothing_more_runs()
    {
        _harness.CtrlC();
        bool ran = false;

        await Assert.ThrowsAsync<StoppedException>(() => _harness.Run((_, _) =>
        {
            ran = true;
            return Task.CompletedTask;
        }));
        Assert.False(ran);
    }

    [Fact]
    public async Task Stop_is_harmless_at_any_time()
    {
        Assert.Null(await _harness.Run((_, _) => Task.CompletedTask));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() =>
        {
            if (index % 2 == 0)
                _harness.Pump.Stop();
            else
                _harness.Pump.Dispose();
        })));
        _harness.Pump.Stop();
        _harness.Pump.Dispose();
        _harness.Pump.Post(() => { });
        _harness.Pump.PostLatest(1, () => { });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _harness.Pump.InvokeAsync(() => { }));
    }

    [Fact]
    public async Task The_failure_of_an_abandoned_task_is_observed()
    {
        string marker = Guid.NewGuid().ToString();
        bool unobserved = false;
        void Watch(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved |= e.Exception.ToString().Contains(marker, StringComparison.Ordinal);

        TaskScheduler.UnobservedTaskException += Watch;
        try
        {
            TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using ManualResetEventSlim release = new();
            await Assert.ThrowsAsync<BreakException>(() => _harness.Run((writer, token) =>
            {
                _ = writer.InvokeAsync(() => throw new BreakException());
                release.Wait(PumpHarness.Deadline, CancellationToken.None);
                failed.SetResult();
                throw new InvalidOperationException(marker);
            }));
            release.Set();
            await failed.Task.WaitAsync(PumpHarness.Deadline, TestContext.Current.CancellationToken);
            for (int round = 0; round < 5; round++)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Watch;
        }

        Assert.False(unobserved);
    }

    private static Exception ExceptionOf(string cause) => cause switch
    {
        "Select-Object -First 1" => new StoppedException(),
        "throw" => new InvalidOperationException("the user's"),
        _ => new BreakException(),
    };
}
