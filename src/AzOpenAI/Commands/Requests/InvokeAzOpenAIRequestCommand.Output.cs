using System.Management.Automation;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Http;
using AzOpenAI.Files;
using AzOpenAI.Json;

namespace AzOpenAI.Commands;

/// <content>The output: JSON objects, text, bytes, a file.</content>
public sealed partial class InvokeAzOpenAIRequestCommand
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    public SwitchParameter IncludeHeader { get; set; }

    private async Task EmitAsync(RawResponse response, string? file, CancellationToken cancellationToken)
    {
        object? content = null;
        if (file is not null)
        {
            await ResponseFile.WriteAsync(response, file, cancellationToken).ConfigureAwait(false);
        }
        else if (response.MediaType == "text/event-stream" && !IncludeHeader)
        {
            await foreach (string data in response.ReadEventsAsync(cancellationToken).ConfigureAwait(false))
                await WriteAsync(EventOf(data)).ConfigureAwait(false);
            return;
        }
        else if (response.MediaType == "text/event-stream")
        {
            List<object?> events = [];
            await foreach (string data in response.ReadEventsAsync(cancellationToken).ConfigureAwait(false))
                events.Add(EventOf(data));
            content = events.ToArray();
        }
        else
        {
            content = ContentOf(response, await response.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        if (IncludeHeader)
        {
            await WriteAsync(new ServiceResponse
            {
                StatusCode = response.StatusCode,
                Headers = response.Headers,
                RequestId = response.RequestId,
                Address = response.Address,
                Content = content,
            }).ConfigureAwait(false);
        }
        else if (content is not null)
        {
            await WriteAsync(content, enumerate: content is object?[]).ConfigureAwait(false);
        }
    }

    private async Task WriteItemsAsync(IAsyncEnumerable<string> items)
    {
        await foreach (string item in items.ConfigureAwait(false))
            await WriteAsync(Raw ? item : PowerShellJson.Read(item, AsHashtable)).ConfigureAwait(false);
    }

    private object? EventOf(string data)
    {
        if (Raw)
            return data;
        try
        {
            return PowerShellJson.Read(data, AsHashtable);
        }
        catch (JsonException)
        {
            // Events aren't always JSON.
            return data;
        }
    }

    private object? ContentOf(RawResponse response, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return null;
        string type = response.MediaType ?? "application/json";
        bool json = type is "application/json" || type.EndsWith("+json", StringComparison.Ordinal);
        if (!json && !type.StartsWith("text/", StringComparison.Ordinal) && !type.EndsWith("/xml", StringComparison.Ordinal) && !type.EndsWith("jsonl", StringComparison.Ordinal))
            return Raw ? Encoding.UTF8.GetString(body.Span) : body.ToArray();
        string text = Encoding.UTF8.GetString(body.Span).TrimStart('\uFEFF');
        if (Raw || (!json && type != "text/html"))
            return text;
        try
        {
            // An HTML page comes from a proxy, not from the service.
            return json ? PowerShellJson.Read(text, AsHashtable) : throw new JsonException("an HTML page");
        }
        catch (JsonException exception)
        {
            throw response.Invalid(json ? "a body that isn't JSON" : "a web page", text, exception);
        }
    }
}
