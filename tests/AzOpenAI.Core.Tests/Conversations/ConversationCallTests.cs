using AzOpenAI.Core.Conversations;

namespace AzOpenAI.Core.Tests.Conversations;

/// <summary>What a call leaves behind, when it succeeds, fails, or meets another one.</summary>
public sealed class ConversationCallTests
{
    [Fact]
    public void An_answer_is_added_with_what_was_asked()
    {
        Conversation conversation = Talk.Of(10, 0, "s1");
        Talk.Answer(conversation, "u1", "a1", 12, 3);
        Talk.Answer(conversation, "u2", "a2", 20, 5);

        Assert.Equal("s1 u1 a1 u2 a2", Talk.Said(conversation.Messages));
        Assert.Equal(["system", "user", "assistant", "user", "assistant"], conversation.Messages.Select(static message => message.Role));
        Assert.Equal((2, 2, 40, 25), (conversation.Calls, conversation.Turns, conversation.Usage.TotalTokens, conversation.Tokens));
        Assert.Equal("s1", conversation.System);
    }

    [Fact]
    public void Without_a_commit_nothing_changes()
    {
        Conversation conversation = Talk.Of(1, 0, "s1", "u1", "a1");
        using (ConversationCall call = ConversationCall.Begin(conversation, "s2", Talk.Messages("u2")))
            Assert.Equal("s2 u2", Talk.Said(call.Messages));

        Assert.Equal("s1 u1 a1", Talk.Said(conversation.Messages));
        Assert.Equal(0, conversation.Dropped.Turns);
        Assert.Equal(0, conversation.Calls);
        Assert.False(conversation.IsBusy);
    }

    [Fact]
    public void A_completion_without_a_choice_changes_nothing()
    {
        Conversation conversation = Talk.Of(1, 0, "u1", "a1");
        using (ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages("u2")))
            call.Commit(new ChatCompletion());

