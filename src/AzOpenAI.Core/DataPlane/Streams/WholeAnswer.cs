using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Streams;

/// <summary>Reads responses that aren't streamed although a stream was requested, and creates the errors for bodies that aren't completions.</summary>
internal static class WholeAnswer
{
    /// <summary>Some relays never stream. Their response is just as good and is read here.</summary>
    /// <returns>False if the response is a stream, of which nothing was read.</returns>
    /// <exception cref="AzOpenAIException">InvalidResponse: neither; NetworkTimeout or another connection error.</exception>
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

    /// <summary>Creates the error for a body that isn't a completion: a gateway may return 200 with an error.</summary>
    public static AzOpenAIException Refused(DataPlaneCall call, PipelineResponse response, ReadOnlyMemory<byte> body) =>
        ServiceErrorBody.Parse(body) is { } error
            ? ServiceFailure.FromSuccess(call, error, call.Facts(response))
            : NotACompletion(call, response, "a body that isn't a completion");

    private static AzOpenAIException NotACompletion(DataPlaneCall call, PipelineResponse response, string what) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, call.Facts(response), call.Target.Host, $"HTTP {response.Status} with {what}");
}
