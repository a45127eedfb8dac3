using System.ClientModel;
using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// Replaces the SDK's own retries with <see cref="RetrySchedule"/>. For a stream it ends at the response's headers, so that no text is repeated.
/// </summary>
internal sealed class RetryPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane supports only asynchronous calls.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneCall call = DataPlaneCall.Of(message);
        ServiceOptions options = call.Session.Options;
        RetrySchedule schedule = new(options.MaxWait, options.Clock);
        GovernedCall? governed = call.Governor is null ? null : new GovernedCall(call, schedule);
        while (true)
        {
            if (governed is not null)
                await governed.EnterAsync(message.CancellationToken).ConfigureAwait(false);
            string cause;
            try
            {
                await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
                PipelineResponse response = message.Response!;
                if (governed is not null && governed.IsRefusal(response))
                {
                    if (!call.Decision.Again)
                        return;
                    response.Dispose();
                    continue;
                }

                call.Decision = call.Retry && RetrySchedule.IsTransient(response.Status) && (call.Replayable || response.Status == 429)
                    ? schedule.AfterAnswer(response.Status, name => response.Headers.TryGetValue(name, out string? value) ? value : null)
                    : RetryDecision.Stop;
                if (!call.Decision.Again)
                    return;
                cause = $"the service returned {response.Status}";
                response.Dispose();
            }
            catch (Exception exception) when (IsConnectionFailure(exception, message.CancellationToken))
            {
                call.Decision = call.Retry && (call.Replayable || TransportFailure.WasNeverSent(exception)) ? schedule.AfterConnectionFailure() : RetryDecision.Stop;
                if (!call.Decision.Again)
                    throw;
                cause = exception is OperationCanceledException ? "the service didn't respond in time" : "the connection failed";
            }

            await RetryWait.WaitAsync(options, call.Decision.Delay, call.Activity, cause, message.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True for a socket that failed or timed out; false if the caller canceled.</summary>
    public static bool IsConnectionFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        ClientResultException failed => failed.Status == 0,
        HttpRequestException or IOException => true,
        _ => false,
    };
}
