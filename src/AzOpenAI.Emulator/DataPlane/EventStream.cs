using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Sends server-sent events at the configured speed, with the faults of streams.</summary>
internal sealed class EventStream(DataPlaneRequest request)
{
    private readonly Exchange _exchange = request.Exchange;
    private readonly Emulation _emulation = request.Emulation;
    private bool _garbageSent;

    public async Task SendAsync(IEnumerable<StreamEvent> events)
    {
        Reply head = new()
        {
            Raw = [],
            ContentType = "text/event-stream; charset=utf-8",
            Headers = new Dictionary<string, string>(request.Headers) { ["Cache-Control"] = "no-cache, must-revalidate" },
        };
        RequestPipeline.WriteHead(_exchange.Http.Response, head, _emulation);
        int sent = 0;
        foreach (StreamEvent item in events)
        {
            // A fault counts content chunks; without a number it occurs after the first.
            if (_exchange.Fault is { } fault && sent >= (fault.AfterChunks ?? 1) && item.Kind != StreamEventKind.Opening && !await BreakAsync(fault))
            {
                return;
            }

            await WriteAsync(item.Data);
            if (item.Kind == StreamEventKind.Content)
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

    /// <summary>Sends the events of a fault. False ends the stream.</summary>
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
                await WriteAsync(WireJson.Text(fault.Body ?? DataPlaneErrors.ServerError().Reply.Body!));
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

    private async Task WriteAsync(string data)
    {
        if (_exchange.AddUnknownFields && data.StartsWith('{') && data.EndsWith('}'))
        {
            JsonNode node = JsonNode.Parse(data)!;
            UnknownFields.AddTo(node);
            data = WireJson.Text(node);
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
