using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// The error in a body or in a stream's event. Two envelopes are known: <c>{"error":{...}}</c> of the service and <c>{"statusCode","message"}</c> of the
/// gateway in front of it. OpenAI's engine adds type and param, and codes are strings or numbers.
/// </summary>
internal sealed record ServiceErrorBody
{
    /// <summary>Code, or null.</summary>
    public string? Code { get; init; }

    /// <summary>Message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>The invalid parameter.</summary>
    public string? Parameter { get; init; }

    /// <summary>The inner code, such as <c>ResponsibleAIPolicyViolation</c>.</summary>
    public string? InnerCode { get; init; }

    /// <summary>The findings of the content filter.</summary>
    public IReadOnlyList<ContentFilterResult> ContentFilter { get; init; } = [];

    /// <summary>The error of a body; null if the body isn't a JSON object or doesn't contain an error.</summary>
    public static ServiceErrorBody? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The error of a JSON object; null if it doesn't contain one.</summary>
    public static ServiceErrorBody? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (root.Member("error"u8) is not { } error)
        {
            return root.Text("message"u8) is { } message
                ? new ServiceErrorBody { Code = root.Text("code"u8) ?? root.Text("statusCode"u8), Message = message }
                : null;
        }

        if (error.ValueKind != JsonValueKind.Object)
            return error.ValueKind == JsonValueKind.String ? new ServiceErrorBody { Message = error.GetString() } : null;

        // The service writes innererror and content_filter_result; the gateway's own check writes inner_error and content_filter_results.
        JsonElement? inner = error.Member("innererror"u8) ?? error.Member("inner_error"u8);
        List<ContentFilterResult> filter = [];
        if ((inner?.Member("content_filter_result"u8) ?? inner?.Member("content_filter_results"u8)) is { } findings)
            ContentFilterReader.Read(findings, ContentFilterReader.Prompt, 0, filter);
        return new ServiceErrorBody
        {
            Code = error.Text("code"u8),
            Message = error.Text("message"u8),
            Parameter = error.Text("param"u8),
            InnerCode = inner?.Text("code"u8),
            ContentFilter = filter,
        };
    }
}
