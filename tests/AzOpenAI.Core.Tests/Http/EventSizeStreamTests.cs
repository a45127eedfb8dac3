using System.Net.ServerSentEvents;
using System.Text;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.Http;

public sealed class EventSizeStreamTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Events_up_to_the_limit_pass_however_the_bytes_are_cut(string end)
    {
        string text = string.Concat(Enumerable.Range(0, 20).Select(i => $"event: x{end}data: {new string('a', 20)}{i:00}{end}{end}"));
        foreach (int size in (int[])[1, 2, 3, 7, 4096])
            Assert.Equal(20, (await ReadAsync(text, limit: 40, size)).Count);
    }

    [Theory]
    [InlineData("data: {long}\n\n")]
    [InlineData("data: {long}")]
    [InlineData("data: aaaaaaaaaaaaaaaaaaaaa\ndata: aaaaaaaaaaaaaaaaaaaaaa\ndata: a\n\n")]
    [InlineData(": {long}\r\n\r\n")]
    [InlineData("{long}")]
    public async Task An_event_beyond_it_is_not_read_on(string text)
    {
        text = "data: first\n\n" + text.Replace("{long}", new string('b', 60), StringComparison.Ordinal);
        foreach (int size in (int[])[1, 3, 4096])
        {
            ResponseTooLargeException error = await Assert.ThrowsAsync<ResponseTooLargeException>(() => ReadAsync(text, limit: 50, size));
            Assert.Equal(50, error.Limit);
        }
    }

    private static async Task<List<string>> ReadAsync(string text, long limit, int size)
    {
        List<string> events = [];
        SseParser<string> parser = SseParser.Create(new EventSizeStream(new SlowStream(Encoding.UTF8.GetBytes(text), size), limit), static (_, data) => Encoding.UTF8.GetString(data));
        await foreach (SseItem<string> item in parser.EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add(item.Data);
        return events;
    }

    private sealed class SlowStream(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
