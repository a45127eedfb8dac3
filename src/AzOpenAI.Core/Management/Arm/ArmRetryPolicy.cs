using AzOpenAI.Core.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Retries with the schedule of both planes, and reports it.</summary>
internal sealed class ArmRetryPolicy(ServiceOptions options) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Only asynchronous requests are supported.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ArmCall call = ArmCall.Of(message);
        var schedule = new RetrySchedule(call.Budget.Remaining, options.Clock);
        string activity = call.Request.Activity ?? $"{message.Request.Method} {call.Request.Path}";
        while (true)
        {
            (RetryDecision decision, string why) = await TryAsync(message, pipeline, call, schedule).ConfigureAwait(false);
            if (!decision.Again)
            {
                call.LastDecision = decision;
                return;
            }

            if (message.HasResponse)
                message.Response.Dispose();
            await RetryWait.WaitAsync(options, decision.Delay, activity, why, message.CancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(RetryDecision Decision, string Why)> TryAsync(
        HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, ArmCall call, RetrySchedule schedule)
    {
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ResponseTooLargeException or InvalidDataException)
        {
            // It would be too large, or invalid, again.
            throw TransportFailure.ToException(e, message.Request.Uri.ToUri(), call.Secrets, options);
        }
        catch (Exception e) when (TransportFailure.Is(e, message.CancellationToken))
        {
            bool again = call.Request.Replayable || TransportFailure.WasNeverSent(e);
            RetryDecision retry = again ? schedule.AfterConnectionFailure() : RetryDecision.Stop;
            if (!retry.Again)
                throw TransportFailure.ToException(e, message.Request.Uri.ToUri(), call.Secrets, options);
            return (retry, TransportFailure.Describe(e));
        }

        int status = message.Response.Status;
        if (!call.Request.Replayable && status != 429)
            return (RetryDecision.Stop, "");
        RetryDecision decision = schedule.AfterAnswer(status, name => message.Response.Headers.TryGetValue(name, out string? value) ? value : null);
        return (decision, status == 429 ? "the service is throttling requests (429)" : $"the service returned {status}");
    }
}
