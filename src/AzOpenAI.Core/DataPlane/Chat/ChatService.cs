using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.DataPlane.Streams;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Chat completions, streamed or not.</summary>
public sealed class ChatService
{
    private const string Operation = "chat/completions";

    private readonly DataPlaneSession _session;

    internal ChatService(DataPlaneSession session) => _session = session;

    /// <summary>Sends the request and waits for the whole response.</summary>
    /// <exception cref="AzOpenAIException">The service rejected the request, failed or couldn't be reached.</exception>
    public async Task<ChatCompletion> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await ChatCall.SendAsync(call, request, stream: false, cancellationToken).ConfigureAwait(false);
        return Complete(response, call, started);
    }

    /// <summary>Sends the request and yields the chunks of the response as they arrive; the last event has the whole completion.</summary>
    /// <remarks>Leaving the enumeration closes the connection, so that no more tokens are generated.</remarks>
    /// <exception cref="AzOpenAIException">
    /// As <see cref="CompleteAsync"/>; once the stream has started also ChatStreamFailed, ChatStreamTruncated and NetworkTimeout, whose
    /// <see cref="AzOpenAIException.Partial"/> is the <see cref="ChatCompletion"/> so far.
    /// </exception>
    public async IAsyncEnumerable<ChatStreamEvent> StreamAsync(ChatRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await ChatCall.SendAsync(call, request, stream: true, cancellationToken).ConfigureAwait(false);
        if (await WholeAnswer.BufferAsync(call, response, cancellationToken).ConfigureAwait(false))
        {
            ChatCompletion whole = Complete(response, call, started);
            foreach (ChatChoice choice in whole.Choices.Where(static choice => choice.Content.Length > 0))
                yield return new ChatStreamEvent { Text = choice.Content, ChoiceIndex = choice.Index };
            yield return new ChatStreamEvent { Completion = whole };
            yield break;
        }

        ChatStreamAssembler assembler = new();
        EventStreamReader<ChatStreamEvent, ChatCompletion> reader = new(call, response, assembler, () => WithFacts(assembler.ToCompletion(), response, call, started));
        IAsyncEnumerable<ChatStreamEvent> events = reader.ReadAsync(
            static (choice, text) => new ChatStreamEvent { Text = text, ChoiceIndex = choice },
            static completion => new ChatStreamEvent { Completion = completion },
            cancellationToken);
        await foreach (ChatStreamEvent item in events.ConfigureAwait(false))
            yield return item;
    }

    private DataPlaneCall NewCall(ChatRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Deployment))
            throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, _session.Connection.Endpoint.Host);
        DataPlaneCall call = new(_session, _session.Target(Operation, request.Deployment), request.Deployment, retry: true);
        if (request.ExtraHeaders is { Count: > 0 } headers)
        {
            HeaderRules.Check(headers);
            call.ExtraHeaders = headers;
        }

        if (_session.Governors is { } governors)
        {
            call.Governor = governors.For(_session.Connection.Endpoint, request.Deployment);
            call.Cost = RequestCost.Of(request);
        }

        return call;
    }

    private static ChatCompletion Complete(PipelineResponse response, DataPlaneCall call, long started)
    {
        ReadOnlyMemory<byte> body = response.Content.ToMemory();
        ChatCompletion completion = ChatResponseReader.Read(body) ?? throw WholeAnswer.Refused(call, response, body);
        return WithFacts(completion, response, call, started);
    }

    private static ChatCompletion WithFacts(ChatCompletion completion, PipelineResponse response, DataPlaneCall call, long started) => completion with
    {
        Deployment = call.Deployment,
        RequestId = AnswerHeaders.RequestId(call, response),
        Region = AnswerHeaders.Region(call, response),
        RateLimit = AnswerHeaders.RateLimit(response),
        Duration = Stopwatch.GetElapsedTime(started),
    };
}
