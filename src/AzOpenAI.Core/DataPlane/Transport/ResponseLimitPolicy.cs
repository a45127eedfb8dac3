using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// Right before the transport: limits the size of a response, and reads it in full unless it is a stream. The transport's own reading has no limit.
/// </summary>
internal sealed class ResponseLimitPolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane supports only asynchronous calls.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        if (message.Response is not { ContentStream: { } body } response)
            return;
        DataPlaneCall call = DataPlaneCall.Of(message);
        call.Body = response.Status is < 200 or >= 300
            ? new LimitedStream(body, ResponseLimits.Error, truncate: true)
            : new LimitedStream(body, call.Session.Options.MaxResponseBytes, AnswerHeaders.ContentLength(response));
        response.ContentStream = call.Body;
        if (call.IsBuffered)
            await response.BufferContentAsync(message.CancellationToken).ConfigureAwait(false);
    }
}
