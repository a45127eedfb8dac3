using System.Runtime.CompilerServices;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Requests;

/// <summary>A response of Azure Resource Manager with its body.</summary>
internal sealed class BufferedResponse : RawResponse
{
    private readonly ReadOnlyMemory<byte> _body;

    public BufferedResponse(ArmResponse response)
        : base(response.Status, response.RequestUri)
    {
        _body = response.Body.ToMemory();
        Secrets = response.Secrets;
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in response.Headers)
            headers[Secrets.Redact(name)!] = Secrets.Redact(value)!;
        Headers = headers;
        RequestId = response.Secrets.Redact(response.RequestId);
    }

    internal override SecretRedactor Secrets { get; }

    public override Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(_body);

    public override Task CopyToAsync(Stream target, CancellationToken cancellationToken) => target.WriteAsync(_body, cancellationToken).AsTask();

    // Azure Resource Manager doesn't send any.
    public override async IAsyncEnumerable<string> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield break;
    }
}
