using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Faults;

/// <summary>Applies the exclusive fault of a request to its response.</summary>
internal static class FaultReplies
{
    /// <summary>The response of a fault instead of the plane's; null to use the plane's.</summary>
    public static Reply? Before(Exchange exchange, Emulation emulation)
    {
        if (exchange.Fault is not { } fault)
        {
            return null;
        }

        Reply? reply = fault.Kind switch
        {
            FaultKind.Status => Status(exchange, fault),
            FaultKind.Error => DataPlane.NamedErrors.Find(fault.Error!, (int)Math.Ceiling(fault.Seconds ?? 1)),
            FaultKind.Throttle => Throttle(exchange, fault),
            FaultKind.Conflict => ArmErrors.RequestConflict(AccountOf(exchange)).Reply,
            FaultKind.Html => new Reply
            {
                Status = fault.Status ?? 502,
                ContentType = "text/html; charset=utf-8",
                Raw = Encoding.UTF8.GetBytes("<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>"),
            },
            FaultKind.Redirect => new Reply { Status = fault.Status ?? 307 }.With("Location", fault.Headers.GetValueOrDefault("Location") ?? "http://127.0.0.1:9/"),
            FaultKind.ExpiredToken when exchange.Plane == Exchange.Management => ArmErrors.ExpiredToken(emulation.Clock.Now).Reply,
            FaultKind.ExpiredToken => DataPlane.DataPlaneErrors.InvalidToken().Reply,
            FaultKind.WrongTenant when exchange.Plane == Exchange.Management => ArmErrors.WrongTenant(Guid.Empty.ToString(), AzureState.TenantId).Reply,
            FaultKind.WrongTenant => DataPlane.DataPlaneErrors.InvalidToken().Reply,
            _ => null,
        };
        if (reply is null)
        {
            return null;
        }

        foreach ((string name, string value) in fault.Headers)
        {
            reply = reply.With(name, value);
        }

        return reply.With(exchange.Plane == Exchange.Management ? "x-ms-request-id" : "apim-request-id", exchange.RequestId);
    }

    /// <summary>Sends a response, interrupted if the fault requires it.</summary>
    public static async Task SendAsync(Exchange exchange, Reply reply, Emulation emulation)
    {
        if (exchange.AddUnknownFields && reply.Body is JsonObject body)
        {
            UnknownFields.AddTo(body);
        }

        byte[] bytes = reply.ToBytes();
        switch (exchange.Fault?.Kind)
        {
            case FaultKind.Garbage:
                await RequestPipeline.SendAsync(exchange.Http, reply with { Raw = Garbage(bytes), Body = null }, emulation);
                break;
            case FaultKind.Drop:
                // The declared length isn't changed; the connection is closed in the middle of the body.
                await SendHalfAsync(exchange, reply, bytes, emulation, promiseAll: true);
                break;
            case FaultKind.Truncate:
                await SendHalfAsync(exchange, reply, bytes, emulation, promiseAll: false);
                break;
            default:
                await RequestPipeline.SendAsync(exchange.Http, reply, emulation);
                break;
        }
    }

    private static async Task SendHalfAsync(Exchange exchange, Reply reply, byte[] bytes, Emulation emulation, bool promiseAll)
    {
        RequestPipeline.WriteHead(exchange.Http.Response, reply, emulation);
        if (promiseAll)
        {
            exchange.Http.Response.ContentLength = Math.Max(bytes.Length, 1);
        }

        await exchange.Http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), exchange.Aborted);
        await exchange.Http.Response.Body.FlushAsync(exchange.Aborted);
        exchange.Entry.Complete(emulation.Clock.Now);
        if (promiseAll)
        {
            exchange.Http.Abort();
        }
        else
        {
            await exchange.Http.Response.CompleteAsync();
        }
    }

    private static Reply Status(Exchange exchange, Fault fault)
    {
        int status = fault.Status ?? 500;
        JsonNode body = fault.Body?.DeepClone() ?? (exchange.Plane == Exchange.Data && status == 500
            ? DataPlane.DataPlaneErrors.ServerError().Reply.Body!
            : Errors.Simple(status, status.ToString(CultureInfo.InvariantCulture), "The emulator was told to fail.").Body!);
        return body is JsonValue text && text.TryGetValue(out string? raw)
            ? new Reply { Status = status, Raw = Encoding.UTF8.GetBytes(raw), ContentType = fault.Headers.GetValueOrDefault("Content-Type") ?? "text/plain; charset=utf-8" }
            : new Reply { Status = status, Body = body };
    }

    private static Reply Throttle(Exchange exchange, Fault fault)
    {
        int seconds = fault.RetryAfter;
        return exchange.Plane == Exchange.Management
            ? ArmErrors.Throttled(Reads(exchange), exchange.Segments.ElementAtOrDefault(1) ?? "", seconds).Reply
            : DataPlane.DataPlaneErrors.RateLimitExceeded(seconds).Reply;
    }

    private static string Reads(Exchange exchange) => exchange.Method is "GET" or "HEAD" ? "read" : exchange.Method == "DELETE" ? "delete" : "write";

    /// <summary>The account in the path, for the message.</summary>
    private static string AccountOf(Exchange exchange) => "/" + string.Join('/', exchange.Segments.Take(8));

    private static byte[] Garbage(byte[] bytes)
    {
        byte[] garbage = new byte[Math.Max(16, bytes.Length / 2)];
        for (int i = 0; i < garbage.Length; i++)
        {
            garbage[i] = (byte)(0x80 + (i * 37 % 0x7F));
        }

        return garbage;
    }
}
