using System.Net;
using System.Net.Sockets;
using System.Text;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Requests;
using AzOpenAI.Core.Tests.Management;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>No text of a user becomes another header or another request: one call is one request, looked at in bytes.</summary>
public sealed class RequestSplittingTests
{
    private const string Second = "\r\nContent-Length: 0\r\n\r\nDELETE /openai/v1/files/f HTTP/1.1\r\nHost: x\r\n\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, RawRequest> Attacks => new()
    {
        { "content type with a line end", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("application/json" + Second) } },
        { "content type with a lone line feed", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("application/json\nX-Injected: 1") } },
        { "content type with a NUL", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("application/json\0") } },
        { "content type without a slash", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("json") } },
        { "no content type", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("") } },
        { "content type beyond ASCII", nameof(Messages.ContentTypeInvalid), Post with { Body = Body("text/\u010d\u010a") } },
        { "header with a line end", nameof(Messages.HeaderInvalid), Post with { Headers = Header("X-Team", "red" + Second) } },
        { "secret header with a line end", nameof(Messages.HeaderInvalid), Post with { Headers = Header("X-Team", Samples.Secret("canary" + Second)) } },
        { "secret header beyond ASCII", nameof(Messages.HeaderInvalid), Post with { Headers = Header("X-Team", Samples.Secret("canary\u010d\u010aX: y")) } },
        { "header name with a line end", nameof(Messages.HeaderInvalid), Post with { Headers = Header("X-Team: red\r\nX", "y") } },
        { "header name with a colon", nameof(Messages.HeaderInvalid), Post with { Headers = Header("X-Team:", "y") } },
        { "empty header name", nameof(Messages.HeaderInvalid), Post with { Headers = Header("", "y") } },
        { "length of its own", nameof(Messages.HeaderInvalid), Post with { Headers = Header("content-length", "0") } },
        { "transfer coding of its own", nameof(Messages.HeaderInvalid), Post with { Headers = Header("Transfer-Encoding", "chunked") } },
        { "host of its own", nameof(Messages.HeaderInvalid), Post with { Headers = Header("Host", "evil.example") } },
        { "path with a line end", nameof(Messages.RequestPathInvalid), Post with { Path = "models HTTP/1.1" + Second } },
        { "path with a NEL", nameof(Messages.RequestPathInvalid), Post with { Path = "models\u0085x" } },
        { "field with a line end", nameof(Messages.FormNameInvalid), Post with { Body = Form("purpose\r\nX-Injected: 1", null) } },
        { "field with a quotation mark", nameof(Messages.FormNameInvalid), Post with { Body = Form("a\"; filename=\"b", null) } },
        { "empty field name", nameof(Messages.FormNameInvalid), Post with { Body = Form("", null) } },
        { "file with a line end", nameof(Messages.FormNameInvalid), Post with { Body = Form("file", "a\r\nContent-Type: text/html\r\n\r\n") } },
        { "file with a quotation mark", nameof(Messages.FormNameInvalid), Post with { Body = Form("file", "a\".jsonl") } },
    };

    private static RawRequest Post => new() { Method = "POST", Path = "chat/completions", Body = Body("application/json"), Deployment = "chat" };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task What_would_split_a_request_is_refused_on_the_data_plane(string what, string errorId, RawRequest request)
    {
        await using WireTap tap = new();

        AzOpenAIException error = await Assert.ThrowsAsync<AzOpenAIException>(async () => (await tap.Client().Requests.SendAsync(request, Cancellation)).Dispose());

        Assert.True(errorId == error.ErrorId, $"{what}: {error.ErrorId}");
        Assert.DoesNotContain("canary", error.ToString() + error.Suggestion, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal("", tap.Text);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task What_would_split_a_request_is_refused_on_the_management_plane(string what, string errorId, RawRequest request)
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));

        AzOpenAIException error = await ScriptedArm.FailsAsync(async () => (await ScriptedArm.Client(handler).Requests.SendAsync(
            request with { Path = request.Path.Replace("chat/completions", ScriptedArm.Account, StringComparison.Ordinal).Replace("models", ScriptedArm.Account, StringComparison.Ordinal) }, false, Cancellation)).Dispose());

        Assert.True(errorId == error.ErrorId, $"{what}: {error.ErrorId}");
        Assert.DoesNotContain("canary", error.ToString() + error.Suggestion, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task What_is_fine_is_one_request_on_the_wire()
    {
        await using WireTap tap = new();
        RawRequest request = Post with
        {
            Body = new RawBody { Form = [new RawFormField("pur pose", "a\r\n\r\nb"u8.ToArray()), new RawFormField("file", "c"u8.ToArray(), "grün [1] 'x'; y.jsonl")] },
            Headers = new Dictionary<string, object> { ["X-Team"] = "red blue; q=\"1\"", ["Authorization"] = Samples.Secret("Basic dXNlcjpwYXNz\r\n") },
            Query = new Dictionary<string, string> { ["a&b=c\r\n"] = "d&e#f\r\nX: y" },
        };

        using RawResponse response = await tap.Client().Requests.SendAsync(request, Cancellation);

        Assert.Equal(200, response.StatusCode);
        Assert.Single(tap.Text.Split("HTTP/1.1\r\n")[..^1]);
        Assert.StartsWith("POST /openai/v1/chat/completions?a%26b%3Dc%0D%0A=d%26e%23f%0D%0AX%3A%20y HTTP/1.1\r\n", tap.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Team: red blue; q=\"1\"\r\n", tap.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic dXNlcjpwYXNz\r\n", tap.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", null)]
    [InlineData(".", null)]
    [InlineData("a\r\nb", null)]
    [InlineData("a\u0000b", null)]
    [InlineData("../../files", "..%2F..%2Ffiles")]
    [InlineData("..\\x", "..%5Cx")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("a/b?c#d%20", "a%2Fb%3Fc%23d%2520")]
    [InlineData("...", null)]
    [InlineData("...a", "...a")]
    [InlineData("grün", "gr%C3%BCn")]
    public async Task A_deployment_stays_one_segment_of_the_path(string deployment, string? segment)
    {
        await using WireTap tap = new();
        DataPlaneClient client = tap.Client(ConnectionKind.AzureDated);
        Task[] calls =
        [
            CallAsync(async () => await client.Chat.CompleteAsync(Samples.Ask with { Deployment = deployment }, Cancellation)),
            CallAsync(async () => (await client.Requests.SendAsync(Post with { Deployment = deployment }, Cancellation)).Dispose()),
        ];
        await Task.WhenAll(calls);

        string[] targets = [.. tap.Text.Split('\n').Where(static line => line.EndsWith("HTTP/1.1\r", StringComparison.Ordinal)).Select(static line => line.Split(' ')[1])];
        Assert.All(targets, target => Assert.Equal($"/openai/deployments/{segment}/chat/completions?api-version=2024-10-21", target));
        Assert.Equal(segment is null ? 0 : 2, targets.Length);

        async Task CallAsync(Func<Task> call)
        {
            Exception? error = await Record.ExceptionAsync(call);
            Assert.Equal(segment is null ? nameof(Messages.NameInPathInvalid) : null, (error as AzOpenAIException)?.ErrorId);
        }
    }

    [Theory]
    [InlineData("2022-09-01&x=evil")]
    [InlineData("2022-09-01#")]
    [InlineData("2022-09-01 ")]
    [InlineData("2022-09-01\r\nX: y")]
    [InlineData("v1")]
    [InlineData("")]
    public async Task An_api_version_of_Azure_Resource_Manager_adds_nothing_to_the_query(string version)
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));
        RawRequest get = new() { Method = "GET", Path = "/subscriptions" };

        foreach (RawRequest request in (RawRequest[])
            [get with { ApiVersion = version }, get with { Query = new Dictionary<string, string> { ["API-Version"] = version } }])
        {
            AzOpenAIException error = await ScriptedArm.FailsAsync(async () => (await ScriptedArm.Client(handler).Requests.SendAsync(request, false, Cancellation)).Dispose());
            Assert.Equal(nameof(Messages.RequestApiVersionInvalid), error.ErrorId);
        }

        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task An_api_version_in_the_query_takes_the_place_of_the_own_one()
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));

        (await ScriptedArm.Client(handler).Requests.SendAsync(
            new RawRequest { Method = "GET", Path = "/subscriptions", Query = new Dictionary<string, string> { ["api-version"] = "2020-01-01-preview", ["$top"] = "1" } }, false, Cancellation)).Dispose();

        Assert.Equal(["GET /subscriptions?api-version=2020-01-01-preview&%24top=1"], handler.Lines);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a\nb")]
    public async Task A_name_of_the_management_plane_stays_one_segment(string name)
    {
        ScriptedHandler handler = new(static _ => ScriptedHandler.Json("{}"));

        AzOpenAIException error = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler).Deployments.GetAsync(ScriptedArm.Resource, name, Cancellation));

        Assert.Equal(nameof(Messages.DeploymentNameInvalid), error.ErrorId);
        Assert.Empty(handler.Requests);
    }

    private static RawBody Body(string contentType) => new() { Bytes = "{}"u8.ToArray(), ContentType = contentType };

    private static RawBody Form(string name, string? file) => new() { Form = [new RawFormField(name, "x"u8.ToArray(), file)] };

    private static Dictionary<string, object> Header(string name, object value) => new() { [name] = value };

    /// <summary>A socket that keeps every byte it gets, understands none of it, and answers when it has gone quiet.</summary>
    private sealed class WireTap : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly MemoryStream _bytes = new();
        private readonly Task _loop;

        public WireTap()
        {
            _listener.Start();
            _loop = AcceptAsync();
        }

        public string Text
        {
            get
            {
                lock (_bytes)
                    return Encoding.Latin1.GetString(_bytes.ToArray());
            }
        }

        public DataPlaneClient Client(ConnectionKind kind = ConnectionKind.AzureV1) => new(
            Samples.Connection(new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/"), kind), null, null, new ServiceOptions());

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _loop;
            _stop.Dispose();
            _bytes.Dispose();
        }

        private async Task AcceptAsync()
        {
            List<Task> sockets = [];
            try
            {
                while (true)
                    sockets.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
            }

            await Task.WhenAll(sockets);
        }

        private async Task ServeAsync(TcpClient client)
        {
            using TcpClient owned = client;
            byte[] buffer = new byte[65536];
            byte[] body = Encoding.UTF8.GetBytes(Samples.Completion);
            byte[] head = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
            try
            {
                NetworkStream stream = client.GetStream();
                // Long enough for everything that the client has to say: what it says is what is looked at.
                using CancellationTokenSource quiet = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                quiet.CancelAfter(TimeSpan.FromMilliseconds(400));
                try
                {
                    while (await stream.ReadAsync(buffer, quiet.Token) is > 0 and int read)
                    {
                        lock (_bytes)
                            _bytes.Write(buffer, 0, read);
                    }
                }
                catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
                {
                }

                await stream.WriteAsync((byte[])[.. head, .. body], _stop.Token);
                await stream.FlushAsync(_stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
            }
        }
    }
}
