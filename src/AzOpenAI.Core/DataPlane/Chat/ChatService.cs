using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Chat completions, in one piece or as a stream.</summary>
public sealed class ChatService
{
    private const string Operation = "chat/completions";

    private readonly DataPlaneSession _session;

    internal ChatService(DataPlaneSession session) => _session = session;

    /// <summary>Asks and waits for the whole answer.</summary>
    /// <exception cref="AzOpenAIException">The service refused, failed or could not be reached.</exception>
    public async Task<ChatCompletion> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await ChatCall.SendAsync(call, request, stream: false, cancellationToken).ConfigureAwait(false);
        return Complete(response, call, started);
    }

    /// <summary>Asks and yields the pieces of the answer as they arrive; the last event carries the whole completion.</summary>
    /// <remarks>Leaving the enumeration closes the connection, so that no further token is made.</remarks>
    /// <exception cref="AzOpenAIException">
    /// As <see cref="CompleteAsync"/>; once the stream has begun also ChatStreamFailed, ChatStreamTruncated and NetworkTimeout, whose
    /// <see cref="AzOpenAIException.Partial"/> is the <see cref="ChatCompletion"/> so far.
    /// </exception>
    public async IAsyncEnumerable<ChatStreamEvent> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await ChatCall.SendAsync(call, request, stream: true, cancellationToken).ConfigureAwait(false);
        if (AnswerHeaders.MediaType(response) is { } type and not "text/event-stream")
        {
            // Some relays do not stream whatever they are asked: their answer is as good.
            if (type != "application/json")
                throw NotACompletion(response, call, $"Content-Type {type}");
            try
            {
                await response.BufferContentAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
            {
                throw ConnectionFailure.From(call, exception);
            }

            ChatCompletion whole = Complete(response, call, started);
            foreach (ChatChoice choice in whole.Choices.Where(static choice => choice.Content.Length > 0))
                yield return new ChatStreamEvent { Text = choice.Content, ChoiceIndex = choice.Index };
            yield return new ChatStreamEvent { Completion = whole };
            yield break;
        }

        ChatStreamReader reader = new(call, response, started);
        await foreach (ChatStreamEvent item in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            yield return item;
    }

    private DataPlaneCall NewCall(ChatRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Deployment))
            throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, _session.Connection.Endpoint.Host);
        DataPlaneCall call = new(_session, _session.Target(Operation, request.Deployment), request.Deployment, retry: true);
        if (request.ExtraHeaders is { Count: > 0 } headers)
        {
            ConnectionHeaders.Check(headers);
            call.ExtraHeaders = headers;
        }

        if (_session.Options.Governors is { } governors)
        {
            call.Governor = governors.For(_session.Connection.Endpoint, request.Deployment);
            call.Cost = RequestCost.Of(request);
        }

        return call;
    }

    private static ChatCompletion Complete(PipelineResponse response, DataPlaneCall call, long started)
    {
        ReadOnlyMemory<byte> body = response.Content.ToMemory();
        if (ChatResponseReader.Read(body) is not { } completion)
        {
            // A gateway may answer 200 and mean an error.
            if (ServiceErrorBody.Parse(body) is { } error)
                throw ServiceFailure.FromSuccess(call, error, Facts(response));
            throw NotACompletion(response, call, "a body that is no completion");
        }

        return completion with
        {
            Deployment = call.Deployment,
            RequestId = AnswerHeaders.RequestId(response),
            Region = AnswerHeaders.Region(response),
            RateLimit = AnswerHeaders.RateLimit(response),
            Duration = Stopwatch.GetElapsedTime(started),
        };
    }

    private static AzOpenAIException NotACompletion(PipelineResponse response, DataPlaneCall call, string what) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, Facts(response), call.Target.Host, $"HTTP {response.Status} with {what}");

    private static AnswerFacts Facts(PipelineResponse response) => new() { StatusCode = response.Status, RequestId = AnswerHeaders.RequestId(response) };
}
