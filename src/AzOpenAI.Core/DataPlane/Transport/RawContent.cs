using System.ClientModel;
using System.Net.Http.Headers;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>The body of a raw request; it can be written again for a retry.</summary>
internal sealed class RawContent : BinaryContent
{
    private readonly RawBody _body;
    private readonly string? _boundary;

    public RawContent(RawBody body)
    {
        _body = body;
        _boundary = body.Form is null ? null : "azopenai-" + Guid.NewGuid().ToString("N");
        MediaType = ContentType;
    }

    /// <summary>The value of the header.</summary>
    public string ContentType => _boundary is null ? _body.ContentType : $"multipart/form-data; boundary=\"{_boundary}\"";

    public override bool TryComputeLength(out long length)
    {
        if (_body.Form is null)
        {
            length = _body.Bytes.Length;
            return true;
        }

        using MultipartFormDataContent form = CreateForm();
        length = form.Headers.ContentLength ?? 0;
        return form.Headers.ContentLength is not null;
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The data plane supports only asynchronous calls.");

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        if (_body.Form is null)
        {
            await stream.WriteAsync(_body.Bytes, cancellationToken).ConfigureAwait(false);
            return;
        }

        using MultipartFormDataContent form = CreateForm();
        await form.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
    }

    private MultipartFormDataContent CreateForm()
    {
        MultipartFormDataContent form = new(_boundary!);
        foreach (RawFormField field in _body.Form!)
        {
            ReadOnlyMemoryContent part = new(field.Data);
            if (field.FileName is { } name)
            {
                form.Add(part, field.Name, name);
            }
            else
            {
                part.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
                form.Add(part, field.Name);
            }
        }

        return form;
    }
}
