using System.Diagnostics;
using System.Globalization;

namespace AzOpenAI.Cli.Quickstart;

/// <summary>Prints each step when it is complete: duration, action, object and outcome.</summary>
internal sealed class StepPrinter(Report report)
{
    public Report Report => report;

    public async Task<T> StepAsync<T>(string what, string target, Func<Task<T>> work, Func<T, string> outcome)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            T result = await work().ConfigureAwait(false);
            Print("ok", started, what, target, outcome(result));
            return result;
        }
        catch (Exception exception)
        {
            Print(exception is OperationCanceledException ? "STOP" : "FAILED", started, what, target, "");
            throw;
        }
    }

    public Task StepAsync(string what, string target, Func<Task> work, string outcome = "") =>
        StepAsync(what, target, async () =>
        {
            await work().ConfigureAwait(false);
            return outcome;
        }, text => text);

    /// <summary>Prints why something failed, on one line, and the suggestion, if there is one, on another.</summary>
    public void Explain(AzOpenAIException failure)
    {
        report.Error($"{failure.ErrorId}: {failure.Message}");
        if (failure.Suggestion is not null)
            report.Error($"  {failure.Suggestion}");
    }

    private void Print(string state, long started, string what, string target, string outcome)
    {
        string seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        report.WriteLine($"{state,-6} {seconds,7}s  {what,-22} {target}{(outcome.Length == 0 ? "" : $": {outcome}")}");
    }
}
