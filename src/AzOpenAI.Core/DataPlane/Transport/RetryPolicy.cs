using System.ClientModel;
using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>
/// Puts <see cref="RetrySchedule"/> in the place of the SDK's own retries. For a stream it ends at the answer's headers, so that no text comes twice.
/// </summary>
internal sealed class RetryPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane is called asynchronously only.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneCall call = CallContent.CallOf(message);
        ServiceOptions options = call.Session.Options;
        RetrySchedule schedule = new(options.MaxWait, options.Clock);
        while (true)
        {
            string cause;
            try
            {
                await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
                PipelineResponse response = message.Response!;
                call.Decision = call.Retry && RetrySchedule.IsTransient(response.Status)
                    ? schedule.AfterAnswer(response.Status, name => response.Headers.TryGetValue(name, out string? value) ? value : null)
                    : RetryDecision.Stop;
                if (!call.Decision.Again)
                    return;
                cause = $"the service answered {response.Status}";
                response.Dispose();
            }
            catch (Exception exception) when (IsConnectionFailure(exception, message.CancellationToken))
            {
                call.Decision = call.Retry ? schedule.AfterConnectionFailure() : RetryDecision.Stop;
                if (!call.Decision.Again)
                    throw;
                cause = exception is OperationCanceledException ? "the service did not answer in time" : "the connection failed";
            }

            await RetryWait.WaitAsync(options, call.Decision.Delay, call.Activity, cause, message.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>True for a socket that failed, broke or stayed silent; false where the caller stopped.</summary>
    public static bool IsConnectionFailure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        ClientResultException failed => failed.Status == 0,
        HttpRequestException or IOException => true,
        _ => false,
    };
}
