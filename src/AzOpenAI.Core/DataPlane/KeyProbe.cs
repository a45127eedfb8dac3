using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Checks whether the data plane accepts a key, by listing models: it runs no model, so no token is billed, and needs no deployment.</summary>
internal sealed class KeyProbe(DataPlaneSession session, string subject)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastDelay = TimeSpan.FromSeconds(5);

    /// <summary>Polls until the key is accepted: a new one takes a while to be known everywhere. Transient failures are retried too.</summary>
    /// <param name="limit">Maximum time.</param>
    /// <param name="cancellationToken">Ends it immediately.</param>
    /// <returns>Ready; NotReady if the key was rejected until the end; Unverified if it can't be checked from here. Throws for cancellation only.</returns>
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
