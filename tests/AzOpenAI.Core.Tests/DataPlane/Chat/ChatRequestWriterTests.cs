using System.Text;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

/// <summary>Every member of a request reaches the wire under its name, and nothing else does.</summary>
public sealed class ChatRequestWriterTests
{
    private const string Start = """{"messages":[{"role":"user","content":"Hello"}]""";

    [Fact]
    public void A_plain_request_has_messages_only() => Assert.Equal(Start + "}", Write(Samples.Ask));

    [Fact]
    public void Sampling_and_form_are_written_where_they_are_set() =>
        Assert.Equal(
            Start + ',' + """
            "n":2,"frequency_penalty":0.5,"presence_penalty":-1,"logprobs":true,"top_logprobs":3,"reasoning_effort":"low","verbosity":"high",
            "metadata":{"a":"b"},"response_format":{"type":"json_object"}}
            """.ReplaceLineEndings(""),
            Write(Samples.Ask with
            {
                ChoiceCount = 2,
                FrequencyPenalty = 0.5,
                PresencePenalty = -1,
                TopLogProbs = 3,
                ReasoningEffort = "low",
                Verbosity = "high",
                Metadata = new Dictionary<string, string> { ["a"] = "b" },
                JsonObject = true,
            }));

    [Fact]
    public void A_schema_goes_as_it_is() =>
        Assert.Equal(
            Start + ""","response_format":{"type":"json_schema","json_schema":{"name":"city","description":"d","strict":true,"schema":{"type":"object"}}}}""",
            Write(Samples.Ask with { ResponseSchema = new ChatResponseSchema("city", """{"type":"object"}""") { Strict = true, Description = "d" } }));

    [Theory]
    [InlineData("auto", "\"auto\"")]
    [InlineData("required", "\"required\"")]
    [InlineData("look", """{"type":"function","function":{"name":"look"}}""")]
    public void Tools_are_written_with_the_choice_among_them(string choice, string written) =>
        Assert.Equal(
            Start + ""","tools":[{"type":"function","function":{"name":"look","description":"Looks.","strict":true,"parameters":{"type":"object"}}}],"tool_choice":"""
            + written + ""","parallel_tool_calls":false}""",
            Write(Samples.Ask with
            {
                Tools = [new ChatToolDefinition("look", """{"type":"object"}""") { Description = "Looks.", Strict = true }],
                ToolChoice = choice,
                ParallelToolCalls = false,
            }));

    [Fact]
    public void Parts_follow_the_text_of_a_message()
    {
        ChatMessage message = new("user", "See")
        {
            Parts =
            [
                ChatContentPart.FromText("more"),
                ChatContentPart.FromImageUrl("https://example.com/a.png", "low"),
                ChatContentPart.FromImage(new byte[] { 1, 2, 3 }, "image/png"),
                ChatContentPart.FromFile(new byte[] { 4 }, "a.pdf", "application/pdf"),
                ChatContentPart.FromFileId("file-1"),
                ChatContentPart.FromJson("input_audio", """{"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}"""),
            ],
        };
        Assert.Equal(
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"See"},{"type":"text","text":"more"},
            {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
            {"type":"image_url","image_url":{"url":"data:image/png;base64,AQID"}},
            {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,BA=="}},
            {"type":"file","file":{"file_id":"file-1"}},
            {"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}]}]}
            """.ReplaceLineEndings(""),
            Write(Samples.Ask with { Messages = [message] }));
    }

    [Fact]
    public void A_turn_with_tool_calls_is_written_as_the_service_gave_it()
    {
        ChatMessage[] messages =
        [
            new("assistant", "") { ToolCalls = [new ToolCall("c1", "look", """{"q":1}""")] },
            new("tool", "found") { ToolCallId = "c1" },
            new("assistant", "") { Refusal = "no" },
            new("user", "") { Name = "nora" },
        ];
        Assert.Equal(
            """
            {"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\":1}"}}]},
            {"role":"tool","content":"found","tool_call_id":"c1"},{"role":"assistant","content":null,"refusal":"no"},{"role":"user","content":"","name":"nora"}]}
            """.ReplaceLineEndings(""),
            Write(Samples.Ask with { Messages = messages }));
    }

    [Fact]
    public void Extra_members_win_over_those_of_the_same_name() =>
        Assert.Equal(Start + ""","seed":1,"n":3,"store":true,"stop":null}""", Write(Samples.Ask with { ChoiceCount = 2, Seed = 1, ExtraBody = """{"n":3,"store":true,"stop":null}""" }));

    private static string Write(ChatRequest request) =>
        Encoding.UTF8.GetString(ChatRequestWriter.Write(request, withModel: false, ParameterFit.CompletionTokens, stream: false, withUsage: false).Span);
}
