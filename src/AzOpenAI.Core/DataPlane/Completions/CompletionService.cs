using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Streams;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Completions;

/// <summary>Legacy completions, streamed or not.</summary>
public sealed class CompletionService
{
    private readonly DataPlaneSession _session;

    internal CompletionService(DataPlaneSession session) => _session = session;

    /// <summary>Completes the prompts and waits for the whole response.</summary>
    /// <returns>One completion per prompt and choice, in this order.</returns>
    /// <exception cref="AzOpenAIException">The service rejected the request, failed or couldn't be reached.</exception>
    public async Task<IReadOnlyList<TextCompletion>> CompleteAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await SendAsync(call, request, stream: false, cancellationToken).ConfigureAwait(false);
        return Complete(response, call, request, started);
    }

    /// <summary>Completes the prompts and yields the chunks as they arrive; the last event has all completions.</summary>
    /// <remarks>Leaving the enumeration closes the connection, so that no more tokens are generated.</remarks>
    /// <exception cref="AzOpenAIException">
    /// As <see cref="CompleteAsync"/>; once the stream has started also ChatStreamFailed, ChatStreamTruncated and NetworkTimeout, whose
    /// <see cref="AzOpenAIException.Partial"/> is the list of completions so far.
    /// </exception>
    public async IAsyncEnumerable<CompletionStreamEvent> StreamAsync(CompletionRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        DataPlaneCall call = NewCall(request);
        using PipelineResponse response = await SendAsync(call, request, stream: true, cancellationToken).ConfigureAwait(false);
        if (await WholeAnswer.BufferAsync(call, response, cancellationToken).ConfigureAwait(false))
        {
            List<TextCompletion> whole = Complete(response, call, request, started);
            for (int position = 0; position < whole.Count; position++)
                yield return new CompletionStreamEvent { Text = whole[position].Text, Position = position };
            yield return new CompletionStreamEvent { Completions = whole };
            yield break;
        }

        CompletionAssembler assembler = new(request);
        EventStreamReader<CompletionStreamEvent, List<TextCompletion>> reader = new(call, response, assembler, () => Finish(call, assembler, response, started));
        IAsyncEnumerable<CompletionStreamEvent> events = reader.ReadAsync(
            static (position, text) => new CompletionStreamEvent { Text = text, Position = position },
            static completions => new CompletionStreamEvent { Completions = completions },
            cancellationToken);
        await foreach (CompletionStreamEvent item in events.ConfigureAwait(false))
            yield return item;
    }

    private static Task<PipelineResponse> SendAsync(DataPlaneCall call, CompletionRequest request, bool stream, CancellationToken cancellationToken)
    {
        Connection connection = call.Session.Connection;
        ReadOnlyMemory<byte> body = CompletionRequestWriter.Write(request, !call.Session.IsDated, stream, stream && StreamUsage.IsKnown(connection));
        return DataPlaneSender.PostAsync(call, body, stream, cancellationToken);
    }

    private static List<TextCompletion> Complete(PipelineResponse response, DataPlaneCall call, CompletionRequest request, long started)
    {
        CompletionAssembler assembler = new(request);
        ReadOnlyMemory<byte> body = response.Content.ToMemory();
        if (!assembler.TakeWhole(body))
            throw WholeAnswer.Refused(call, response, body);
        return Finish(call, assembler, response, started);
    }

    /// <summary>Adds data from the response's headers to the completions.</summary>
    private static List<TextCompletion> Finish(DataPlaneCall call, CompletionAssembler assembler, PipelineResponse response, long started)
    {
        List<TextCompletion> completions = assembler.ToCompletions();
        string? requestId = AnswerHeaders.RequestId(call, response);
        string? region = AnswerHeaders.Region(call, response);
        RateLimitState? rateLimit = AnswerHeaders.RateLimit(response);
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        for (int i = 0; i < completions.Count; i++)
            completions[i] = completions[i] with { RequestId = requestId, Region = region, RateLimit = rateLimit, Duration = duration };
        return completions;
    }

    private DataPlaneCall NewCall(CompletionRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Deployment))
            throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, _session.Connection.Endpoint.Host);
        return new DataPlaneCall(_session, _session.Target("completions", request.Deployment), request.Deployment, retry: true);
    }
}
