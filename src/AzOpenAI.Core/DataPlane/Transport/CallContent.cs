using System.ClientModel;
using System.ClientModel.Primitives;

namespace AzOpenAI.Core.DataPlane;

/// <summary>The body of a request, and the way by which a policy finds the call that it works for.</summary>
internal sealed class CallContent : BinaryContent
{
    private readonly ReadOnlyMemory<byte> _body;

    public CallContent(DataPlaneCall call, ReadOnlyMemory<byte> body)
    {
        Call = call;
        _body = body;
        MediaType = "application/json";
    }

    /// <summary>The call.</summary>
    public DataPlaneCall Call { get; }

    /// <summary>The call that a message belongs to.</summary>
    public static DataPlaneCall CallOf(PipelineMessage message) =>
        message.Request.Content is CallContent content ? content.Call
        : message.TryGetProperty(typeof(DataPlaneCall), out object? property) && property is DataPlaneCall call ? call
        : throw new InvalidOperationException("The message was not made by this library.");

    public override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) => stream.Write(_body.Span);

    public override Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) => stream.WriteAsync(_body, cancellationToken).AsTask();

    public override void Dispose()
    {
    }
}
