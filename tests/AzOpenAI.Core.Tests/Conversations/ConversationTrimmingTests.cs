using AzOpenAI.Core.Conversations;

namespace AzOpenAI.Core.Tests.Conversations;

/// <summary>What a call takes along: whole turns, tool calls with their results, system messages always.</summary>
public sealed class ConversationTrimmingTests
{
    private static readonly ToolCall Look = new("call_1", "look", "{}");

    [Fact]
    public void The_oldest_turns_leave_when_there_are_more_than_MaxTurns()
    {
        Conversation conversation = Talk.Of(maxTurns: 2, 0, "u1", "a1", "u2", "a2");

        using ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages("u3"));

        Assert.Equal("u2 a2 u3", Talk.Said(call.Messages));
        Assert.Equal((1, 2), (call.Dropped.Turns, call.Dropped.Messages));
    }

    [Fact]
    public void MaxTurns_counts_the_new_turn() => Assert.Equal("s u3", Sent(Talk.Of(1, 0, "s", "u1", "a1", "u2", "a2"), "u3"));

    [Fact]
    public void Zero_is_no_limit() => Assert.Equal("u1 a1 u2 a2 u3", Sent(Talk.Of(0, 0, "u1", "a1", "u2", "a2"), "u3"));

    [Fact]
    public void Every_system_message_stays_wherever_it_stands() =>
        Assert.Equal("s1 d2 s3 u3", Sent(Talk.Of(1, 0, "s1", "u1", "d2", "a1", "u2", "s3", "a2"), "u3"));

    [Fact]
    public void Messages_of_the_user_in_a_row_are_one_turn() => Assert.Equal("u2 u3 a2 u4", Sent(Talk.Of(2, 0, "u1", "a1", "u2", "u3", "a2"), "u4"));

    [Fact]
    public void A_system_message_between_two_of_the_user_does_not_part_them() => Assert.Equal("s u2", Sent(Talk.Of(1, 0, "u0", "s", "u1", "a1"), "u2"));

    [Fact]
    public void An_answer_without_a_question_before_it_is_a_turn_of_its_own() => Assert.Equal("u1 a1 u2", Sent(Talk.Of(2, 0, "a0", "u1", "a1"), "u2"));

    [Fact]
    public void A_tool_call_leaves_with_its_result_and_never_alone()
    {
        List<ChatMessage> history =
        [
            new("user", "u1"), new("assistant", "") { ToolCalls = [Look, Look with { Id = "call_2" }] },
            new("tool", "t1") { ToolCallId = "call_1" }, new("tool", "t2") { ToolCallId = "call_2" }, new("assistant", "a1"),
            new("user", "u2"), new("assistant", "") { ToolCalls = [Look with { Id = "call_3" }] }, new("tool", "t3") { ToolCallId = "call_3" }, new("assistant", "a2"),
        ];
        for (int maxTurns = 1; maxTurns <= 3; maxTurns++)
        {
            Conversation conversation = ConversationEdits.Create(null, "s", history, maxTurns, 0);
            using ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages("u3"));

            string[] asked = [.. call.Messages.SelectMany(static message => message.ToolCalls).Select(static made => made.Id)];
            Assert.Equal(asked, call.Messages.Where(static message => message.Role == "tool").Select(static message => message.ToolCallId));
            Assert.Equal(maxTurns - 1, call.Messages.Count(static message => message.Content is "u1" or "u2"));
            Assert.Equal("system", call.Messages[0].Role);
        }
    }

    [Fact]
    public void Results_of_tools_belong_to_the_turn_that_asked_for_them()
    {
        Conversation conversation = ConversationEdits.Create(null, null, [new("user", "u1"), new("assistant", "") { ToolCalls = [Look] }], 1, 0);

        using ConversationCall call = ConversationCall.Begin(conversation, null, [new ChatMessage("tool", "t1") { ToolCallId = "call_1" }]);

        Assert.Equal(3, call.Messages.Count);
        Assert.Equal(0, call.Dropped.Turns);
    }

    [Fact]
    public void Counted_tokens_decide_what_fits()
    {
        Conversation conversation = Talk.Of(0, 0);
        Talk.Answer(conversation, "u1", "a1", prompt: 100, completion: 50);
        Talk.Answer(conversation, "u2", "a2", prompt: 170, completion: 30);
        Assert.Equal(200, conversation.Tokens);

        conversation.MaxTokens = 230;
        Assert.Equal("u1 a1 u2 a2 u3", Sent(conversation, "u3"));
        conversation.MaxTokens = 190;
        Assert.Equal("u2 a2 u3", Sent(conversation, "u3"));
        Assert.Equal(200, conversation.Tokens);
    }

    [Fact]
    public void Reasoning_is_not_sent_again_and_does_not_count()
    {
        Conversation conversation = Talk.Of(0, 0);
        using (ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages("u1")))
            call.Commit(Talk.Completion("a1", new TokenUsage { PromptTokens = 10, CompletionTokens = 500, TotalTokens = 510, ReasoningTokens = 480 }));

        Assert.Equal(30, conversation.Tokens);
        Assert.Equal(510, conversation.Usage.TotalTokens);
        Assert.Equal(480, conversation.Usage.ReasoningTokens);
    }

    [Fact]
    public void What_was_counted_corrects_the_guess_for_what_was_not()
    {
        string text = new('x', 400);
        Conversation guessed = ConversationEdits.Create(null, null, [new ChatMessage("user", text)], 0, 0);
        Conversation counted = Talk.Of(0, 0);
        Talk.Answer(counted, text, text, prompt: 208, completion: 208);
        int before = counted.Tokens;
        using (ConversationCall call = ConversationCall.Begin(counted, null, [new ChatMessage("user", text)]))
            call.Commit(Talk.Completion("", null));

        Assert.Equal(104, guessed.Tokens);
        Assert.InRange(counted.Tokens - before, 200, 220);
    }

    [Fact]
    public void The_price_of_an_image_stays_with_its_turn()
    {
        Conversation conversation = Talk.Of(0, 0);
        Talk.Answer(conversation, "u1", "a1", prompt: 20, completion: 10);
        using (ConversationCall call = ConversationCall.Begin(conversation, null, [new ChatMessage("user", "u2") { Parts = [ChatContentPart.FromImageUrl("https://contoso.com/a.png")] }]))
            call.Commit(Talk.Completion("a2", new TokenUsage { PromptTokens = 1030, CompletionTokens = 10, TotalTokens = 1040 }));
        Talk.Answer(conversation, "u3", "a3", prompt: 1060, completion: 10);

        conversation.MaxTokens = 100;
        Assert.Equal("u3 a3 u4", Sent(conversation, "u4"));
    }

    [Fact]
    public void Another_count_of_what_is_known_is_taken_as_the_new_truth()
    {
        Conversation conversation = Talk.Of(0, 0);
        Talk.Answer(conversation, "u1", "a1", prompt: 1000, completion: 10);
        Talk.Answer(conversation, "u2", "a2", prompt: 40, completion: 10);

        Assert.Equal(50, conversation.Tokens);
    }

    [Fact]
    public void A_turn_that_alone_is_too_long_is_refused_before_anything_is_sent()
    {
        Conversation conversation = Talk.Of(0, maxTokens: 50, "u1", "a1");

        AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => ConversationCall.Begin(conversation, null, [new ChatMessage("user", new string('x', 400))]));

        Assert.Equal("ConversationTokensExceeded", failure.ErrorId);
        Assert.Contains("104", failure.Message, StringComparison.Ordinal);
        Assert.Contains("50", failure.Message, StringComparison.Ordinal);
        Assert.Equal("u1 a1", Talk.Said(conversation.Messages));
        Assert.False(conversation.IsBusy);
    }

    [Fact]
    public void The_system_message_counts_and_stays_even_where_it_is_too_long()
    {
        Conversation conversation = ConversationEdits.Create(null, new string('x', 400), [], 0, 50);

        Assert.Equal("ConversationTokensExceeded", Assert.Throws<AzOpenAIException>(() => ConversationCall.Begin(conversation, null, Talk.Messages("u1"))).ErrorId);
        Assert.Single(conversation.Messages);
    }

    [Fact]
    public void Scripts_without_spaces_count_a_token_a_sign() =>
        Assert.True(Talk.TokensOf(new string('漢', 40)) > 3 * Talk.TokensOf(new string('x', 40)) - 8);

    private static string Sent(Conversation conversation, params string[] added)
    {
        using ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages(added));
        return Talk.Said(call.Messages);
    }
}
