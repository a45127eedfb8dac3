using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI.Async;

/// <summary>Runs the task of a completer, and gives up after two seconds whether the task cooperates or not.</summary>
internal static class CompleterRunner
{
    /// <summary>Time-out of a completion.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <summary>The result, or false if it failed or timed out.</summary>
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
            // Errors of a completion aren't shown.
        }

        _ = task.ContinueWith(static late => _ = late.Exception, TaskScheduler.Default);
        result = null;
        return false;
    }
}
