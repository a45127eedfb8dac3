using System.Text;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Tests.Conversations;

/// <summary>What is written comes back; what is damaged is refused with its place.</summary>
public sealed class ConversationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conversation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_round_trip_loses_nothing()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0, 255, 1];
        Conversation conversation = ConversationEdits.Rename(ConversationEdits.Create(
            "work", "Be \"brief\"\n– ✓ 漢",
            [
                new ChatMessage("developer", "d"),
                new ChatMessage("user", "See") { Name = "nora", Parts = [ChatContentPart.FromImage(png, "image/png", "low"), ChatContentPart.FromImageUrl("https://contoso.com/a.png")] },
                new ChatMessage("assistant", "") { ToolCalls = [new ToolCall("c1", "look", """{"a":1}"""), new ToolCall("c2", "look", "no json")] },
                new ChatMessage("tool", "t1") { ToolCallId = "c1" },
                new ChatMessage("tool", "") { ToolCallId = "c2" },
                new ChatMessage("assistant", "") { Refusal = "I will not." },
                new ChatMessage("user", "")
                {
                    Parts =
                    [
                        ChatContentPart.FromFile(png, "a.pdf", "application/pdf"), ChatContentPart.FromFileId("file-1"), ChatContentPart.FromText("and"),
                        ChatContentPart.FromJson("input_audio", """{"type":"input_audio","input_audio":{"data":"AA==","format":"wav"}}"""),
                    ],
                },
                new ChatMessage("assistant", "a \u001b[31m"),
            ],
            7, 5000), "work");
        Talk.Answer(conversation, "u", "a", prompt: 900, completion: 7);
        string path = Path.Combine(_folder, "c.json");
        await ConversationFile.WriteAsync(conversation, path, noClobber: true, force: false, TestContext.Current.CancellationToken);

        (Conversation read, IReadOnlyList<string> leftOut) = await ConversationFile.ReadAsync(path, path, TestContext.Current.CancellationToken);

        Assert.Empty(leftOut);
        Assert.Equal(Wire(conversation), Wire(read));
        Assert.Equal(ConversationFile.ToJson(conversation), ConversationFile.ToJson(read));
        Assert.Equal(
            (conversation.Name, conversation.CreatedAt, 7, 5000, 1, 3, conversation.Tokens),
            (read.Name, read.CreatedAt, read.MaxTurns, read.MaxTokens, read.Calls, read.Turns, read.Tokens));
        Assert.Equal(conversation.Usage, read.Usage);
        Assert.Equal(conversation.Dropped, read.Dropped);
        Assert.Equal(png, read.Messages[2].Parts[0].Data.ToArray());
        Assert.Equal("low", read.Messages[2].Parts[0].Detail);
    }

    [Theory]
    [InlineData("""[{"role":"system","content":"s1"},{"role":"user","content":"u1"},{"role":"assistant","content":"a1"}]""")]
    [InlineData("""{"messages":[{"role":"system","content":"s1"},{"role":"user","content":[{"type":"text","text":"u1"}]},{"role":"assistant","content":"a1","refusal":null,"annotations":[],"audio":null}]}""")]
    public void Messages_as_the_API_takes_them_are_read(string json)
    {
        (Conversation conversation, IReadOnlyList<string> leftOut) = Parse(json);

        Assert.Equal("s1 u1 a1", string.Join(' ', conversation.Messages));
        Assert.Equal(1, conversation.Turns);
        Assert.Empty(leftOut);
    }

    [Fact]
    public void What_has_no_place_is_named()
    {
        (_, IReadOnlyList<string> leftOut) = Parse("""{"model":"gpt","messages":[{"role":"user","content":"u1","weight":1}]}""");
        Assert.Equal(["model", "messages[0].weight"], leftOut);
    }

    [Fact]
    public void A_part_with_more_members_than_we_know_stays_as_it_is()
    {
        string json = """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://contoso.com","fps":1}},{"type":"video","a":[1]}]}]""";
        Assert.Contains("""{"url":"https://contoso.com","fps":1}""", Wire(Parse(json).Conversation), StringComparison.Ordinal);
    }

    [Fact]
    public void UTF_16_and_a_mark_of_UTF_8_are_read()
    {
        string json = """[{"role":"user","content":"ö"}]""";
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
            Assert.Equal("ö", ConversationFile.Parse((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(json)], "f").Conversation.Messages[0].Content);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "line 1, byte 2")]
    [InlineData("[\n{\"role\":\"user\",\n\"content\":oops}]", "line 3, byte 11")]
    [InlineData("7", "a number")]
    [InlineData("{}", "neither 'format' nor 'messages'")]
    [InlineData("""{"role":"user","content":"x"}""", "a single message")]
    [InlineData("""{"messages":{}}""", "messages is an object")]
    [InlineData("""[3]""", "[0] is a number")]
    [InlineData("""[{"role":"user"},{"content":"x"}]""", "[1] doesn't have a role")]
    [InlineData("""[{"role":"boss","content":"x"}]""", "[0].role is 'boss'")]
    [InlineData("""[{"role":7}]""", "[0].role is a number")]
    [InlineData("""[{"role":"user","content":7}]""", "[0].content is a number")]
    [InlineData("""[{"role":"user","content":[7]}]""", "[0].content[0] is a number")]
    [InlineData("""[{"role":"user","content":[{"text":"x"}]}]""", "[0].content[0] doesn't have a type")]
    [InlineData("""[{"role":"user","content":[{"type":"image_url"}]}]""", "[0].content[0] doesn't have an image_url")]
    [InlineData("""[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,???"}}]}]""", "[0].content[0].image_url.url")]
    [InlineData("""[{"role":"assistant","tool_calls":{}}]""", "[0].tool_calls is an object")]
    [InlineData("""[{"role":"assistant","tool_calls":[{"id":"a"}]}]""", "[0].tool_calls[0] isn't a function call")]
    [InlineData("""[{"role":"assistant","tool_calls":[{"function":{"name":"a"}}]}]""", "[0].tool_calls[0] doesn't have an id")]
    [InlineData("""{"format":"Other","version":1,"messages":[]}""", "format is 'Other'")]
    [InlineData("""{"format":"AzOpenAI.Conversation","messages":[]}""", "version is missing")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":0,"messages":[]}""", "version is 0")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":1}""", "messages is missing")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":1,"maxTurns":-1,"messages":[]}""", "maxTurns is -1")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":1,"usage":{"promptTokens":"x"},"messages":[]}""", "usage.promptTokens is a text")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":1,"createdAt":"x","messages":[]}""", "createdAt isn't a valid time")]
    [InlineData("""{"format":"AzOpenAI.Conversation","version":1,"messages":[],"messageTokens":[1]}""", "messageTokens isn't an array of 0 numbers")]
    public void A_damaged_file_is_refused_with_the_place(string json, string said)
    {
        AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => Parse(json));
        Assert.Equal("ConversationFileInvalid", failure.ErrorId);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("chat.json", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", failure.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_version_is_refused_as_such()
    {
        AzOpenAIException failure = Assert.Throws<AzOpenAIException>(() => Parse("""{"format":"AzOpenAI.Conversation","version":2,"messages":"another form"}"""));
        Assert.Equal("ConversationFileNewer", failure.ErrorId);
        Assert.Contains('2', failure.Message);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(ConversationFile.ToJson(Talk.Of(10, 0, "s1", "u1", "a1")));
        for (int length = 0; length < whole.Length; length++)
            Assert.Equal("ConversationFileInvalid", Assert.Throws<AzOpenAIException>(() => ConversationFile.Parse(whole.AsMemory(0, length), "f")).ErrorId);
    }

    [Fact]
    public async Task A_new_file_is_its_owners_and_an_old_one_keeps_its_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        string path = Path.Combine(_folder, "c.json");
        Conversation conversation = Talk.Of(10, 0, "u1");
        await ConversationFile.WriteAsync(conversation, path, false, false, TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(path));
        UnixFileMode shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        SetMode(path, shared);
        await ConversationFile.WriteAsync(conversation, path, false, false, TestContext.Current.CancellationToken);
        Assert.Equal(shared, Mode(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static (Conversation Conversation, IReadOnlyList<string> LeftOut) Parse(string json) => ConversationFile.Parse(Encoding.UTF8.GetBytes(json), "chat.json");

    private static string Wire(Conversation conversation) => Encoding.UTF8.GetString(
        ChatRequestWriter.Write(new ChatRequest { Deployment = "d", Messages = conversation.Messages }, withModel: false, "max_tokens", stream: false, withUsage: false).Span);
}
