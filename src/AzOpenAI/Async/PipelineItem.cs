namespace AzOpenAI.Async;

/// <summary>One action that waits for the pipeline thread.</summary>
internal abstract class PipelineItem
{
    /// <summary>Does it. What the action throws comes out; whoever awaits it is told by <see cref="Fail"/>.</summary>
    public abstract void Perform();

    /// <summary>Tells whoever awaits it that it failed.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Tells whoever awaits it that it will not be done.</summary>
    public abstract void Abandon();
}

/// <summary>An action that nobody awaits.</summary>
internal sealed class PostedItem(Action action) : PipelineItem
{
    public Action Action { get; set; } = action;

    public int? Key { get; init; }

    public override void Perform() => Action();

    public override void Fail(Exception exception)
    {
    }

    public override void Abandon()
    {
    }
}

/// <summary>An action whose answer, or end, is awaited on the pool. Nothing of the awaiting method ever runs on the pipeline thread.</summary>
internal sealed class AwaitedItem<T>(Func<T> action) : PipelineItem
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public override void Perform() => _answer.SetResult(action());

    public override void Fail(Exception exception)
    {
        _answer.SetException(exception);
        _ = _answer.Task.Exception;
    }

    public override void Abandon() => _answer.SetCanceled();
}
