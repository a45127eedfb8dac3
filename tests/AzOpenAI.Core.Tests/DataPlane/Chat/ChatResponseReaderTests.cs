using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Core.DataPlane.Answers;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

/// <summary>Responses as the service sends them, and as other services, later versions and broken relays may.</summary>
public sealed class ChatResponseReaderTests
{
    private const string Answer = """
        {"choices":[{"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"self_harm":{"filtered":false,"severity":"safe"},
         "protected_material_text":{"filtered":false,"detected":false},"a_new_one":{"filtered":false,"severity":"safe"}},
         "finish_reason":"stop","index":0,"logprobs":null,"message":{"annotations":[],"content":"Grüß Gott \"you\" \ud83d\ude00","refusal":null,"role":"assistant"}}],
         "created":1728073417,"id":"chatcmpl-1","model":"gpt-5-mini-2025-08-07","object":"chat.completion",
         "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"},"jailbreak":{"filtered":false,"detected":false}}}],
         "service_tier":"default","system_fingerprint":"fp_503a95a7d8",
         "usage":{"completion_tokens":68,"completion_tokens_details":{"accepted_prediction_tokens":1,"audio_tokens":2,"reasoning_tokens":64,"rejected_prediction_tokens":3},
         "prompt_tokens":9,"prompt_tokens_details":{"audio_tokens":4,"cached_tokens":5},"total_tokens":77}}
        """;

    // What answers of other services, of later versions and of broken relays have in the place of a value. HALF becomes half of a character, which the library
    // that writes JSON here refuses to write.
    private static readonly string[] Values =
        ["null", "true", "false", "7", "-1", "1.5", "99999999999999999999", "\"\"", "\"safe\"", "\"stop\"", "{}", "[]", "[{}]", "{\"filtered\":false}", "\"HALF\""];

    private static readonly string[] Names =
        ["choices", "index", "message", "content", "refusal", "tool_calls", "usage", "content_filter_result", "content_filter_results", "prompt_annotations", "error", "severity", "detected", "unheard_of"];

    [Fact]
    public void ReadsAResponse()
    {
        ChatCompletion? answer = ChatResponseReader.Read(Encoding.UTF8.GetBytes(Answer));

        Assert.NotNull(answer);
        Assert.Equal("Grüß Gott \"you\" \ud83d\ude00", answer.Content);
        Assert.Equal(6, answer.ContentFilter.Count);
        Assert.Equal((9, 68, 77, 5, 64, 6), (answer.Usage!.PromptTokens, answer.Usage.CompletionTokens, answer.Usage.TotalTokens, answer.Usage.CachedTokens, answer.Usage.ReasoningTokens, answer.Usage.AudioTokens));
        Assert.Equal(["hate", "jailbreak"], answer.ContentFilter.Where(static finding => finding.Side == ContentFilterReader.Prompt).Select(static finding => finding.Category));
        Assert.Equal(("chatcmpl-1", "gpt-5-mini-2025-08-07", "stop", "default", "fp_503a95a7d8"), (answer.Id, answer.Model, answer.FinishReason, answer.ServiceTier, answer.SystemFingerprint));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("<html></html>")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]} x""")]
    public void ReturnsNullForAnythingElse(string body) => Assert.Null(ChatResponseReader.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("""{"choices":[]}""", "")]
    [InlineData("""{"choices":[{"message":{"content":"a"}},{"message":{"content":"b"}}]}""", "a b")]
    [InlineData("""{"choices":[{"message":{"content":"a"}}],"choices":[{"message":{"content":"b"}}]}""", "b")]
    [InlineData("""{"choices":[{"message":{"content":null,"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}""", "f({})")]
    [InlineData("""{"choices":[{"message":{"content":"a"},"content_filter_results":{"hate":{"filtered":true,"severity":"high"}}}]}""", "ahigh")]
    public void ReadsUnusualResponses(string body, string expected)
    {
        ChatCompletion answer = Assert.IsType<ChatCompletion>(ChatResponseReader.Read(Encoding.UTF8.GetBytes(body)));
        string filtered = string.Concat(answer.ContentFilter.Where(static finding => finding.Filtered).Select(static finding => finding.Severity));
        Assert.Equal(expected, string.Join(' ', answer.Choices.Select(static choice => choice.Content + string.Concat(choice.ToolCalls))) + filtered);
    }

    [Fact]
    public void ReturnsNullForTextThatIsNotUtf8()
    {
        byte[] body = Encoding.Latin1.GetBytes("""{"choices":[{"message":{"content":"Grüße"}}]}""");

        Assert.Null(ChatResponseReader.Read(body));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NeverThrowsWhateverIsInThePlaceOfAValue(int seed)
    {
        Random random = new(seed);
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            JsonNode root = JsonNode.Parse(Answer)!;
            for (int changes = random.Next(1, 3); changes > 0; changes--)
                Change(root, random);
            string text = root.ToJsonString().Replace("HALF", "\\ud800", StringComparison.Ordinal);
            if (ChatResponseReader.Read(Encoding.UTF8.GetBytes(text)) is not { } answer)
                continue;

            read++;
            Assert.NotEmpty(Show(answer));
            Assert.Equal(text, answer.Raw);
        }

        Assert.InRange(read, 1500, 2999);
    }

    private static void Change(JsonNode root, Random random)
    {
        List<JsonNode> places = [];
        Collect(root, places);
        JsonNode place = places[random.Next(places.Count)];
        JsonNode? value = JsonNode.Parse(Values[random.Next(Values.Length)]);
        switch (place)
        {
            case JsonObject { Count: > 0 } members when random.Next(4) == 0:
                members.Remove(members.ElementAt(random.Next(members.Count)).Key);
                break;
            case JsonObject { Count: > 0 } members when random.Next(3) > 0:
                members[members.ElementAt(random.Next(members.Count)).Key] = value;
                break;
            case JsonObject members:
                members[Names[random.Next(Names.Length)]] = value;
                break;
            case JsonArray items when random.Next(2) == 0 && items.Count > 0:
                items.Add(items[0]!.DeepClone());
                break;
            case JsonArray items:
                items.Insert(random.Next(items.Count + 1), value);
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        switch (node)
        {
            case JsonObject members:
                places.Add(members);
                foreach ((_, JsonNode? member) in members)
                    Collect(member, places);
                break;
            case JsonArray items:
                places.Add(items);
                foreach (JsonNode? item in items)
                    Collect(item, places);
                break;
        }
    }

    private static string Show(ChatCompletion? answer) => JsonSerializer.Serialize(answer);
}
