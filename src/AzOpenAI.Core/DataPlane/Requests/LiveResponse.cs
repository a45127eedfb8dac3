using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Requests;

/// <summary>A response of the data plane whose body is still being received.</summary>
internal sealed class LiveResponse : RawResponse
{
    private readonly DataPlaneCall _call;
    private readonly PipelineResponse _response;

    public LiveResponse(DataPlaneCall call, PipelineResponse response)
        : base(response.Status, call.Target)
    {
        _call = call;
        _response = response;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in response.Headers)
            headers[call.Secrets.Redact(name)!] = call.Secrets.Redact(value)!;
        Headers = headers;
        RequestId = AnswerHeaders.RequestId(call, response);
    }

    internal override SecretRedactor Secrets => _call.Secrets;

    public override async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _response.BufferContentAsync(cancellationToken).ConfigureAwait(false);
            return _response.Content.ToMemory();
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
        {
            throw ConnectionFailure.From(_call, exception);
        }
    }

    public override async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        if (_response.ContentStream is not { } source)
            return;
        // A body that is written to a file doesn't use memory, so its size is up to the caller.
        _call.Body?.Lift();
        byte[] buffer = new byte[81920];
        while (true)
        {
            int read;
            try
            {
                read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
            {
                throw ConnectionFailure.From(_call, exception);
            }

            if (read == 0)
                return;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    public override async IAsyncEnumerable<string> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_response.ContentStream is not { } source)
            yield break;
        SseParser<string> parser = SseParser.Create(new EventSizeStream(source), static (_, data) => Encoding.UTF8.GetString(data));
        IAsyncEnumerator<SseItem<string>> events = parser.EnumerateAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
            {
                string data = events.Current.Data;
                if (data == "[DONE]")
                    yield break;
                if (data.Length == 0)
                    continue;
                if (ErrorIn(data) is { } error)
                    throw ServiceFailure.FromStream(_call, error, _call.Facts(_response) with { ResponseBody = data });
                yield return data;
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _response.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
        {
            throw ConnectionFailure.From(_call, exception);
        }
    }

    // A response may have a member of that name that is null, as in the Responses API.
    private static ServiceErrorBody? ErrorIn(string data)
    {
        if (!data.Contains("\"error\"", StringComparison.Ordinal))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            return document.RootElement.Member("error"u8) is null ? null : ServiceErrorBody.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
