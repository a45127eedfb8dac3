namespace AzOpenAI.Async;

/// <summary>An action that is queued for the pipeline thread.</summary>
internal abstract class PipelineItem
{
    /// <summary>Runs it. Its exceptions aren't caught; the awaiting task is notified by <see cref="Fail"/>.</summary>
    public abstract void Perform();

    /// <summary>Notifies the awaiting task of a failure.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>Notifies the awaiting task that it won't be run.</summary>
    public abstract void Abandon();
}

/// <summary>An action that isn't awaited.</summary>
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

/// <summary>An action whose result or completion is awaited on the thread pool. The awaiting method never continues on the pipeline thread.</summary>
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
