using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Transport;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Sends a chat request, and retries it without the parameters that the model rejected.</summary>
internal static class ChatCall
{
    private const int MaxRefusals = 4;

    /// <summary>Sends the request.</summary>
    /// <exception cref="AzOpenAIException">Anything but success.</exception>
    public static Task<PipelineResponse> SendAsync(DataPlaneCall call, ChatRequest request, bool stream, CancellationToken cancellationToken) =>
        ParameterFits.Concern(request)
            ? SendFittedAsync(call, request, stream, cancellationToken)
            : DataPlaneSender.PostAsync(call, Body(call, request, ParameterFit.CompletionTokens, stream), stream, cancellationToken);

    private static async Task<PipelineResponse> SendFittedAsync(DataPlaneCall call, ChatRequest request, bool stream, CancellationToken cancellationToken)
    {
        DataPlaneSession session = call.Session;
        ParameterFit fit = ParameterFits.For(session.Connection, request);
        foreach (string field in ParameterFits.Missing(request, fit))
            session.Options.Reporter.Verbose($"{call.Activity}: the model doesn't support {field}. It isn't sent.");

        for (int refusals = 0; ; refusals++)
        {
            try
            {
                ReadOnlyMemory<byte> body = Body(call, fit.Apply(request), fit.TokenLimit, stream);
                PipelineResponse response = await DataPlaneSender.PostAsync(call, body, stream, cancellationToken).ConfigureAwait(false);
                if (refusals > 0)
                    ParameterFits.Remember(session.Connection, request.Deployment, fit);
                return response;
            }
            catch (AzOpenAIException refusal) when (refusals < MaxRefusals && ParameterFits.AfterRefusal(refusal, request, fit) is { } next)
            {
                if (next.TokenLimit != fit.TokenLimit)
                    session.Options.Reporter.Verbose($"{call.Activity}: the model doesn't support {fit.TokenLimit}. Sending {next.TokenLimit} instead.");
                else
                    session.Options.Reporter.Warning($"The model of deployment '{call.Deployment}' doesn't support {ParameterNames.Show(next.LeftOut[^1])}. It isn't sent in this and later calls.");
                fit = next;
            }
        }
    }

    private static ReadOnlyMemory<byte> Body(DataPlaneCall call, ChatRequest request, string limitName, bool stream) =>
        ChatRequestWriter.Write(request, !call.Session.IsDated, limitName, stream, stream && StreamUsage.IsKnown(call.Session.Connection));
}
