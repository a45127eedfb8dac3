using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI.Async;

/// <summary>Runs what a completer asks for, and gives up after two seconds whether the task cooperates or not.</summary>
internal static class CompleterRunner
{
    /// <summary>Longest that a Tab may take.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>The result, or false when it failed or did not come in time.</summary>
    public static bool TryRun<T>(Func<CancellationToken, Task<T>> work, [NotNullWhen(true)] out T? result)
        where T : class
    {
        using CancellationTokenSource deadline = new(Deadline);
        Task<T> task = Task.Run(() => work(deadline.Token));
        try
        {
            if (task.Wait(Deadline))
            {
                result = task.Result;
                return true;
            }
        }
        catch (AggregateException)
        {
            // Nobody reads an error at a Tab.
        }

        _ = task.ContinueWith(static late => _ = late.Exception, TaskScheduler.Default);
        result = null;
        return false;
    }
}
