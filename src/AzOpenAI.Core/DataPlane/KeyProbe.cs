using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Asks whether the data plane takes a key, with the list of models: it runs no model, so no token is billed, and needs no deployment.</summary>
internal sealed class KeyProbe(DataPlaneSession session, string subject)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastDelay = TimeSpan.FromSeconds(5);

    /// <summary>Asks until the key is taken: a new one is known everywhere only after a while. Failures that pass are waited out, too.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>Ready; NotReady where the key is refused to the end; Unverified where nobody can ask from here. Throws for cancellation only.</returns>
    public async Task<ProbeResult> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        ServiceOptions options = session.Options;
        DataPlaneCall call = new(session, session.Target("models", ""), subject, retry: false);
        string activity = $"Testing {subject} at {call.Target.Host}";
        long start = options.Clock.GetTimestamp();
        TimeSpan delay = FirstDelay;
        try
        {
            while (true)
            {
                (ProbeOutcome outcome, bool again, string reason, int? status, TimeSpan? asked) = await AskAsync(call, cancellationToken).ConfigureAwait(false);
                TimeSpan waited = options.Clock.GetElapsedTime(start);
                TimeSpan pause = asked > delay ? asked.Value : delay;
                if (!again || waited + pause > limit)
                {
                    options.Reporter.Verbose($"{activity}: {reason}.");
                    return new ProbeResult(outcome, reason, status, waited);
                }

                options.Reporter.Progress(new OperationProgress(activity, reason, Remaining: limit - waited));
                await Task.Delay(pause, options.Clock, cancellationToken).ConfigureAwait(false);
                delay = delay * 1.5 > LastDelay ? LastDelay : delay * 1.5;
            }
        }
        finally
        {
            options.Reporter.Progress(new OperationProgress(activity, "Done", Completed: true));
        }
    }

    private static async Task<(ProbeOutcome Outcome, bool Again, string Reason, int? Status, TimeSpan? Asked)> AskAsync(
        DataPlaneCall call, CancellationToken cancellationToken)
    {
        try
        {
            using PipelineResponse response = await DataPlaneSender.GetAsync(call, cancellationToken).ConfigureAwait(false);
            return (ProbeOutcome.Ready, false, "the key is accepted", response.Status, null);
        }
        catch (AzOpenAIException refusal)
        {
            string reason = refusal.Message.TrimEnd('.');
            return refusal.StatusCode switch
            {
                401 => (ProbeOutcome.NotReady, true, "the data plane rejected the key (401)", 401, null),
                null => (ProbeOutcome.Unverified, true, reason, null, null),
                int status when RetrySchedule.IsTransient(status) => (ProbeOutcome.Unverified, true, reason, status, refusal.RetryAfter),
                int status => (ProbeOutcome.Unverified, false, reason, status, null),
            };
        }
    }
}
