using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

public sealed class ChatStreamTests
{
    private const string PromptEvent = """{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}""";
    private const string RoleEvent = """{"choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"created":1736407895,"id":"chatcmpl-A","model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_5"}""";
    private const string StopEvent = """{"choices":[{"content_filter_results":{},"delta":{},"finish_reason":"stop","index":0}],"created":1736407895,"id":"chatcmpl-A","model":"gpt-4o-mini-2024-07-18"}""";
    private const string UsageEvent = """{"choices":[],"created":1736407895,"id":"chatcmpl-A","model":"gpt-4o-mini-2024-07-18","usage":{"completion_tokens":68,"prompt_tokens":308,"total_tokens":376}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_of_the_service_becomes_pieces_and_one_whole_completion()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync("apim-request-id: r-1", "x-ms-region: East US", "x-ratelimit-remaining-tokens: 5");
            foreach (string data in (string[])[PromptEvent, RoleEvent, Text("Hel"), Text("lo"), StopEvent, UsageEvent, "[DONE]"])
                await exchange.EventAsync(data);
            await exchange.EndChunksAsync();
        });

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base));

        Assert.Equal(["Hel", "lo", ""], events.Select(static item => item.Text));
        ChatCompletion answer = Assert.IsType<ChatCompletion>(events[^1].Completion);
        Assert.Equal("Hello", answer.Content);
        Assert.Equal("stop", answer.FinishReason);
        Assert.Equal("chatcmpl-A", answer.Id);
        Assert.Equal("gpt-4o-mini-2024-07-18", answer.Model);
        Assert.Equal("fp_5", answer.SystemFingerprint);
        Assert.Equal(1736407895, answer.CreatedAt?.ToUnixTimeSeconds());
        Assert.Equal(376, answer.Usage?.TotalTokens);
        Assert.Equal("r-1", answer.RequestId);
        Assert.Equal("East US", answer.Region);
        Assert.Equal(5, answer.RateLimit?.RemainingTokens);
        Assert.Equal(new ContentFilterResult { Category = "hate", Side = "Prompt", Severity = "safe" }, Assert.Single(answer.ContentFilter));
        Assert.Equal(6, System.Text.Json.JsonDocument.Parse(answer.Raw!).RootElement.GetArrayLength());
        Assert.EndsWith(""","stream":true,"stream_options":{"include_usage":true}}""", server.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_piece_is_there_before_the_service_sends_the_second()
    {
        TaskCompletionSource seen = new();
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Text("first"));
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            await exchange.EventAsync(Text("second"));
            await exchange.EventAsync(StopEvent);
            await exchange.EventAsync("[DONE]");
            await exchange.EndChunksAsync();
        });

        List<string> texts = [];
        await foreach (ChatStreamEvent item in Samples.Chat(server.Base).StreamAsync(Samples.Ask, Cancellation))
        {
            texts.Add(item.Text);
            seen.TrySetResult();
        }

        Assert.Equal(["first", "second", ""], texts);
    }

    [Fact]
    public async Task Events_cut_anywhere_comments_other_names_and_unknown_members_change_nothing()
    {
        string wire = ": ping\n\nevent: keepalive\ndata: not json\n\ndata: " + Text("Grüß") + "\r\n\r\n: more\ndata: {\"novelty\":[1,{}]}\n\nid: 7\nretry: 10\ndata: "
            + Text("e").Replace("\"choices\"", "\"obfuscation\":\"x\",\"choices\"", StringComparison.Ordinal) + "\n\ndata: " + StopEvent + "\n\ndata: [DONE]\n\n";
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            foreach (char character in wire)
                await exchange.SendAsync(character.ToString());
            exchange.Close();
        });

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base));

        Assert.Equal("Grüße", events[^1].Completion?.Content);
    }

    [Fact]
    public async Task Choices_are_kept_apart_and_tool_calls_put_together()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange,
            """{"choices":[{"index":1,"delta":{"content":"B"}},{"index":0,"delta":{"content":"A"}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look","arguments":""}},{"index":1,"id":"c2","function":{"name":"go","arguments":"{}"}}]}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"q\""}}]}},{"index":1,"delta":{"content":"b","refusal":"n"}}]}""",
            """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]},"finish_reason":"tool_calls"}]}""",
            """{"choices":[{"index":1,"delta":{"refusal":"o"},"finish_reason":"someday_reason"}]}""",
            "[DONE]"));

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base));

        Assert.Equal([(1, "B"), (0, "A"), (1, "b"), (0, "")], events.Select(static item => (item.ChoiceIndex, item.Text)));
        IReadOnlyList<ChatChoice> choices = events[^1].Completion!.Choices;
        Assert.Equal(["A", "Bb"], choices.Select(static choice => choice.Content));
        Assert.Equal([new ToolCall("c1", "look", """{"q":1}"""), new ToolCall("c2", "go", "{}")], choices[0].ToolCalls);
        Assert.Equal(["tool_calls", "someday_reason"], choices.Select(static choice => choice.FinishReason));
        Assert.Equal("no", choices[1].Refusal);
    }

    [Fact]
    public async Task Findings_of_the_asynchronous_filter_count_even_after_the_end_of_the_text()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange,
            Text("song"), StopEvent,
            """{"id":"","object":"","created":0,"model":"","choices":[{"index":0,"finish_reason":null,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"content_filter_offsets":{"check_offset":44}}],"usage":null}""",
            """{"id":"","object":"","created":0,"model":"","choices":[{"index":0,"finish_reason":"content_filter","content_filter_results":{"protected_material_text":{"detected":true,"filtered":true}}}],"usage":null}""",
            "[DONE]"));

        ChatCompletion answer = (await Samples.ReadAsync(Samples.Chat(server.Base)))[^1].Completion!;

        Assert.Equal("content_filter", answer.FinishReason);
        Assert.Equal("song", answer.Content);
        Assert.Equal("chatcmpl-A", answer.Id);
        Assert.Contains(new ContentFilterResult { Category = "protected_material_text", Side = "Completion", Detected = true, Filtered = true }, answer.ContentFilter);
    }

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task An_event_says_the_same_whether_it_is_read_in_one_pass_or_in_full(string piece)
    {
        // A member that nobody knows has the event read in full.
        ChatCompletion quick = await AnswerAsync(piece);
        ChatCompletion full = await AnswerAsync(piece.Replace("\"id\":", "\"novelty\":1,\"id\":", StringComparison.Ordinal));

        Assert.Equal(Said(full), Said(quick));

        async Task<ChatCompletion> AnswerAsync(string data)
        {
            await using LoopbackServer server = new(exchange => EventsAsync(exchange, PromptEvent, RoleEvent, Piece("\"content\":\"A\""), data, Piece("\"content\":\"Z\""), StopEvent, UsageEvent, "[DONE]"));
            return (await Samples.ReadAsync(Samples.Chat(server.Base)))[^1].Completion!;
        }

        static string Said(ChatCompletion answer) => System.Text.Json.JsonSerializer.Serialize(answer with { Raw = null, Duration = default });
    }

    public static TheoryData<string> Pieces =>
    [
        Piece("\"content\":\"plain\""),
        Piece("\"content\":\"\\u00fc \\\"quoted\\\" \\ud83d\\ude00\\n\""),
        Piece("\"content\":\"\",\"role\":\"assistant\",\"refusal\":null"),
        Piece("\"content\":null,\"refusal\":\"No.\""),
        Piece("\"content\":\"x\",\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"),
        Piece("\"content\":12"),
        Piece("\"content\":\"x\"", "\"index\":0", "\"index\":1"),
        Piece("\"content\":\"x\"", "\"finish_reason\":null", "\"finish_reason\":\"length\""),
        Piece("\"content\":\"x\"", "\"hate\":{\"filtered\":false,\"severity\":\"safe\"}", "\"hate\":{\"filtered\":false,\"severity\":\"low\"}"),
        Piece("\"content\":\"x\"", "\"hate\":{\"filtered\":false,\"severity\":\"safe\"}", "\"jailbreak\":{\"filtered\":false,\"detected\":true}"),
        Piece("\"content\":\"x\"", "\"logprobs\":null", "\"logprobs\":{\"content\":[{\"token\":\"x\",\"logprob\":-0.5,\"bytes\":[120],\"top_logprobs\":[]}]}"),
        Piece("\"content\":\"x\"", "chatcmpl-A", "chatcmpl-B"),
        Piece("\"content\":\"x\"", "gpt-4o-mini-2024-07-18", "gpt-other"),
        Piece("\"content\":\"x\"", "\"created\":1736407895", "\"created\":1736407999"),
        Piece("\"content\":\"x\"", "\"usage\":null", "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}"),
        Piece("\"content\":\"x\"", "\"choices\":[", "\"service_tier\":\"priority\",\"choices\":["),
        Piece("\"content\":\"x\"", "\"choices\":[{", "\"choices\":[{\"index\":2,\"delta\":{\"content\":\"C\"}},{"),
        Piece("\"content\":\"x\"").Replace("\"index\":0,", "", StringComparison.Ordinal),
        Piece("\"content\":\"x\"").Replace("delta", "message", StringComparison.Ordinal),
    ];

    [Fact]
    public async Task Text_that_is_no_utf8_ends_the_stream_and_keeps_what_came_before()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(RoleEvent);
            await exchange.EventAsync(Text("good "));
            byte[] bad = System.Text.Encoding.UTF8.GetBytes($"data: {Text("b@d")}\n\n");
            bad[Array.IndexOf(bad, (byte)'@')] = 0xC3;
            await exchange.SendAsync([.. System.Text.Encoding.UTF8.GetBytes($"{bad.Length:x}\r\n"), .. bad, .. "\r\n"u8]);
            await exchange.EventAsync(StopEvent);
            await exchange.EndChunksAsync();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.ReadAsync(Samples.Chat(server.Base)));

        Assert.Equal(nameof(Messages.ChatStreamFailed), error.ErrorId);
        Assert.Equal("good ", Assert.IsType<ChatCompletion>(error.Partial).Content);
    }

    [Fact]
    public async Task The_json_of_a_long_stream_is_kept_whole()
    {
        string[] pieces = [.. Enumerable.Range(0, 1000).Select(static number => Piece($"\"content\":\"Stück {number} {new string('x', number)} \""))];
        await using LoopbackServer server = new(exchange => EventsAsync(exchange, [RoleEvent, .. pieces, StopEvent, "[DONE]"]));

        ChatCompletion answer = (await Samples.ReadAsync(Samples.Chat(server.Base)))[^1].Completion!;

        Assert.Equal($"[{string.Join(',', (string[])[RoleEvent, .. pieces, StopEvent])}]", answer.Raw);
        Assert.EndsWith(" 999 " + new string('x', 999) + " ", answer.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"That model is currently overloaded with other requests.\",\"type\":\"server_error\",\"param\":null,\"code\":null}}", nameof(Messages.ServiceBusy))]
    [InlineData("{\"error\":{\"message\":\"Something broke\",\"type\":\"server_error\",\"code\":\"server_error\"}}", nameof(Messages.ChatStreamFailed))]
    [InlineData("{\"error\":\"Something broke\"}", nameof(Messages.ChatStreamFailed))]
    [InlineData("{\"error\":{\"message\":\"Something broke\",\"code\":\"content_filter\"}}", nameof(Messages.ContentFiltered))]
    [InlineData("{\"choices\":", nameof(Messages.ChatStreamFailed))]
    public async Task An_error_within_the_stream_keeps_the_text_so_far(string data, string errorId)
    {
        await using LoopbackServer server = new(exchange => EventsAsync(exchange, RoleEvent, Text("half an ans"), data, "[DONE]"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.ReadAsync(Samples.Chat(server.Base)));

        Assert.Equal(errorId, error.ErrorId);
        ChatCompletion partial = Assert.IsType<ChatCompletion>(error.Partial);
        Assert.Equal("half an ans", partial.Content);
        Assert.Null(partial.FinishReason);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("drop")]
    [InlineData("close")]
    public async Task A_stream_that_ends_early_is_no_answer_and_is_not_asked_for_again(string how)
    {
        TaskCompletionSource seen = new();
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.BeginEventsAsync("apim-request-id: r-2");
            await exchange.EventAsync(Text("half"));
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
            await exchange.ChunkAsync("data: {\"choi");
            if (how == "end")
                await exchange.EndChunksAsync();
            else if (how == "close")
                exchange.Close();
            else
                exchange.Drop();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () =>
        {
            await foreach (ChatStreamEvent _ in Samples.Chat(server.Base).StreamAsync(Samples.Ask, Cancellation))
                seen.TrySetResult();
        });

        Assert.Equal(nameof(Messages.ChatStreamTruncated), error.ErrorId);
        Assert.Equal("half", Assert.IsType<ChatCompletion>(error.Partial).Content);
        Assert.Equal("r-2", error.RequestId);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_stream_without_an_end_mark_is_whole_once_every_choice_has_ended()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange, Text("whole"), StopEvent));

        Assert.Equal("whole", (await Samples.ReadAsync(Samples.Chat(server.Base)))[^1].Completion?.Content);
    }

    [Fact]
    public async Task An_empty_stream_is_no_answer()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange, "[DONE]"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.ReadAsync(Samples.Chat(server.Base)));

        Assert.Equal(nameof(Messages.ChatStreamTruncated), error.ErrorId);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_given_up_after_the_network_timeout()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Text("half"));
            await exchange.WaitForClientToLeaveAsync();
        });

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(
            () => Samples.ReadAsync(Samples.Chat(server.Base, new ServiceOptions { NetworkTimeout = TimeSpan.FromMilliseconds(300) })));

        Assert.Equal(nameof(Messages.NetworkTimeout), error.ErrorId);
        Assert.Equal("half", Assert.IsType<ChatCompletion>(error.Partial).Content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopping_or_leaving_a_stream_closes_the_connection_at_once(bool cancel)
    {
        TaskCompletionSource<bool> left = new();
        await using LoopbackServer server = new(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Text("a"));
            left.SetResult(await exchange.WaitForClientToLeaveAsync());
        });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        try
        {
            await foreach (ChatStreamEvent _ in Samples.Chat(server.Base).StreamAsync(Samples.Ask, stop.Token))
            {
                if (!cancel)
                    break;
                stop.CancelAfter(50);
            }

            Assert.False(cancel);
        }
        catch (OperationCanceledException)
        {
            Assert.True(cancel);
        }

        Assert.True(await left.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
    }

    [Fact]
    public async Task A_service_that_does_not_stream_is_understood_too()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, Samples.Completion));

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base));

        Assert.Equal("Grüß Gott \"you\"", events[0].Text);
        Assert.Equal(1863, events[^1].Completion?.Usage?.TotalTokens);
    }

    [Fact]
    public async Task A_web_page_instead_of_a_stream_is_an_invalid_response()
    {
        await using LoopbackServer server = new(static exchange => exchange.AnswerAsync(200, "<html/>", "text/html"));

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(() => Samples.ReadAsync(Samples.Chat(server.Base)));

        Assert.Equal(nameof(Messages.InvalidResponse), error.ErrorId);
    }

    [Fact]
    public async Task Old_versions_are_not_asked_for_the_usage_of_a_stream()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange, Text("x"), StopEvent, "[DONE]"));

        await Samples.ReadAsync(Samples.Chat(Samples.Connection(server.Base, ConnectionKind.AzureDated) with { ApiVersion = "2024-06-01" }));

        Assert.DoesNotContain("stream_options", server.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_connection_of_a_finished_stream_serves_the_next_call()
    {
        await using LoopbackServer server = new(static exchange => EventsAsync(exchange, Text("x"), StopEvent, "[DONE]"));

        for (int i = 0; i < 4; i++)
            await Samples.ReadAsync(Samples.Chat(server.Base));

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(1, server.Opened);
    }

    [Fact]
    public async Task A_server_that_holds_the_line_open_after_the_end_does_not_hold_the_caller()
    {
        await using LoopbackServer server = new(static async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.EventAsync(Text("x"));
            await exchange.EventAsync(StopEvent);
            await exchange.EventAsync("[DONE]");
            await exchange.WaitForClientToLeaveAsync();
        });

        List<ChatStreamEvent> events = await Samples.ReadAsync(Samples.Chat(server.Base)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        Assert.Equal("x", events[^1].Completion?.Content);
    }

    private static string Text(string text) => $$$"""{"choices":[{"content_filter_results":{},"delta":{"content":"{{{text}}}"},"finish_reason":null,"index":0}],"id":"chatcmpl-A"}""";

    private static string Piece(string delta, string replace = "", string with = "") =>
        $$$"""{"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"delta":{{{{delta}}}},"finish_reason":null,"index":0,"logprobs":null}],"created":1736407895,"id":"chatcmpl-A","model":"gpt-4o-mini-2024-07-18","object":"chat.completion.chunk","system_fingerprint":"fp_5","usage":null}"""
            .Replace(replace.Length == 0 ? "\0" : replace, with, StringComparison.Ordinal);

    private static async Task EventsAsync(Exchange exchange, params string[] events)
    {
        await exchange.BeginEventsAsync();
        foreach (string data in events)
            await exchange.EventAsync(data);
        await exchange.EndChunksAsync();
    }
}
