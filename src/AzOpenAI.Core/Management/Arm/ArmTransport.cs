using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Uses the shared connections of the process, and limits the size of a response.</summary>
internal sealed class ArmTransport(HttpClient client, ServiceOptions options) : HttpPipelineTransport, IDisposable
{
    private readonly HttpClientTransport _inner = new(client);

    public void Dispose() => _inner.Dispose();

    public override Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("Only asynchronous requests are supported.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        if (message.Request.Headers.TryGetValue("Authorization", out string? token) && token != "Bearer " + EmulatorTokenSource.Token)
            ArmCall.Of(message).Secrets.Add(token);
        await _inner.ProcessAsync(message).ConfigureAwait(false);
        if (message.Response.ContentStream is not { } body)
            return;
        message.Response.ContentStream = message.Response.Status is < 200 or >= 300
            ? new LimitedStream(body, ResponseLimits.Error, truncate: true)
            : new LimitedStream(body, options.MaxResponseBytes, message.Response.Headers.ContentLengthLong);
    }
}
