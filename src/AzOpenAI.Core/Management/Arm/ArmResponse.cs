using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AzOpenAI.Core.Errors;
using Azure;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>A response of Azure Resource Manager with its body.</summary>
internal sealed class ArmResponse
{
    // Copied: the SDK's response is disposed with its message.
    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    public ArmResponse(Response response, Uri requestUri, SecretRedactor secrets)
    {
        Secrets = secrets;
        Status = response.Status;
        RequestUri = requestUri;
        Body = response.Content;
        foreach (HttpHeader header in response.Headers)
            _headers[header.Name] = header.Value;
    }

    public Uri RequestUri { get; }

    /// <summary>The secrets that the request carried, to mask them in displayed text.</summary>
    public SecretRedactor Secrets { get; }

    public int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public BinaryData Body { get; }

    public IReadOnlyDictionary<string, string> Headers => _headers;

    public string? RequestId => Header("x-ms-request-id") ?? Header("x-ms-correlation-request-id");

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="AzOpenAIException">InvalidResponse.</exception>
    public JsonElement Json()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(ArmErrorBody.WithoutMark(Body));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw ArmErrors.InvalidResponse(this, Describe(), e);
        }
    }

    /// <summary>The body as an object.</summary>
    /// <exception cref="AzOpenAIException">InvalidResponse.</exception>
    public T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            if (JsonSerializer.Deserialize(Body.ToMemory().Span, type) is T value)
                return value;
        }
        catch (JsonException)
        {
            // Slower, but reports the error.
        }

        return Read(Json(), type);
    }

    /// <summary>A member of the body as an object.</summary>
    /// <exception cref="AzOpenAIException">InvalidResponse.</exception>
    public T Read<T>(JsonElement element, JsonTypeInfo<T> type)
    {
        try
        {
            return element.Deserialize(type) ?? throw ArmErrors.InvalidResponse(this, "null");
        }
        catch (JsonException e)
        {
            throw ArmErrors.InvalidResponse(this, $"an unexpected type at {e.Path}", e);
        }
    }

    /// <summary>Returns a required field.</summary>
    /// <exception cref="AzOpenAIException">InvalidResponse.</exception>
    public T Require<T>(T? value, string field)
        where T : class => value ?? throw ArmErrors.InvalidResponse(this, $"no '{field}'");

    // Content is only shown for an HTML page: invalid JSON may contain keys.
    private string Describe()
    {
        ReadOnlySpan<byte> start = Body.ToMemory().Span.TrimStart(" \r\n\t"u8);
        if (start.IsEmpty)
            return "an empty body";
        string beginning = System.Text.Encoding.UTF8.GetString(start[..Math.Min(start.Length, 16)]);
        bool page = beginning.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || beginning.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
        return page ? $"'{ArmErrors.Excerpt(this)}'" : start[0] is (byte)'{' or (byte)'[' or (byte)'"' ? "broken JSON" : "text that is no JSON";
    }
}
