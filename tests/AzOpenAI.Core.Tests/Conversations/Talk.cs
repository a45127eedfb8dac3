using AzOpenAI.Core.Conversations;

namespace AzOpenAI.Core.Tests.Conversations;

/// <summary>Conversations in short: the first letter of a text is its role.</summary>
internal static class Talk
{
    public static Conversation Of(int maxTurns, int maxTokens, params string[] texts) => ConversationEdits.Create(null, null, Messages(texts), maxTurns, maxTokens);

    public static IReadOnlyList<ChatMessage> Messages(params string[] texts) => [.. texts.Select(static text => new ChatMessage(Role(text), text))];

    public static string Said(IEnumerable<ChatMessage> messages) => string.Join(' ', messages.Select(static message => message.Content));

    public static ChatCompletion Completion(string text, TokenUsage? usage) => new() { Choices = [new ChatChoice { Content = text, FinishReason = "stop" }], Usage = usage };

    public static void Answer(Conversation conversation, string asked, string answer, int prompt, int completion)
    {
        using ConversationCall call = ConversationCall.Begin(conversation, null, [new ChatMessage("user", asked)]);
        call.Commit(Completion(answer, new TokenUsage { PromptTokens = prompt, CompletionTokens = completion, TotalTokens = prompt + completion }));
    }

    public static int TokensOf(string text) => ConversationEdits.Create(null, null, [new ChatMessage("user", text)], 0, 0).Tokens;

    private static string Role(string text) => text[0] switch
    {
        's' => "system",
        'd' => "developer",
        'a' => "assistant",
        't' => "tool",
        _ => "user",
    };
}
