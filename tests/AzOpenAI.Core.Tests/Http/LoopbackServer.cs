using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AzOpenAI.Core.Tests.Http;

/// <summary>
/// A small HTTP/1.1 server on loopback in which a test decides over every byte: it can send half an answer, stall, drop the socket or talk nonsense.
/// One script serves one request; the last one serves all that follow.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Func<Exchange, Task>> _scripts = new();
    private readonly ConcurrentQueue<Task> _connections = new();
    private readonly Task _accepting;
    private int _opened;

    public LoopbackServer(params Func<Exchange, Task>[] scripts)
    {
        foreach (Func<Exchange, Task> script in scripts)
            _scripts.Enqueue(script);
        _listener.Start();
        Base = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Base { get; }

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    /// <summary>Sockets that clients opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>The only request so far.</summary>
    public ReceivedRequest Request => Assert.Single(Requests);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _opened);
                _connections.Enqueue(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        client.NoDelay = true;
        NetworkStream stream = client.GetStream();
        try
        {
            while (await ReceivedRequest.ReadAsync(stream, _stop.Token) is { } request)
            {
                Requests.Enqueue(request);
                Func<Exchange, Task>? script = _scripts.Count > 1 && _scripts.TryDequeue(out Func<Exchange, Task>? next) ? next : _scripts.TryPeek(out next) ? next : null;
                Exchange exchange = new(stream, client.Client, request, _stop.Token);
                if (script is not null)
                    await script(exchange);
                if (exchange.Closed)
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
        {
        }
    }
}

/// <summary>What a client sent.</summary>
internal sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<ReceivedRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (head.Count < 4 || !(head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
                return null;
            head.Add(one[0]);
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':');
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, null) : 0];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new ReceivedRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }
}

/// <summary>One request being answered.</summary>
internal sealed class Exchange(NetworkStream stream, Socket socket, ReceivedRequest request, CancellationToken stop)
{
    public ReceivedRequest Request => request;

    /// <summary>True: the socket is not for another request.</summary>
    public bool Closed { get; private set; }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public Task SendAsync(byte[] bytes) => stream.WriteAsync(bytes, stop).AsTask();

    /// <summary>A whole answer.</summary>
    public Task AnswerAsync(int status, string body, string contentType = "application/json", params string[] headers)
    {
        string more = string.Concat(headers.Select(static header => header + "\r\n"));
        return SendAsync($"HTTP/1.1 {status} Reason\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{more}\r\n{body}");
    }

    /// <summary>Begins a chunked answer of events.</summary>
    public Task BeginEventsAsync(params string[] headers) =>
        SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n{string.Concat(headers.Select(static header => header + "\r\n"))}\r\n");

    public Task ChunkAsync(string text) => SendAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    public Task EventAsync(string data) => ChunkAsync($"data: {data}\n\n");

    public Task EndChunksAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Ends the connection in good order; all that was sent arrives.</summary>
    public void Close()
    {
        Closed = true;
        socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Cuts the socket off, without a goodbye. What the client has not read by then may be lost to it.</summary>
    public void Drop()
    {
        Closed = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Says nothing until the client goes away.</summary>
    /// <returns>True: the client closed the connection. False: the server was stopped before.</returns>
    public async Task<bool> WaitForClientToLeaveAsync()
    {
        Closed = true;
        try
        {
            return await stream.ReadAsync(new byte[1], stop) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
