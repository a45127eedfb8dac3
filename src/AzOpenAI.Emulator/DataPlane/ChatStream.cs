using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Sends an answer as server-sent events: filter results, role, content, finish, usage where asked, [DONE].</summary>
internal sealed class ChatStream(DataPlaneRequest request, ChatParameters parameters, ChatAnswer answer, JsonArray? scripted)
{
    private readonly Exchange _exchange = request.Exchange;
    private readonly Emulation _emulation = request.Emulation;
    private bool _garbageSent;

    public async Task SendAsync()
    {
        Reply head = new()
        {
            Raw = [],
            ContentType = "text/event-stream; charset=utf-8",
            Headers = new Dictionary<string, string>(request.Headers) { ["Cache-Control"] = "no-cache, must-revalidate" },
        };
        RequestPipeline.WriteHead(_exchange.Http.Response, head, _emulation);
        int sent = 0;
        foreach (ChatEvent item in Events())
        {
            // A fault counts content chunks; without a number it strikes after the first.
            if (_exchange.Fault is { } fault && sent >= (fault.AfterChunks ?? 1) && item.Kind != ChatEventKind.Opening && !await BreakAsync(fault))
            {
                return;
            }

            await WriteAsync(item.Data);
            if (item.Kind == ChatEventKind.Content)
            {
                sent++;
                await PauseAsync(item.Tokens);
            }
        }

        await EndAsync();
    }

    private async Task EndAsync()
    {
        _exchange.Entry.Complete(_emulation.Clock.Now);
        await _exchange.Http.Response.CompleteAsync();
    }

    /// <summary>Events that the fault puts in the way. False ends the stream.</summary>
    private async Task<bool> BreakAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                await fault.WhenReleased.WaitAsync(_exchange.Aborted);
                return true;
            case FaultKind.Drop:
                _exchange.Entry.Complete(_emulation.Clock.Now);
                _exchange.Http.Abort();
                return false;
            case FaultKind.Truncate:
                await EndAsync();
                return false;
            case FaultKind.StreamError:
                await WriteAsync((fault.Body ?? DataPlaneErrors.ServerError().Reply.Body!).ToJsonString());
                await EndAsync();
                return false;
            case FaultKind.Garbage when !_garbageSent:
                _garbageSent = true;
                await WriteAsync("{\"choices\":[{\"delta\":");
                return true;
            case FaultKind.UnknownEvents:
                await RawAsync(": keep-alive\n\nevent: emulator.unknown\nid: 7\nretry: 1000\ndata: {\"object\":\"emulator.unknown\",\"choices\":[],\"surprise\":{\"a\":1}}\n\n");
                return true;
            default:
                return true;
        }
    }

    private IEnumerable<ChatEvent> Events()
    {
        if (scripted is not null)
        {
            foreach (JsonNode? item in scripted)
            {
                yield return new ChatEvent(ChatEventKind.Content, item?.ToJsonString() ?? "null", 1);
            }

            yield return new ChatEvent(ChatEventKind.Closing, "[DONE]", 0);
            yield break;
        }

        ChatChunks chunks = new(parameters, answer, _emulation.Settings.ChunkCount);
        foreach (ChatEvent item in chunks.All())
        {
            yield return item;
        }
    }

    private async Task WriteAsync(string data)
    {
        if (_exchange.AddUnknownFields && data.StartsWith('{') && data.EndsWith('}'))
        {
            JsonNode node = JsonNode.Parse(data)!;
            UnknownFields.AddTo(node);
            data = node.ToJsonString();
        }

        await RawAsync($"data: {data}\n\n");
    }

    private async Task RawAsync(string text)
    {
        await _exchange.Http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), _exchange.Aborted);
        await _exchange.Http.Response.Body.FlushAsync(_exchange.Aborted);
    }

    private async Task PauseAsync(int tokens)
    {
        TimeSpan delay = _emulation.Settings.ChunkDelay;
        if (_emulation.Settings.TokensPerSecond is > 0 and { } speed)
        {
            delay += TimeSpan.FromSeconds(tokens / speed);
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _exchange.Aborted);
        }
    }
}
