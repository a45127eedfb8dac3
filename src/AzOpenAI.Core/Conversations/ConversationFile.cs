using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;

namespace AzOpenAI.Core.Conversations;

/// <summary>
/// A conversation as a JSON file. Messages have the API's format, so that other programs can use them; a file with only such messages can be read too.
/// </summary>
public static class ConversationFile
{
    /// <summary>The value of the member <c>format</c>.</summary>
    internal const string Format = "AzOpenAI.Conversation";

    /// <summary>The latest version of the format.</summary>
    internal const int Version = 1;

    private const long MaxBytes = 512L * 1024 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Writes or replaces the file atomically. A new file is only readable by its owner; a replaced one keeps its mode.</summary>
    /// <param name="conversation">The conversation; written in a consistent state even while a call is in progress.</param>
    /// <param name="path">Full path.</param>
    /// <param name="noClobber">True to fail if the file exists.</param>
    /// <param name="force">True to replace a read-only file.</param>
    /// <param name="cancellationToken">Cancels without changing anything.</param>
    /// <exception cref="AzOpenAIException">ConfigurationFileExists, ConfigurationFileReadOnly, ConfigurationFileFailed.</exception>
    public static Task WriteAsync(Conversation conversation, string path, bool noClobber, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return TextFile.WriteAsync(path, ToJson(conversation) + "\n", PrivateFile.Mode, always: false, noClobber, force, cancellationToken);
    }

    /// <summary>Reads a file: one that <see cref="WriteAsync"/> wrote, a list of messages, or the body of a chat request.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">Its name in errors.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The conversation, and what the file contains that a conversation can't.</returns>
    /// <exception cref="AzOpenAIException">FileUnreadable, ConversationFileInvalid, ConversationFileNewer.</exception>
    public static async Task<(Conversation Conversation, IReadOnlyList<string> LeftOut)> ReadAsync(string path, string name, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path))
                throw Failure.Of(nameof(Messages.FileUnreadable), ErrorKind.InvalidInput, name, "it's a folder");
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
                throw Failure.Of(nameof(Messages.FileUnreadable), ErrorKind.InvalidInput, name, "it's larger than 512 MiB");
            bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failure.Of(nameof(Messages.FileUnreadable), ErrorKind.InvalidInput, name, exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "the file doesn't exist",
                UnauthorizedAccessException => "access is denied",
                _ => exception.Message.TrimEnd('.').ReplaceLineEndings(" "),
            });
        }

        return Parse(bytes, name);
    }

    internal static (Conversation Conversation, IReadOnlyList<string> LeftOut) Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8(bytes), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new ConversationReader(name).Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine + 1} isn't valid JSON" : "it isn't valid JSON";
            throw Failure.Of(nameof(Messages.ConversationFileInvalid), ErrorKind.InvalidInput, name, bytes.IsEmpty ? "it's empty" : place);
        }
    }

    internal static string ToJson(Conversation conversation)
    {
        ConversationState state = conversation.State;
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("format"u8, Format);
            json.WriteNumber("version"u8, Version);
            if (conversation.Name is { } name)
                json.WriteString("name"u8, name);
            json.WriteString("createdAt"u8, conversation.CreatedAt.ToUniversalTime());
            json.WriteNumber("maxTurns"u8, conversation.MaxTurns);
            json.WriteNumber("maxTokens"u8, conversation.MaxTokens);
            json.WriteNumber("calls"u8, state.Calls);
            WriteUsage(json, state.Usage);
            json.WriteStartObject("dropped"u8);
            json.WriteNumber("turns"u8, state.Dropped.Turns);
            json.WriteNumber("messages"u8, state.Dropped.Messages);
            json.WriteNumber("tokens"u8, state.Dropped.Tokens);
            json.WriteEndObject();
            ChatMessageWriter.Write(json, state.Messages);
            json.WriteStartArray("messageTokens"u8);
            foreach (ConversationEntry entry in state.Entries)
            {
                if (entry.Tokens is { } tokens)
                    json.WriteNumberValue(Math.Round(tokens, 3));
                else
                    json.WriteNullValue();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("promptTokens"u8, usage.PromptTokens);
        json.WriteNumber("completionTokens"u8, usage.CompletionTokens);
        json.WriteNumber("totalTokens"u8, usage.TotalTokens);
        json.WriteNumber("cachedTokens"u8, usage.CachedTokens);
        json.WriteNumber("reasoningTokens"u8, usage.ReasoningTokens);
        json.WriteNumber("acceptedPredictionTokens"u8, usage.AcceptedPredictionTokens);
        json.WriteNumber("rejectedPredictionTokens"u8, usage.RejectedPredictionTokens);
        json.WriteNumber("audioTokens"u8, usage.AudioTokens);
        json.WriteEndObject();
    }

    // Redirection in Windows PowerShell writes UTF-16.
    private static ReadOnlyMemory<byte> Utf8(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [0xEF, 0xBB, 0xBF, ..] => bytes[3..],
        [0xFF, 0xFE, ..] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.Span[2..])),
        [0xFE, 0xFF, ..] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.Span[2..])),
        _ => bytes,
    };
}
