using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Bulk;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Tests.DataPlane;

namespace AzOpenAI.Core.Tests.Bulk;

public sealed class BulkJournalTests : IDisposable
{
    private static readonly Uri Endpoint = new("https://contoso.openai.azure.com/");

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"journal-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_answer_comes_back_as_it_was()
    {
        ChatCompletion answer = Answer("Grüß Gott\n\"you\" \u2028") with { RequestId = "r-1", Region = "Sweden Central", Duration = TimeSpan.FromSeconds(1.5) };
        using (BulkJournal journal = Open(resume: false))
            journal.Add(0, journal.NextKey(Ask("a")), answer);

        using BulkJournal again = Open(resume: true);
        ChatCompletion? kept = again.Find(again.NextKey(Ask("a")));

        Assert.Equal(answer.Raw, kept?.Raw);
        Assert.Equal(answer.Content, kept?.Content);
        Assert.Equal((answer.RequestId, answer.Region, answer.Deployment, answer.Duration), (kept?.RequestId, kept?.Region, kept?.Deployment, kept!.Duration));
        Assert.Equal(answer.Usage, kept.Usage);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_new_journal_is_its_owners_and_an_old_one_keeps_its_mode(bool resume)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using (BulkJournal journal = Open(resume))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());

        UnixFileMode shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, shared);
        using (BulkJournal again = Open(resume: true))
            again.Add(0, again.NextKey(Ask("a")), Answer("b"));
        Assert.Equal(shared, Mode());
    }

    [Fact]
    public void Answers_are_found_by_what_was_asked_wherever_it_stands_now()
    {
        using (BulkJournal journal = Open(resume: false))
        {
            foreach ((int index, string text) in "same other same".Split(' ').Index())
                journal.Add(index, journal.NextKey(Ask(text)), Answer($"{text} {index}"));
        }

        using BulkJournal again = Open(resume: true);

        Assert.Null(again.Find(again.NextKey(Ask("new"))));
        Assert.Equal("other 1", again.Find(again.NextKey(Ask("other")))?.Content);
        Assert.Equal("same 0", again.Find(again.NextKey(Ask("same")))?.Content);
        Assert.Equal("same 2", again.Find(again.NextKey(Ask("same")))?.Content);
        Assert.Null(again.Find(again.NextKey(Ask("same"))));
        Assert.Null(again.Find(again.NextKey(Ask("other") with { Temperature = 0.5 })));
        Assert.Equal(3, again.Items);
    }

    [Fact]
    public void A_failure_is_tried_again_and_the_later_outcome_counts()
    {
        using (BulkJournal journal = Open(resume: false))
        {
            JournalKey one = journal.NextKey(Ask("one"));
            journal.Add(0, one, Failure.Of(nameof(Messages.RateLimited), ErrorKind.LimitReached, "a", "b", "c"));
            JournalKey two = journal.NextKey(Ask("two"));
            journal.Add(1, two, Answer("half"));
            journal.Add(1, two, Failure.Of(nameof(Messages.AnswerInvalid), ErrorKind.InvalidResponse, "x", "y"));
        }

        using (BulkJournal again = Open(resume: true))
        {
            Assert.Equal(0, again.Answers);
            JournalKey one = again.NextKey(Ask("one"));
            Assert.Null(again.Find(one));
            again.Add(0, one, Answer("at last"));
            Assert.Null(again.Find(again.NextKey(Ask("two"))));
        }

        using BulkJournal last = Open(resume: true);
        Assert.Equal("at last", last.Find(last.NextKey(Ask("one")))?.Content);
    }

    [Theory]
    [InlineData("""{"index":1,"request":"00000000000000000000000000000001","status":"done","answer":{"choi""")]
    [InlineData("""{"index":1,"request":"00000000000000000000000000000001","status":"done","answer":{}}""")]
    [InlineData("{")]
    [InlineData("\0\0\0\0\n")]
    [InlineData("{\"index\":1,\"request\":\"0001\n")]
    public void A_last_line_that_was_cut_off_is_forgotten_and_the_file_is_whole_again(string tail)
    {
        using (BulkJournal journal = Open(resume: false))
            journal.Add(0, journal.NextKey(Ask("a")), Answer("kept"));
        File.AppendAllText(_path, tail);

        using (BulkJournal again = Open(resume: true))
        {
            Assert.Equal("kept", again.Find(again.NextKey(Ask("a")))?.Content);
            again.Add(1, again.NextKey(Ask("b")), Answer("next"));
        }

        string[] lines = File.ReadAllLines(_path);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, static line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
    }

    [Theory]
    [InlineData("{\"journal\":\"Az")]
    [InlineData("")]
    public void A_first_line_that_was_cut_off_is_begun_again(string start)
    {
        File.WriteAllText(_path, start);

        using (BulkJournal journal = Open(resume: true))
            Assert.True(journal.IsNew);

        Assert.StartsWith("{\"journal\":\"AzOpenAI\"", Assert.Single(File.ReadAllLines(_path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a text of somebody's")]
    [InlineData("prompt one\nprompt two\n")]
    [InlineData("{\"journal\":\"AzOpenAI\",\"version\":99}\n")]
    [InlineData("[1]\n")]
    public void A_file_that_is_no_journal_is_left_as_it_is(string text)
    {
        File.WriteAllText(_path, text);

        Assert.Equal(nameof(Messages.JournalInvalid), Assert.Throws<AzOpenAIException>(() => Open(resume: true)).ErrorId);
        Assert.Equal(nameof(Messages.JournalExists), Assert.Throws<AzOpenAIException>(() => Open(resume: false)).ErrorId);

        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void A_broken_line_in_the_middle_is_named()
    {
        using (BulkJournal journal = Open(resume: false))
            journal.Add(0, journal.NextKey(Ask("a")), Answer("kept"));
        string[] lines = File.ReadAllLines(_path);
        File.WriteAllLines(_path, [lines[0], "not a line", lines[1]]);

        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => Open(resume: true));

        Assert.Equal(nameof(Messages.JournalInvalid), error.ErrorId);
        Assert.Contains("Line 2 ", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, File.ReadAllLines(_path).Length);
    }

    [Theory]
    [InlineData("Invoke-AzOpenAICompletion", "https://contoso.openai.azure.com/", "gpt")]
    [InlineData("Invoke-AzOpenAIChat", "https://fabrikam.openai.azure.com/", "gpt")]
    [InlineData("Invoke-AzOpenAIChat", "https://contoso.openai.azure.com/", "other")]
    public void A_journal_of_something_else_is_refused(string command, string endpoint, string deployment)
    {
        BulkJournal.Open(_path, resume: false, command, new Uri(endpoint), deployment).Dispose();

        AzOpenAIException error = Assert.Throws<AzOpenAIException>(() => Open(resume: true));

        Assert.Equal(nameof(Messages.JournalMismatch), error.ErrorId);
        Assert.Contains($"'{deployment}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emulator_on_another_port_is_the_same()
    {
        BulkJournal.Open(_path, resume: false, "Invoke-AzOpenAIChat", new Uri("http://127.0.0.1:5000/contoso/"), "gpt").Dispose();

        using BulkJournal again = BulkJournal.Open(_path, resume: true, "Invoke-AzOpenAIChat", new Uri("http://localhost:6000/contoso/"), "gpt");

        Assert.False(again.IsNew);
    }

    [Fact]
    public void Two_runs_cannot_write_to_one_journal()
    {
        using BulkJournal first = Open(resume: false);

        Assert.Equal(nameof(Messages.JournalInUse), Assert.Throws<AzOpenAIException>(() => Open(resume: true)).ErrorId);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told()
    {
        AzOpenAIException error = Assert.Throws<AzOpenAIException>(
            () => BulkJournal.Open(Path.Combine(_path, "x"), resume: true, "Invoke-AzOpenAIChat", Endpoint, "gpt"));

        Assert.Equal(nameof(Messages.JournalFailed), error.ErrorId);
    }

    [Fact]
    public async Task Many_threads_write_whole_lines()
    {
        using (BulkJournal journal = Open(resume: false))
        {
            JournalKey[] keys = [.. Enumerable.Range(0, 400).Select(i => journal.NextKey(Ask($"{i}")))];
            await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, (i, _) =>
            {
                journal.Add(i, keys[i], Answer($"{i} {new string('x', i * 20)}"));
                return ValueTask.CompletedTask;
            });
        }

        using BulkJournal again = Open(resume: true);
        Assert.Equal(400, again.Answers);
        for (int i = 0; i < 400; i++)
            Assert.StartsWith($"{i} ", again.Find(again.NextKey(Ask($"{i}")))?.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_with_line_breaks_between_its_members_takes_one_line()
    {
        using (BulkJournal journal = Open(resume: false))
            journal.Add(0, journal.NextKey(Ask("a")), Answer("x") with { Raw = Samples.Completion });

        Assert.Equal(2, File.ReadAllLines(_path).Length);
        using BulkJournal again = Open(resume: true);
        Assert.Equal("Grüß Gott \"you\"", again.Find(again.NextKey(Ask("a")))?.Content);
    }

    private BulkJournal Open(bool resume) => BulkJournal.Open(_path, resume, "Invoke-AzOpenAIChat", Endpoint, "gpt");

    private static ChatRequest Ask(string text) => Samples.Ask with { Messages = [new ChatMessage("user", text)] };

    private UnixFileMode Mode() => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(_path);

    private static ChatCompletion Answer(string text)
    {
        string raw = $$$"""{"id":"1","choices":[{"index":0,"message":{"content":{{{JsonSerializer.Serialize(text)}}}},"finish_reason":"stop"}],"usage":{"total_tokens":3} }""";
        return ChatResponseReader.Read(Encoding.UTF8.GetBytes(raw))! with { Deployment = "gpt" };
    }
}
