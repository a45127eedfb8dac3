using System.Text.Json;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>Reads a conversation from JSON. An error includes the location; what isn't supported in a conversation is listed, never lost silently.</summary>
internal sealed class ConversationReader(string name)
{
    private const string Root = "the file";

    // Other members of a request aren't part of a conversation, and the empty fields of a response's message have no meaning.
    private static readonly string[] OwnMembers =
        ["format", "version", "name", "createdAt", "maxTurns", "maxTokens", "calls", "usage", "dropped", "messages", "messageTokens"];

    private readonly List<string> _leftOut = [];

    /// <summary>Returns the conversation of the file.</summary>
    public (Conversation Conversation, IReadOnlyList<string> LeftOut) Read(JsonElement root)
    {
        Conversation conversation = root.ValueKind switch
        {
            JsonValueKind.Array => Create(new Conversation(), root, default, ""),
            JsonValueKind.Object when root.TryGetProperty("format", out JsonElement format) => ReadOwn(root, format),
            JsonValueKind.Object when root.TryGetProperty("messages", out JsonElement messages) => ReadRequest(root, messages),
            JsonValueKind.Object when root.TryGetProperty("role", out _) => throw Invalid(Root, "is a single message; put it in an array: [ {...} ]"),
            JsonValueKind.Object => throw Invalid(Root, "has neither 'format' nor 'messages'"),
            _ => throw Invalid(Root, $"contains {Kind(root)} instead of an object or an array of messages"),
        };
        return (conversation, _leftOut);
    }

    private Conversation ReadRequest(JsonElement root, JsonElement messages)
    {
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (member.Name != "messages")
                _leftOut.Add(member.Name);
        }

        return Create(new Conversation(), messages, default, "messages");
    }

    private Conversation ReadOwn(JsonElement root, JsonElement format)
    {
        if (format.ValueKind != JsonValueKind.String || format.GetString() != ConversationFile.Format)
            throw Invalid("format", $"is {(format.ValueKind == JsonValueKind.String ? $"'{format.GetString()}'" : Kind(format))}, not '{ConversationFile.Format}'");
        int version = Number(root, "version") ?? throw Invalid("version", "is missing");
        if (version > ConversationFile.Version)
            throw Failure.Of(nameof(Messages.ConversationFileNewer), ErrorKind.InvalidInput, name, version, ConversationFile.Version);
        if (version < 1)
            throw Invalid("version", $"is {version}");
        foreach (JsonProperty member in root.EnumerateObject())
        {
            if (!OwnMembers.Contains(member.Name))
                _leftOut.Add(member.Name);
        }

        string? title = Text(root, "name");
        Conversation conversation = new(string.IsNullOrWhiteSpace(title) ? null : title) { CreatedAt = CreatedAt(root) };
        conversation.MaxTurns = Number(root, "maxTurns") ?? Conversation.DefaultMaxTurns;
        conversation.MaxTokens = Number(root, "maxTokens") ?? 0;
        if (!root.TryGetProperty("messages", out JsonElement messages))
            throw Invalid("messages", "is missing");
        _ = root.TryGetProperty("messageTokens", out JsonElement tokens);
        _ = Create(conversation, messages, tokens, "messages");
        conversation.State = conversation.State with { Calls = Number(root, "calls") ?? 0, Usage = Usage(root), Dropped = Dropped(root) };
        return conversation;
    }

    private Conversation Create(Conversation conversation, JsonElement messages, JsonElement tokens, string path)
    {
        if (messages.ValueKind != JsonValueKind.Array)
            throw Invalid(path, $"is {Kind(messages)}, not an array");
        int count = messages.GetArrayLength();
        bool measured = tokens.ValueKind == JsonValueKind.Array && tokens.GetArrayLength() == count;
        if (tokens.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !measured)
            throw Invalid("messageTokens", $"isn't an array of {count} numbers, one for each message");
        List<ConversationEntry> entries = new(count);
        ChatMessageReader reader = new(Invalid, _leftOut);
        for (int i = 0; i < count; i++)
        {
            double? share = measured && tokens[i].ValueKind == JsonValueKind.Number && tokens[i].TryGetDouble(out double number) && number >= 0 ? number : null;
            entries.Add(new ConversationEntry(reader.Read(messages[i], $"{path}[{i}]"), share));
        }

        conversation.State = ConversationEdits.WithEntries(ConversationState.Empty, entries);
        return conversation;
    }

    private TokenUsage Usage(JsonElement root)
    {
        if (Part(root, "usage") is not { } usage)
            return new TokenUsage();
        return new TokenUsage
        {
            PromptTokens = Number(usage, "promptTokens", "usage.") ?? 0,
            CompletionTokens = Number(usage, "completionTokens", "usage.") ?? 0,
            TotalTokens = Number(usage, "totalTokens", "usage.") ?? 0,
            CachedTokens = Number(usage, "cachedTokens", "usage.") ?? 0,
            ReasoningTokens = Number(usage, "reasoningTokens", "usage.") ?? 0,
            AcceptedPredictionTokens = Number(usage, "acceptedPredictionTokens", "usage.") ?? 0,
            RejectedPredictionTokens = Number(usage, "rejectedPredictionTokens", "usage.") ?? 0,
            AudioTokens = Number(usage, "audioTokens", "usage.") ?? 0,
        };
    }

    private ConversationDropped Dropped(JsonElement root) => Part(root, "dropped") is not { } dropped ? new ConversationDropped() : new ConversationDropped
    {
        Turns = Number(dropped, "turns", "dropped.") ?? 0,
        Messages = Number(dropped, "messages", "dropped.") ?? 0,
        Tokens = Number(dropped, "tokens", "dropped.") ?? 0,
    };

    private DateTimeOffset CreatedAt(JsonElement root)
    {
        if (!root.TryGetProperty("createdAt", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return DateTimeOffset.UtcNow;
        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : throw Invalid("createdAt", "isn't a valid time");
    }

    private JsonElement? Part(JsonElement root, string member)
    {
        if (!root.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Object ? value : throw Invalid(member, $"is {Kind(value)}, not an object");
    }

    private string? Text(JsonElement root, string member)
    {
        if (!root.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid(member, $"is {Kind(value)}, not a string");
    }

    private int? Number(JsonElement root, string member, string path = "")
    {
        if (!root.TryGetProperty(member, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0
            ? number
            : throw Invalid(path + member, $"is {(value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Kind(value))}, not an integer of 0 or more");
    }

    private AzOpenAIException Invalid(string place, string reason) =>
        Failure.Of(nameof(Messages.ConversationFileInvalid), ErrorKind.InvalidInput, name, place.Length == 0 ? reason : $"{place} {reason}");

    /// <summary>Describes a value for an error.</summary>
    internal static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
