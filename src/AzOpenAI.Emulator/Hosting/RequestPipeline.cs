using System.Globalization;
using System.Net;
using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Management;
using Microsoft.AspNetCore.Http;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>Passes a request through log, faults and latency to its plane, and sends the response.</summary>
internal sealed class RequestPipeline
{
    private static readonly string[] ManagementRoots = ["subscriptions", "tenants", "providers"];

    private readonly Emulation _emulation;
    private readonly TextWriter? _log;
    private readonly ManagementPlane _management;
    private readonly DataPlaneService _data;
    private readonly ControlService _control;

    public RequestPipeline(Emulation emulation, TextWriter? log)
    {
        _emulation = emulation;
        _log = log is null ? null : TextWriter.Synchronized(log);
        _management = new ManagementPlane(emulation);
        _data = new DataPlaneService(emulation);
        _control = new ControlService(emulation);
    }

    public async Task HandleAsync(HttpContext http)
    {
        string plane = PlaneOf(http.Request.Path);
        if (Refuse(http.Request, plane) is { } refusal)
        {
            // Neither logged nor affected by faults: a web page must not change what a test counts.
            await SendAsync(http, refusal, _emulation);
            return;
        }

        RequestLogEntry entry = new()
        {
            Method = http.Request.Method,
            Path = SecretRedaction.Redact(http.Request.Path.ToUriComponent() + http.Request.QueryString),
            Plane = plane,
            Started = _emulation.Clock.Now,
        };
        if (plane != Exchange.Control)
        {
            _emulation.Log.Add(entry);
        }

        http.Features.Set(entry);
        Exchange? exchange = null;
        try
        {
            byte[] body = await ReadBodyAsync(http);
            exchange = new Exchange(http, _emulation, plane, body, entry);
            await AnswerAsync(exchange);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            entry.Status = null;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // Any internal error is returned as JSON.
            int status = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
            http.Response.Clear();
            await SendAsync(http, Errors.Internal(status, e), _emulation);
        }
        finally
        {
            entry.Dropped = !entry.Completed && http.RequestAborted.IsCancellationRequested;
            entry.DurationMs = exchange?.Elapsed.TotalMilliseconds ?? 0;
            entry.Finished ??= _emulation.Clock.Now;
            _log?.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Method} {entry.Path} {entry.Status?.ToString(CultureInfo.InvariantCulture) ?? "-"} {entry.DurationMs:0} ms{(entry.Dropped ? " dropped" : "")}"));
        }
    }

    private static Reply? Refuse(HttpRequest request, string plane)
    {
        if (!IsLoopbackName(request.Host.Host))
        {
            // Otherwise a page in a browser could reach the emulator with a name that resolves to 127.0.0.1.
            return Errors.Simple(400, "InvalidHost", "The emulator accepts requests only for 127.0.0.1 and localhost.");
        }

        if (BrowserOrigin.IsForeign(request) && (plane == Exchange.Control || !BrowserOrigin.HasCredential(request)))
        {
            return Errors.Simple(403, "CrossOriginRequest", "The emulator doesn't accept requests from web pages of another origin.");
        }

        return null;
    }

    private async Task AnswerAsync(Exchange exchange)
    {
        if (exchange.Plane == Exchange.Control)
        {
            await SendAsync(exchange.Http, _control.Handle(exchange), _emulation);
            return;
        }

        exchange.Fault = _emulation.Faults.Take(exchange.Target(), FaultKind.Exclusive);
        exchange.Entry.Fault = exchange.Fault?.Kind;
        exchange.AddUnknownFields = _emulation.Faults.Take(exchange.Target(), FaultKind.UnknownFields) is not null;
        await DelayAsync(exchange);
        if (exchange.Fault is { Kind: FaultKind.Stall, AfterChunks: null } stall)
        {
            await stall.WhenReleased.WaitAsync(exchange.Aborted);
        }

        Reply? reply = FaultReplies.Before(exchange, _emulation);
        if (reply is null)
        {
            reply = exchange.Plane == Exchange.Management ? await _management.HandleAsync(exchange) : await _data.HandleAsync(exchange);
            if (reply is null)
            {
                return;
            }
        }

        await FaultReplies.SendAsync(exchange, reply, _emulation);
    }

    private async Task DelayAsync(Exchange exchange)
    {
        TimeSpan delay = exchange.Plane == Exchange.Data ? _emulation.Settings.Latency : TimeSpan.Zero;
        if (_emulation.Faults.Take(exchange.Target(), FaultKind.Latency) is { } fault)
        {
            delay += TimeSpan.FromSeconds(fault.Seconds ?? 1);
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, exchange.Aborted);
        }
    }

    public static async Task SendAsync(HttpContext http, Reply reply, Emulation emulation)
    {
        HttpResponse response = http.Response;
        WriteHead(response, reply, emulation);
        byte[] bytes = reply.ToBytes();
        if (reply.Status is not (204 or 304) && !HttpMethods.IsHead(http.Request.Method))
        {
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes, http.RequestAborted);
        }

        http.Features.Get<RequestLogEntry>()?.Complete(emulation.Clock.Now);
        await response.CompleteAsync();
    }

    public static void WriteHead(HttpResponse response, Reply reply, Emulation emulation)
    {
        response.StatusCode = reply.Status;
        if (response.HttpContext.Features.Get<RequestLogEntry>() is { } entry)
        {
            entry.Status = reply.Status;
        }

        response.Headers.Date = emulation.Clock.Now.ToString("R", CultureInfo.InvariantCulture);
        foreach ((string name, string value) in reply.Headers)
        {
            response.Headers[name] = value;
        }

        if (reply.Body is not null || reply.Raw is not null)
        {
            response.ContentType = reply.ContentType;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        using MemoryStream buffer = new();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }

    private static string PlaneOf(PathString path)
    {
        string first = (path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        return first.Equals("_emulator", StringComparison.OrdinalIgnoreCase) ? Exchange.Control
            : ManagementRoots.Contains(first, StringComparer.OrdinalIgnoreCase) ? Exchange.Management
            : Exchange.Data;
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}
