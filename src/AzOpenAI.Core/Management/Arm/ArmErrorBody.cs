using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Code and message from the body of a failure, whatever its format.</summary>
/// <param name="Code">The service's code, null if the body doesn't have one.</param>
/// <param name="Message">The service's message, or the text of the body.</param>
internal sealed record ArmErrorBody(string? Code, string Message)
{
    private const int MaxText = 300;
    private const int MaxCode = 200;

    public static ArmErrorBody Parse(BinaryData body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(WithoutMark(body));
            if (Read(document.RootElement) is ArmErrorBody error)
                return error;
        }
        catch (JsonException)
        {
            // Front ends respond in HTML or plain text.
        }

        return new ArmErrorBody(null, Text(body));
    }

    public static ArmErrorBody? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        JsonElement error = Member(root, "error") is JsonElement { ValueKind: JsonValueKind.Object } inner ? inner : root;
        string? code = String(error, "code");
        string? message = String(error, "message");
        if (code is null && message is null)
            return null;

        // A template-level failure only wraps the actual one.
        if (code is "DeploymentFailed" or "InvalidTemplateDeployment" or "ResourceDeploymentFailure"
            && Member(error, "details") is JsonElement { ValueKind: JsonValueKind.Array } details
            && details.GetArrayLength() > 0
            && Read(details[0]) is ArmErrorBody detail)
            return detail;
        return new ArmErrorBody(code is null ? null : ServiceText.Shorten(code, MaxCode), ServiceText.Message(message ?? code!));
    }

    /// <summary>The bytes without a byte order mark, which some front ends send and the JSON reader doesn't accept.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(BinaryData body)
    {
        ReadOnlyMemory<byte> bytes = body.ToMemory();
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }

    /// <summary>The body as a short line of text, without tags and repeated white space.</summary>
    public static string Text(BinaryData body)
    {
        string text = System.Text.Encoding.UTF8.GetString(body.ToMemory().Span[..Math.Min(body.ToMemory().Length, 8192)]);
        var plain = new System.Text.StringBuilder();
        bool tag = false;
        foreach (char c in text)
        {
            if (c == '<')
                tag = true;
            if (!tag && plain.Length <= MaxText && !(char.IsWhiteSpace(c) && (plain.Length == 0 || plain[^1] == ' ')))
                plain.Append(char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c);
            if (c == '>')
                tag = false;
        }

        string line = plain.ToString().Trim();
        return ServiceText.Shorten(line, MaxText);
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }

        return null;
    }

    private static string? String(JsonElement element, string name) =>
        Member(element, name) is JsonElement { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;
}