        Assert.Equal("u1 a1", Talk.Said(conversation.Messages));
    }

    [Fact]
    public void What_left_is_counted_when_the_answer_is_in()
    {
        Conversation conversation = Talk.Of(1, 0);
        for (int i = 1; i <= 4; i++)
            Talk.Answer(conversation, $"u{i}", $"a{i}", 10, 10);

        Assert.Equal((3, 6), (conversation.Dropped.Turns, conversation.Dropped.Messages));
        Assert.Equal("u4 a4", Talk.Said(conversation.Messages));
        Assert.InRange(conversation.Dropped.Tokens, 50, 60);
        Assert.Equal(80, conversation.Usage.TotalTokens);
    }

    [Fact]
    public void A_second_call_is_refused_and_the_first_one_is_not_disturbed()
    {
        Conversation conversation = Talk.Of(10, 0);
        using (ConversationCall first = ConversationCall.Begin(conversation, null, Talk.Messages("u1")))
        {
            AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => ConversationCall.Begin(conversation, null, Talk.Messages("u2")));
            Assert.Equal(("ConversationBusy", ErrorKind.Busy), (failure.ErrorId, failure.Kind));
            Assert.Equal("ConversationBusy", Assert.Throws<AzOpenAIException>(() => ConversationEdits.Clear(conversation)).ErrorId);
            Assert.True(conversation.IsBusy);
            first.Commit(Talk.Completion("a1", null));
        }

        Assert.Equal("u1 a1", Talk.Said(conversation.Messages));
        Talk.Answer(conversation, "u2", "a2", 10, 10);
        Assert.Equal("u1 a1 u2 a2", Talk.Said(conversation.Messages));
    }

    [Fact]
    public async Task Of_many_at_once_each_is_whole_or_refused()
    {
        Conversation conversation = Talk.Of(0, 0);
        using Barrier start = new(8);
        int[] done = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                int count = 0;
                for (int i = 0; i < 300; i++)
                {
                    try
                    {
                        Talk.Answer(conversation, $"u{worker}.{i}", $"a{worker}.{i}", 10, 10);
                        count++;
                    }
                    catch (AzOpenAIException refused) when (refused.ErrorId == "ConversationBusy")
                    {
                        Assert.True(conversation.Messages.Count % 2 == 0);
                    }
                }

                return count;
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(done.Sum(), conversation.Calls);
        Assert.Equal(2 * done.Sum(), conversation.Messages.Count);
        for (int i = 0; i < conversation.Messages.Count; i += 2)
            Assert.Equal(conversation.Messages[i].Content[1..], conversation.Messages[i + 1].Content[1..]);
    }

    [Fact]
    public void Rounds_of_tools_become_part_of_the_turn()
    {
        Conversation conversation = Talk.Of(1, 0);
        ChatMessage asked = new("assistant", "") { ToolCalls = [new ToolCall("c", "look", "{}")] };
        using (ConversationCall call = ConversationCall.Begin(conversation, null, Talk.Messages("u1")))
        {
            call.Commit(
                Talk.Completion("a1", new TokenUsage { PromptTokens = 90, CompletionTokens = 20, TotalTokens = 110 }),
                [asked, new ChatMessage("tool", "t1") { ToolCallId = "c" }],
                new TokenUsage { PromptTokens = 60, CompletionTokens = 10, TotalTokens = 70 });
        }

        Assert.Equal(["user", "assistant", "tool", "assistant"], conversation.Messages.Select(static message => message.Role));
        Assert.Equal((1, 110, 70), (conversation.Turns, conversation.Usage.TotalTokens, conversation.Tokens));
    }

    [Fact]
    public void A_history_that_ends_with_a_question_can_be_answered_without_a_new_one()
    {
        Conversation conversation = Talk.Of(10, 0, "u1");
        using (ConversationCall call = ConversationCall.Begin(conversation, null, []))
            call.Commit(Talk.Completion("a1", null));

        Assert.Equal("u1 a1", Talk.Said(conversation.Messages));
        Assert.Equal("MessageMissing", Assert.Throws<AzOpenAIException>(() => ConversationCall.Begin(conversation, null, [])).ErrorId);
        Assert.False(conversation.IsBusy);
    }

    [Fact]
    public void Another_system_message_takes_the_place_of_all()
    {
        Conversation conversation = Talk.Of(10, 0, "s1", "u1", "s2", "a1");
        using (ConversationCall call = ConversationCall.Begin(conversation, "s3", Talk.Messages("u2")))
            call.Commit(Talk.Completion("a2", null));

        Assert.Equal("s3 u1 a1 u2 a2", Talk.Said(conversation.Messages));
    }

    [Fact]
    public void Undo_takes_the_last_turn_back_and_clear_all_but_the_system_message()
    {
        Conversation conversation = Talk.Of(10, 0, "s1", "u1", "a1");
        Talk.Answer(conversation, "u2", "a2", 10, 10);

        Assert.Equal("u2 a2", Talk.Said(ConversationEdits.Undo(conversation)));
        Assert.Equal("s1 u1 a1", Talk.Said(conversation.Messages));
        Assert.Equal(20, conversation.Usage.TotalTokens);
        ConversationEdits.Clear(conversation);
        Assert.Equal("s1", Talk.Said(conversation.Messages));
        Assert.Empty(ConversationEdits.Undo(conversation));
    }

    [Fact]
    public void Going_back_brings_what_had_left()
    {
        Conversation conversation = Talk.Of(1, 0, "u1", "a1");
        object before = ConversationEdits.Remember(conversation);
        Talk.Answer(conversation, "u2", "a2", 10, 10);
        ConversationEdits.GoBack(conversation, before);

        Assert.Equal("u1 a1", Talk.Said(conversation.Messages));
        Assert.Equal((0, 1, 20), (conversation.Dropped.Turns, conversation.Calls, conversation.Usage.TotalTokens));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void A_limit_below_zero_is_refused(int maxTurns, int maxTokens) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conversation { MaxTurns = maxTurns, MaxTokens = maxTokens });
}
