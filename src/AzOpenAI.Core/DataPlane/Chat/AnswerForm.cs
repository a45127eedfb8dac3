using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>
/// A response format with a JSON schema, adapted to the service: it accepts only an object at the root, and in strict mode only objects whose properties
/// are all required and that allow no others. A schema that doesn't specify either is completed; one that specifies otherwise is sent as not strict; one with
/// another root is wrapped in an object and its response unwrapped.
/// </summary>
public sealed class AnswerForm
{
    private const string DefaultName = "answer";
    private const int MaxName = 64;

    private readonly bool _isWrapped;

    private AnswerForm(ChatResponseSchema schema, bool isWrapped)
    {
        Schema = schema;
        _isWrapped = isWrapped;
    }

    /// <summary>The format to send.</summary>
    public ChatResponseSchema Schema { get; }

    /// <summary>Creates a format from a schema.</summary>
    /// <param name="json">A JSON schema, or the service's own <c>{"name","schema","strict"}</c>.</param>
    /// <param name="name">Its name; null to derive it from the schema's title.</param>
    /// <exception cref="AzOpenAIException">SchemaInvalid.</exception>
    public static AnswerForm Create(string json, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        using JsonDocument document = Parse(json);
        JsonElement root = document.RootElement;
        bool? strict = null;
        string? description = null;
        if (root.ValueKind == JsonValueKind.Object && root.Member("schema"u8) is { ValueKind: JsonValueKind.Object } inner && root.Text("name"u8) is { } given)
        {
            (name, strict, description) = (name ?? given, root.Truth("strict"u8), root.Text("description"u8));
            root = inner;
        }

        SchemaCheck.Check(root);
        bool wrapped = !SchemaCheck.IsObject(root);
        bool asked = strict ?? SchemaCheck.CanBeStrict(root);
        string schema = SchemaWriter.Write(root, wrapped, complete: asked);
        return new AnswerForm(new ChatResponseSchema(NameOf(name ?? root.Text("title"u8)), schema) { Strict = asked, Description = description }, wrapped);
    }

    /// <summary>Returns the JSON of a response in the requested format.</summary>
    /// <exception cref="AzOpenAIException">
    /// AnswerRefused, AnswerTruncated, AnswerFiltered, AnswerInvalid; <see cref="AzOpenAIException.Partial"/> is the completion with the text as received.
    /// </exception>
    public string Read(ChatCompletion completion, ChatChoice choice)
    {
        ArgumentNullException.ThrowIfNull(completion);
        ArgumentNullException.ThrowIfNull(choice);
        if (choice.Refusal is { } refusal)
            throw Error(nameof(Messages.AnswerRefused), ErrorKind.NotAvailable, completion, refusal.ReplaceLineEndings(" "));
        if (choice.FinishReason == "content_filter")
            throw Error(nameof(Messages.AnswerFiltered), ErrorKind.ContentFiltered, completion, Categories(completion, choice));
        if (choice.FinishReason == "length")
            throw Error(nameof(Messages.AnswerTruncated), ErrorKind.LimitReached, completion, completion.Usage?.CompletionTokens ?? 0);

        try
        {
            using JsonDocument document = JsonDocument.Parse(choice.Content);
            if (!_isWrapped)
                return document.RootElement.GetRawText();
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(SchemaWriter.Value, out JsonElement value)
                ? value.GetRawText()
                : throw Invalid(completion, $"it doesn't contain '{SchemaWriter.Value}'");
        }
        catch (JsonException exception)
        {
            throw Invalid(completion, choice.Content.Length == 0 ? "it's empty" : $"line {exception.LineNumber + 1} isn't valid JSON");
        }
    }

    /// <summary>Creates the error for a response that is JSON but doesn't match the format.</summary>
    public static AzOpenAIException Invalid(ChatCompletion completion, string reason) =>
        Error(nameof(Messages.AnswerInvalid), ErrorKind.InvalidResponse, completion, reason);

    private static AzOpenAIException Error(string errorId, ErrorKind kind, ChatCompletion completion, object argument) =>
        Failure.Of(errorId, kind, new AnswerFacts { Partial = completion, RequestId = completion.RequestId }, completion.Deployment, argument);

    private static string Categories(ChatCompletion completion, ChatChoice choice)
    {
        string found = string.Join(", ", completion.ContentFilter
            .Where(result => result.Filtered && result.Side == ContentFilterReader.Completion && result.Index == choice.Index).Select(static result => result.Category));
        return found.Length > 0 ? found : "no category specified";
    }

    private static JsonDocument Parse(string json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException exception)
        {
            throw SchemaCheck.Invalid($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} isn't valid JSON");
        }
    }

    private static string NameOf(string? title)
    {
        if (string.IsNullOrWhiteSpace(title))
            return DefaultName;
        string name = string.Concat(title.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return name.Length > MaxName ? name[..MaxName] : name;
    }
}
