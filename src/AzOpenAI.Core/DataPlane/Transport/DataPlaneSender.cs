using System.ClientModel;
using System.ClientModel.Primitives;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Sends one request over the OpenAI package's protocol method and turns whatever is no success into an <see cref="AzOpenAIException"/>.</summary>
internal static class DataPlaneSender
{
    private const int MaxErrorBody = 64 * 1024;

    /// <summary>Sends a chat request.</summary>
    /// <param name="call">The call.</param>
    /// <param name="body">JSON.</param>
    /// <param name="stream">True: returns at the headers, and the caller reads and disposes the live body.</param>
    /// <param name="cancellationToken">Closes the connection at once.</param>
    /// <returns>A success, the caller's to dispose.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static async Task<PipelineResponse> SendChatAsync(DataPlaneCall call, ReadOnlyMemory<byte> body, bool stream, CancellationToken cancellationToken)
    {
        RequestOptions options = new()
        {
            CancellationToken = cancellationToken,
            BufferResponse = !stream,
            ErrorOptions = ClientErrorBehaviors.NoThrow,
        };
        PipelineResponse response;
        try
        {
            using CallContent content = new(call, body);
            ClientResult answer = await SharedChatClient.For(call.Target).CompleteChatAsync(content, options).ConfigureAwait(false);
            response = answer.GetRawResponse();
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
            throw ConnectionFailure.From(call, exception);
        }

        return await CheckAsync(call, response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads from <see cref="DataPlaneCall.Target"/>.</summary>
    /// <returns>A success, the caller's to dispose.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static async Task<PipelineResponse> GetAsync(DataPlaneCall call, CancellationToken cancellationToken)
    {
        ClientPipeline pipeline = SharedChatClient.For(call.Target).Pipeline;
        using PipelineMessage message = pipeline.CreateMessage();
        message.Request.Method = "GET";
        message.Request.Uri = call.Target;
        message.Request.Headers.Set("Accept", "application/json");
        message.SetProperty(typeof(DataPlaneCall), call);
        message.Apply(new RequestOptions { CancellationToken = cancellationToken });
        try
        {
            await pipeline.SendAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
            throw ConnectionFailure.From(call, exception);
        }

        return await CheckAsync(call, message.ExtractResponse()!, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request that the caller put together to <see cref="DataPlaneCall.Target"/>; returns at the headers.</summary>
    /// <returns>A success, the caller's to dispose.</returns>
    /// <exception cref="AzOpenAIException">Anything else.</exception>
    public static async Task<PipelineResponse> SendAsync(DataPlaneCall call, RawRequest request, CancellationToken cancellationToken)
    {
        ClientPipeline pipeline = SharedChatClient.For(call.Target).Pipeline;
        using PipelineMessage message = pipeline.CreateMessage();
        using RawContent? content = request.Body is { } body ? new RawContent(body) : null;
        message.Request.Method = request.Method;
        message.Request.Uri = call.Target;
        message.Request.Content = content;
        message.Request.Headers.Set("Accept", "*/*");
        if (content is not null)
            message.Request.Headers.Set("Content-Type", content.ContentType);
        message.BufferResponse = false;
        message.SetProperty(typeof(DataPlaneCall), call);
        message.Apply(new RequestOptions { CancellationToken = cancellationToken, BufferResponse = false });
        try
        {
            await pipeline.SendAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
            throw ConnectionFailure.From(call, exception);
        }

        return await CheckAsync(call, message.ExtractResponse()!, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<PipelineResponse> CheckAsync(DataPlaneCall call, PipelineResponse response, CancellationToken cancellationToken)
    {
        if (response.Status is >= 200 and < 300)
            return response;

        using (response)
        {
            byte[] error = await ReadErrorAsync(response, call.Session.Options, cancellationToken).ConfigureAwait(false);
            throw ServiceFailure.From(call, response, error);
        }
    }

    private static async Task<byte[]> ReadErrorAsync(PipelineResponse response, ServiceOptions options, CancellationToken cancellationToken)
    {
        if (response.ContentStream is not { } stream)
            return [];

        // The status is what counts: a body that stalls or breaks off is taken as far as it came.
        byte[] buffer = new byte[MaxErrorBody];
        int length = 0;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.NetworkTimeout);
        try
        {
            int read;
            while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), limit.Token).ConfigureAwait(false)) > 0)
                length += read;
        }
        catch (Exception exception) when (RetryPolicy.IsConnectionFailure(exception, cancellationToken))
        {
        }

        return buffer[..length];
    }
}
