using System.ClientModel.Primitives;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Sends the request where the connection says: the SDK knows one base per client, and not Azure's dated routes.</summary>
internal sealed class RoutePolicy : PipelinePolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Route(message);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        Route(message);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Route(PipelineMessage message)
    {
        DataPlaneCall call = CallContent.CallOf(message);
        message.Request.Uri = call.Target;
        message.NetworkTimeout = call.Session.Options.NetworkTimeout;
        if (call.Session.Connection.Kind != ConnectionKind.OpenAI)
            message.Request.Headers.Set("x-ms-client-request-id", Guid.NewGuid().ToString());
    }
}
