using System.Globalization;

namespace AzOpenAI.Core.Http;

/// <summary>Waits before a retry, shown to the user and cancelable.</summary>
internal static class RetryWait
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>Waits for the delay.</summary>
    /// <param name="options">Clock and reporter.</param>
    /// <param name="delay">The delay.</param>
    /// <param name="activity">The activity that is delayed and its object: <c>Calling deployment 'gpt' at contoso</c>.</param>
    /// <param name="cause">The reason: <c>the service answered 429</c>.</param>
    /// <param name="cancellationToken">Ends the wait immediately.</param>
    public static async Task WaitAsync(ServiceOptions options, TimeSpan delay, string activity, string cause, CancellationToken cancellationToken)
    {
        // Timers only support whole milliseconds.
        delay = TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
        options.Reporter.Verbose(string.Create(CultureInfo.InvariantCulture, $"{activity}: {cause}. Retrying in {Show(delay)}."));
        if (delay < Tick)
        {
            await Task.Delay(delay, options.Clock, cancellationToken).ConfigureAwait(false);
            return;
        }

        long start = options.Clock.GetTimestamp();
        try
        {
            while (delay - options.Clock.GetElapsedTime(start) is { TotalMilliseconds: >= 1 } left)
            {
                int percent = (int)(100 * (1 - (left / delay)));
                options.Reporter.Progress(new OperationProgress(activity, $"Waiting: {cause}", percent, left));
                await Task.Delay(left < Tick ? left : Tick, options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            options.Reporter.Progress(new OperationProgress(activity, "Waited", 100, TimeSpan.Zero, Completed: true));
        }
    }

    /// <summary>A time as shown to a user: <c>350 ms</c>, <c>20 s</c>, <c>2 min 5 s</c>, <c>24 h</c>.</summary>
    public static string Show(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h"),
    };
}
