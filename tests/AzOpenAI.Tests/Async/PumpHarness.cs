using AzOpenAI.Async;

namespace AzOpenAI.Tests.Async;

/// <summary>A pump, a thread that plays the pipeline thread, and tasks that obey their token or do not.</summary>
internal sealed class PumpHarness : IDisposable
{
    /// <summary>Nothing here takes longer unless it hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ManualResetEventSlim _release = new();
    private volatile bool _engineIsStopping;

    public PumpHarness() => Pump = new PipelinePump(() => _engineIsStopping, static () => new StoppedException());

    public PipelinePump Pump { get; }

    /// <summary>Ends once the task of <see cref="Linger"/> has seen its cancellation.</summary>
    public TaskCompletionSource SawCancellation { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends once the task of <see cref="Linger"/> has ended.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs a record on a thread of its own; the result is what the pump returned.</summary>
    public Task<Exception?> Run(Func<IPipelineWriter, CancellationToken, Task> work) =>
        Task.Factory.StartNew(() => Pump.Run(work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(Deadline);

    /// <summary>What the engine does on Ctrl+C, from another thread.</summary>
    public void CtrlC()
    {
        _engineIsStopping = true;
        Pump.Stop();
    }

    /// <summary>Stays in flight: until the token fires, or until the test is over where it ignores the token.</summary>
    public async Task Linger(bool ignoresToken, CancellationToken token)
    {
        try
        {
            using CancellationTokenRegistration seen = token.Register(() => SawCancellation.TrySetResult());
            if (ignoresToken)
                _release.Wait(Deadline, CancellationToken.None);
            else
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
        }
        finally
        {
            Ended.TrySetResult();
        }
    }

    /// <summary>Work that obeys has ended, and the pump has not waited for work that does not.</summary>
    public async Task AssertEndedUnless(bool ignoresToken)
    {
        if (ignoresToken)
            Assert.False(Ended.Task.IsCompleted);
        else
            await Ended.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _release.Set();
        Pump.Dispose();
    }
}

/// <summary>Stands in for the engine's PipelineStoppedException.</summary>
internal sealed class StoppedException() : Exception("The pipeline has been stopped.");

/// <summary>Stands in for the exceptions by which the engine leaves a loop downstream.</summary>
internal sealed class BreakException() : Exception("break");
