using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Streams;

/// <summary>Answers in one piece, also where a stream was asked for, and what they are when they are no completion.</summary>
internal static class WholeAnswer
{
    /// <summary>Some relays do not stream whatever they are asked: their answer is as good, and is read whole here.</summary>
    /// <returns>False where the answer is a stream, of which nothing was read.</returns>
    /// <exception cref="AzOpenAIException">InvalidResponse: neither; NetworkTimeout or what else broke the connection.</exception>
    public static async ValueTask<bool> BufferAsync(DataPlaneCall call, PipelineResponse response, CancellationToken cancellationToken)
    {
        if (AnswerHeaders.MediaType(response) is not { } type || type == "text/event-stream")
            return false;
        if (type != "application/json")
            throw NotACompletion(call, response, $"Content-Type {type}");
        try
        {
            await response.BufferContentAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
        {
            throw ConnectionFailure.From(call, exception);
        }
    }

    /// <summary>The error for a body that is no completion: a gateway may answer 200 and mean an error.</summary>
    public static AzOpenAIException Refused(DataPlaneCall call, PipelineResponse response, ReadOnlyMemory<byte> body) =>
        ServiceErrorBody.Parse(body) is { } error
            ? ServiceFailure.FromSuccess(call, error, call.Facts(response))
            : NotACompletion(call, response, "a body that isn't a completion");

    private static AzOpenAIException NotACompletion(DataPlaneCall call, PipelineResponse response, string what) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, call.Facts(response), call.Target.Host, $"HTTP {response.Status} with {what}");
}
