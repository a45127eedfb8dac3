using System.Collections.Concurrent;
using AzOpenAI.Core.Bulk;

namespace AzOpenAI.Core.Tests.Bulk;

public sealed class OrderedWindowTests
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _calls = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_come_back_in_the_order_in_which_they_came_whichever_is_done_first()
    {
        OrderedWindow<int, string> window = Window(3, Cancellation);
        for (int i = 0; i < 3; i++)
            window.Add(i);
        await StartedAsync(3);

        _calls[2].SetResult("two");
        _calls[1].SetException(new InvalidOperationException("one"));
        Assert.False(window.TryTake(out _, out _, out _));
        _calls[0].SetResult("zero");

        Assert.Equal((0, "zero", null), await TakeAsync(window));
        Assert.Equal((1, null, "one"), await TakeAsync(window));
        Assert.Equal((2, "two", null), await TakeAsync(window));
        Assert.Equal(0, window.Count);
    }

    [Fact]
    public async Task No_more_than_the_workers_run_at_a_time_and_each_takes_the_next_item_when_it_is_done()
    {
        OrderedWindow<int, string> window = Window(2, Cancellation);
        for (int i = 0; i < 8; i++)
            window.Add(i);
        await StartedAsync(2);
        await Task.Delay(50, Cancellation);
        Assert.Equal(2, _calls.Count);

        _calls[1].SetResult("");
        await StartedAsync(3);
        Assert.Contains(2, _calls.Keys);
    }

    [Fact]
    public async Task Whoever_adds_waits_for_the_oldest()
    {
        OrderedWindow<int, string> window = Window(2, Cancellation);
        window.Add(0);
        window.Add(1);
        await StartedAsync(2);
        Task oldest = window.OldestAsync(Cancellation);

        _calls[1].SetResult("");
        await Task.Delay(50, Cancellation);
        Assert.False(oldest.IsCompleted);
        _calls[0].SetResult("");

        await oldest.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.True(window.TryTake(out _, out _, out _));
        Assert.True(window.OldestAsync(Cancellation).IsCompleted);
    }

    [Fact]
    public async Task What_is_known_beforehand_keeps_its_place()
    {
        OrderedWindow<int, string> window = Window(2, Cancellation);
        window.Add(0);
        window.AddDone(1, "kept");
        window.AddFailed(2, new InvalidOperationException("bad"));
        await StartedAsync(1);
        Assert.False(window.TryTake(out _, out _, out _));

        _calls[0].SetResult("asked");

        Assert.Equal((0, "asked", null), await TakeAsync(window));
        Assert.Equal((1, "kept", null), await TakeAsync(window));
        Assert.Equal((2, null, "bad"), await TakeAsync(window));
    }

    [Fact]
    public async Task A_stop_ends_what_runs_and_starts_nothing_more()
    {
        using CancellationTokenSource stop = new();
        OrderedWindow<int, string> window = Window(2, stop.Token);
        for (int i = 0; i < 8; i++)
            window.Add(i);
        await StartedAsync(2);
        using CancellationTokenSource record = new();
        Task oldest = window.OldestAsync(record.Token);

        await stop.CancelAsync();
        await record.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => oldest.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
        await Task.Delay(50, Cancellation);
        Assert.Equal(2, _calls.Count);
        Assert.All(_calls.Values, static call => Assert.True(call.Task.IsCanceled));
        Assert.False(window.TryTake(out _, out _, out _));
    }

    private OrderedWindow<int, string> Window(int workers, CancellationToken stop) => new(workers, 8, CallAsync, stop);

    private Task<string> CallAsync(int item, CancellationToken cancellationToken)
    {
        TaskCompletionSource<string> call = new(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => call.TrySetCanceled(cancellationToken));
        _calls[item] = call;
        return call.Task;
    }

    private async Task StartedAsync(int count)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (_calls.Count < count)
            await Task.Delay(5, limit.Token);
    }

    private static async Task<(int Item, string? Result, string? Failure)> TakeAsync(OrderedWindow<int, string> window)
    {
        await window.OldestAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.True(window.TryTake(out int item, out string? result, out Exception? failure));
        return (item, result, failure?.Message);
    }
}
