using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Streams;

/// <summary>Reads the events of a stream as they arrive, and detects whether it ended properly.</summary>
/// <typeparam name="TEvent">The caller's event for each chunk of text, and for the end.</typeparam>
/// <typeparam name="TAnswer">The whole response.</typeparam>
/// <param name="call">The call.</param>
/// <param name="response">Its response, whose body is the stream.</param>
/// <param name="assembler">Assembles the events.</param>
/// <param name="answer">Everything received so far.</param>
internal sealed class EventStreamReader<TEvent, TAnswer>(DataPlaneCall call, PipelineResponse response, IEventAssembler assembler, Func<TAnswer> answer)
    where TAnswer : class
{
    // The body ends right after [DONE]. Reading the end lets the connection be reused; if a server keeps it open, it is closed.
    private const int EndOfBodyMilliseconds = 250;

    private bool _isGarbage;
    private string? _lastEvent;

    /// <summary>Returns the chunks of text, then one event with the whole response.</summary>
    /// <param name="piece">Creates the event of a chunk: its choice, its text.</param>
    /// <param name="last">Creates the last event.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="AzOpenAIException">ChatStreamFailed, ChatStreamTruncated, NetworkTimeout or a service error; Partial is the response so far.</exception>
    public async IAsyncEnumerable<TEvent> ReadAsync(
        Func<int, string, TEvent> piece, Func<TAnswer, TEvent> last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        SseParser<bool> parser = SseParser.Create(new EventSizeStream(response.ContentStream!), Take);
        IAsyncEnumerator<SseItem<bool>> events = parser.EnumerateAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
            {
                foreach ((int choice, string text) in assembler.Texts)
                    yield return piece(choice, text);
                if (assembler.Error is { } error)
                    throw ServiceFailure.FromStream(call, error, Facts());
                if (_isGarbage)
                    throw Failure.Of(nameof(Messages.ChatStreamFailed), ErrorKind.InvalidResponse, Facts(), call.Deployment, "an event isn't valid JSON");
                if (assembler.Done)
                    break;
            }

            if (!assembler.AllFinished && !(assembler.Done && assembler.HasChoices))
                throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, Facts(), call.Deployment);

            yield return last(answer());
            if (assembler.Done)
            {
                stop.CancelAfter(EndOfBodyMilliseconds);
                await FinishAsync(events).ConfigureAwait(false);
            }
        }
    }

    private bool Take(string eventType, ReadOnlySpan<byte> data)
    {
        _isGarbage = !assembler.Take(eventType, data);
        if (_isGarbage || assembler.Error is not null)
            _lastEvent = Encoding.UTF8.GetString(data);
        return true;
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<bool>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
        {
            if (assembler.AllFinished)
            {
                // The texts are complete; only the usage and late findings of the filter may be missing.
                call.Session.Options.Reporter.Verbose($"{call.Activity}: the connection was closed after the response but before the end of the stream.");
                return false;
            }

            throw exception is IOException or HttpRequestException
                ? Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.Connection, Facts() with { InnerException = exception }, call.Deployment)
                : ConnectionFailure.From(call, exception, answer());
        }
    }

    private static async Task FinishAsync(IAsyncEnumerator<SseItem<bool>> events)
    {
        try
        {
            await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, CancellationToken.None))
        {
        }
    }

    private AnswerFacts Facts() => call.Facts(response) with { ResponseBody = _lastEvent, Partial = answer() };
}
