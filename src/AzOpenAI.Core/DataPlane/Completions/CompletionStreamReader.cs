using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Reads the events of one streamed completion while they arrive, and knows a good end from a bad one.</summary>
internal sealed class CompletionStreamReader(DataPlaneCall call, CompletionRequest request, PipelineResponse response, long started)
{
    // The end of the body follows [DONE] at once. Reading it keeps the connection for the next call; a server that holds it open is left.
    private static readonly TimeSpan EndOfBody = TimeSpan.FromMilliseconds(250);

    private readonly CompletionAssembler _assembler = new(request);
    private string? _garbage;

    /// <summary>The pieces of text, then one event with all completions.</summary>
    public async IAsyncEnumerable<CompletionStreamEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        SseParser<bool> parser = SseParser.Create(response.ContentStream!, Take);
        IAsyncEnumerator<SseItem<bool>> events = parser.EnumerateAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
            {
                foreach ((int position, string text) in _assembler.Texts)
                    yield return new CompletionStreamEvent { Text = text, Position = position };
                if (_assembler.Error is { } error)
                    throw ServiceFailure.FromStream(call, error, Facts());
                if (_garbage is not null)
                    throw Failure.Of(nameof(Messages.ChatStreamFailed), ErrorKind.InvalidResponse, Facts(), call.Deployment, "an event is not JSON");
                if (_assembler.Done)
                    break;
            }

            if (!_assembler.AllFinished && !(_assembler.Done && _assembler.HasChoices))
                throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, Facts(), call.Deployment);

            yield return new CompletionStreamEvent { Completions = Completions() };
            if (_assembler.Done)
            {
                stop.CancelAfter(EndOfBody);
                await FinishAsync(events).ConfigureAwait(false);
            }
        }
    }

    private bool Take(string eventType, ReadOnlySpan<byte> data)
    {
        if (!_assembler.Take(eventType, data))
            _garbage = Encoding.UTF8.GetString(data[..Math.Min(data.Length, 1024)]);
        return true;
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<bool>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
            if (_assembler.AllFinished)
            {
                // The texts are whole; what may be missing is the usage.
                call.Session.Options.Reporter.Verbose($"{call.Activity}: the connection ended after the answer but before the end of the stream.");
                return false;
            }

            throw exception is OperationCanceledException
                ? ConnectionFailure.From(call, exception, Completions())
                : Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.Connection, Facts() with { InnerException = exception }, call.Deployment);
        }
    }

    private static async Task FinishAsync(IAsyncEnumerator<SseItem<bool>> events)
    {
        try
        {
            await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException)
        {
        }
    }

    private List<TextCompletion> Completions() => CompletionService.Finish(_assembler, response, started);

    private AnswerFacts Facts() => new()
    {
        StatusCode = response.Status,
        RequestId = AnswerHeaders.RequestId(response),
        ResponseBody = _garbage,
        Partial = Completions(),
    };
}
