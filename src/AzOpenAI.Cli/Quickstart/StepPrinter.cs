using System.Diagnostics;
using System.Globalization;

namespace AzOpenAI.Cli.Quickstart;

/// <summary>Prints each step when it is over: how long, what, on which object, with which outcome.</summary>
internal sealed class StepPrinter(TextWriter output)
{
    public TextWriter Output => output;

    public async Task<T> StepAsync<T>(string what, string target, Func<Task<T>> work, Func<T, string> outcome)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            T result = await work().ConfigureAwait(false);
            Print("ok", started, what, target, outcome(result));
            return result;
        }
        catch (Exception)
        {
            Print("FAILED", started, what, target, "");
            throw;
        }
    }

    public Task StepAsync(string what, string target, Func<Task> work, string outcome = "") =>
        StepAsync(what, target, async () =>
        {
            await work().ConfigureAwait(false);
            return outcome;
        }, text => text);

    private void Print(string state, long started, string what, string target, string outcome)
    {
        string seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        output.WriteLine($"{state,-6} {seconds,7}s  {what,-22} {target}{(outcome.Length == 0 ? "" : $": {outcome}")}");
    }
}
