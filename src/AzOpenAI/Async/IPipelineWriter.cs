namespace AzOpenAI.Async;

/// <summary>The pipeline thread for tasks on the thread pool: the only thread that may write, prompt or run a script block.</summary>
internal interface IPipelineWriter
{
    /// <summary>
    /// Performs an action on the pipeline thread. The task completes after the action, which is the back-pressure: a writer waits for the
    /// commands downstream. An exception in the action ends the record; the task gets the same exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipeline accepts no more actions.</exception>
    Task InvokeAsync(Action action);

    /// <summary>As <see cref="InvokeAsync(Action)"/>, with a result.</summary>
    Task<T> InvokeAsync<T>(Func<T> question);

    /// <summary>Queues an action for the pipeline thread and returns immediately. Dropped if the pipeline accepts no more actions.</summary>
    void Post(Action action);

    /// <summary>As <see cref="Post"/>, but replaces a queued action with the same key: only the latest matters.</summary>
    void PostLatest(int key, Action action);
}
