using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Reads the events of one stream while they arrive, and knows a good end from a bad one.</summary>
internal sealed class ChatStreamReader(DataPlaneCall call, PipelineResponse response, long started)
{
    // The end of the body follows [DONE] at once. Reading it keeps the connection for the next call; a server that holds it open is left.
    private static readonly TimeSpan EndOfBody = TimeSpan.FromMilliseconds(250);

    private readonly ChatStreamAssembler _assembler = new();
    private string? _garbage;

    /// <summary>The pieces of text, then one event with the whole completion.</summary>
    public async IAsyncEnumerable<ChatStreamEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        SseParser<bool> parser = SseParser.Create(response.ContentStream!, Take);
        IAsyncEnumerator<SseItem<bool>> events = parser.EnumerateAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
            {
                foreach ((int choice, string text) in _assembler.Texts)
                    yield return new ChatStreamEvent { Text = text, ChoiceIndex = choice };
                if (_assembler.Error is { } error)
                    throw ServiceFailure.FromStream(call, error, Facts());
                if (_garbage is not null)
                    throw Failure.Of(nameof(Messages.ChatStreamFailed), ErrorKind.InvalidResponse, Facts(), call.Deployment, "an event is not JSON");
                if (_assembler.Done)
                    break;
            }

            if (!_assembler.AllFinished && !(_assembler.Done && _assembler.HasChoices))
                throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, Facts(), call.Deployment);

            yield return new ChatStreamEvent { Completion = Completion() };
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
                // The text is whole; what may be missing is the usage and late findings of the filter.
                call.Session.Options.Reporter.Verbose($"{call.Activity}: the connection ended after the answer but before the end of the stream.");
                return false;
            }

            throw exception is OperationCanceledException
                ? ConnectionFailure.From(call, exception, Completion())
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

    private ChatCompletion Completion() => _assembler.ToCompletion() with
    {
        Deployment = call.Deployment,
        RequestId = AnswerHeaders.RequestId(response),
        Region = AnswerHeaders.Region(response),
        RateLimit = AnswerHeaders.RateLimit(response),
        Duration = Stopwatch.GetElapsedTime(started),
    };

    private AnswerFacts Facts() => new()
    {
        StatusCode = response.Status,
        RequestId = AnswerHeaders.RequestId(response),
        ResponseBody = _garbage,
        Partial = Completion(),
    };
}
