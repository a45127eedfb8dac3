namespace AzOpenAI.Async;

/// <summary>The pipeline thread as seen from a task on the pool: the only thread that may write, ask or run a script block.</summary>
internal interface IPipelineWriter
{
    /// <summary>
    /// Performs an action on the pipeline thread. The task ends when the action has, which is the back-pressure: whoever writes waits for the
    /// commands downstream. What the action throws ends the record; the task gets the same exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipeline takes nothing more.</exception>
    Task InvokeAsync(Action action);

    /// <summary>As <see cref="InvokeAsync(Action)"/>, with an answer.</summary>
    Task<T> InvokeAsync<T>(Func<T> question);

    /// <summary>Leaves an action for the pipeline thread and returns at once. Dropped when the pipeline takes nothing more.</summary>
    void Post(Action action);

    /// <summary>As <see cref="Post"/>, but replaces an action of the same key that still waits: only the latest matters.</summary>
    void PostLatest(int key, Action action);
}
