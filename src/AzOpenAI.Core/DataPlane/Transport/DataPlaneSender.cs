using System.ClientModel;
using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Sends one request over the shared pipeline and turns every response that isn't a success into an <see cref="AzOpenAIException"/>.</summary>
internal static class DataPlaneSender
{
    private const string Json = "application/json";

    /// <summary>Posts JSON to <see cref="DataPlaneCall.Target"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="body">JSON.</param>
    /// <param name="stream">True to return when the headers are received; the caller reads and disposes the body.</param>
    /// <param name="cancellationToken">Closes the connection immediately.</param>
    /// <returns>A successful response, which the caller disposes.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static Task<PipelineResponse> PostAsync(DataPlaneCall call, ReadOnlyMemory<byte> body, bool stream, CancellationToken cancellationToken)
    {
        PipelineMessage message = CreateMessage(call, "POST", Json, !stream, cancellationToken);
        message.Request.Headers.Set("Content-Type", Json);
        message.Request.Content = BinaryContent.Create(BinaryData.FromBytes(body));
        return SendAsync(call, message, cancellationToken);
    }

    /// <summary>Sends a GET request to <see cref="DataPlaneCall.Target"/>.</summary>
    /// <returns>A successful response, which the caller disposes.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static Task<PipelineResponse> GetAsync(DataPlaneCall call, CancellationToken cancellationToken) =>
        SendAsync(call, CreateMessage(call, "GET", Json, buffer: true, cancellationToken), cancellationToken);

    /// <summary>Sends the caller's request to <see cref="DataPlaneCall.Target"/>; returns when the headers are received.</summary>
    /// <returns>A successful response, which the caller disposes.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static Task<PipelineResponse> SendAsync(DataPlaneCall call, RawRequest request, CancellationToken cancellationToken)
    {
        PipelineMessage message = CreateMessage(call, request.Method, "*/*", buffer: false, cancellationToken);
        if (request.Body is { } body)
        {
            RawContent content = new(body);
            message.Request.Content = content;
            message.Request.Headers.Set("Content-Type", content.ContentType);
        }

        return SendAsync(call, message, cancellationToken);
    }

    private static PipelineMessage CreateMessage(DataPlaneCall call, string method, string accept, bool buffer, CancellationToken cancellationToken)
    {
        PipelineMessage message = call.Session.Pipeline.CreateMessage();
        PipelineRequest request = message.Request;
        request.Method = method;
        request.Uri = call.Target;
        request.Headers.Set("Accept", accept);
        if (call.Session.Connection.Kind != ConnectionKind.OpenAI)
            request.Headers.Set("x-ms-client-request-id", Guid.NewGuid().ToString());
        message.NetworkTimeout = call.Session.Options.NetworkTimeout;
        call.Mark(message);
        call.IsBuffered = buffer;
        message.Apply(new RequestOptions { CancellationToken = cancellationToken, BufferResponse = false });
        return message;
    }

    private static async Task<PipelineResponse> SendAsync(DataPlaneCall call, PipelineMessage message, CancellationToken cancellationToken)
    {
        // Disposes the request and its content too.
        using PipelineMessage sent = message;
        try
        {
            await call.Session.Pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFailure.Is(exception, cancellationToken))
        {
            throw ConnectionFailure.From(call, exception);
        }

        PipelineResponse response = message.ExtractResponse()!;
        return response.Status is >= 200 and < 300 ? response : throw await FailAsync(call, response, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<AzOpenAIException> FailAsync(DataPlaneCall call, PipelineResponse response, CancellationToken cancellationToken)
    {
        using (response)
            return ServiceFailure.From(call, response, await ReadErrorAsync(response, call.Session.Options, cancellationToken).ConfigureAwait(false));
    }

    private static async Task<byte[]> ReadErrorAsync(PipelineResponse response, ServiceOptions options, CancellationToken cancellationToken)
    {
        if (response.ContentStream is not { } stream)
            return [];

        // The status matters: a body that stalls or is interrupted is used as far as it was received.
        using MemoryStream body = new();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.NetworkTimeout);
        try
        {
            // The transport closes it at its own limit.
            await stream.CopyToAsync(body, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
        }

        return body.ToArray();
    }
}
