using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Starts long-running operations and responds to polling, in both forms: Azure-AsyncOperation and Location.</summary>
internal static class OperationResults
{
    public const string Action = "Microsoft.CognitiveServices/locations/operationResults/read";
    private const string GroupAction = "Microsoft.Resources/operationresults/read";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        const string provider = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/locations/{location}/";
        routes.Add("GET", provider + "operationResults/{operation}", new ArmRoute(Action, Poll) { AnyRegistration = true });
        routes.Add("GET", provider + "operationLocations/{operation}", new ArmRoute(Action, PollLocation) { AnyRegistration = true });
        routes.Add("GET", "subscriptions/{subscription}/operationresults/{operation}", new ArmRoute(GroupAction, PollLocation));
    }

    /// <summary>Starts an operation. A pending slow-operation or fail-operation fault applies to it.</summary>
    public static Operation Start(ArmRequest request, string location, string? accountId, string status, Action done, Action? failed = null, Func<Uri, JsonNode?>? result = null)
    {
        Fault? fault = request.Emulation.Faults.Take(request.Exchange.Target(), FaultKind.Operation);
        request.Exchange.Entry.Fault ??= fault?.Kind;
        TimeSpan duration = fault is { Kind: FaultKind.SlowOperation }
            ? fault.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromDays(1)
            : request.Emulation.Settings.LongRunningDuration;
        Operation operation = new()
        {
            SubscriptionId = request.Subscription.Id,
            Location = location,
            AccountId = accountId,
            RunningStatus = status,
            StartTime = request.Now,
            DueAt = request.Emulation.Clock.Uptime + duration,
            HeldBy = fault is { Kind: FaultKind.SlowOperation } ? fault : null,
            Failure = fault is { Kind: FaultKind.FailOperation } ? FailureOf(fault) : null,
            OnSucceeded = done,
            OnFailed = failed,
            Result = result,
        };
        request.Subscription.Operations.Add(operation);
        return operation;
    }

    /// <summary>True if a fault makes a request long-running that usually isn't.</summary>
    public static bool IsForced(ArmRequest request)
    {
        FaultTarget target = request.Exchange.Target();
        return request.Emulation.Faults.List().Any(f => FaultKind.Operation.Contains(f.Kind) && f.Matches(target));
    }

    public static Reply WithAsyncOperation(this Reply reply, ArmRequest request, Operation operation) =>
        reply.With("Azure-AsyncOperation", Link(request, operation, "operationResults"));

    public static Reply WithLocation(this Reply reply, ArmRequest request, Operation operation) =>
        reply.With("Location", Link(request, operation, "operationLocations")).With("Retry-After", RetryAfter(request));

    /// <summary>Seconds before polling again; 0 if operations take less than a second.</summary>
    public static string RetryAfter(ArmRequest request) =>
        ((int)request.Emulation.Settings.LongRunningDuration.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    public static string GroupLink(ArmRequest request, Operation operation) =>
        $"{request.Exchange.BaseUri}subscriptions/{operation.SubscriptionId}/operationresults/{operation.Id}?api-version={request.ApiVersion}";

    private static string Link(ArmRequest request, Operation operation, string type)
    {
        // The service signs its polling URLs, which makes them about 3 KB long: a client must not truncate or rebuild them.
        string ticks = operation.StartTime.Ticks.ToString(CultureInfo.InvariantCulture);
        string padding = Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(operation.Id))).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        string certificate = string.Concat(Enumerable.Repeat(padding, 30));
        return $"{request.Exchange.BaseUri}subscriptions/{operation.SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{operation.Location}/{type}/{operation.Id}"
            + $"?api-version={ApiVersions.Polling}&t={ticks}&c={certificate}&s={padding}&h={operation.Signature}";
    }

    private static Reply Poll(ArmRequest request)
    {
        Operation operation = Find(request);
        JsonObject body = new()
        {
            ["id"] = $"/subscriptions/{operation.SubscriptionId}/providers/Microsoft.CognitiveServices/locations/{operation.Location}/operationResults/{operation.Id}",
            ["name"] = operation.Id,
            ["status"] = operation.Status,
            ["startTime"] = SystemData.Seconds(operation.StartTime),
        };
        if (operation.EndTime is { } ended)
        {
            body["endTime"] = SystemData.Seconds(ended);
        }

        if (operation.Failed)
        {
            body["error"] = new JsonObject { ["code"] = operation.Failure!.Value.Code, ["message"] = operation.Failure.Value.Message };
        }

        return Reply.Ok(body);
    }

    private static Reply PollLocation(ArmRequest request)
    {
        Operation operation = Find(request);
        if (operation.Running)
        {
            string self = $"{request.Exchange.BaseUri.ToString().TrimEnd('/')}{request.Exchange.Http.Request.Path.ToUriComponent()}{request.Exchange.Http.Request.QueryString}";
            return new Reply { Status = 202 }.With("Location", self).With("Retry-After", RetryAfter(request));
        }

        if (operation.Failed)
        {
            throw ArmErrors.Error(409, operation.Failure!.Value.Code, operation.Failure.Value.Message);
        }

        return new Reply { Status = 200, Body = operation.Result?.Invoke(request.Exchange.BaseUri) };
    }

    private static Operation Find(ArmRequest request)
    {
        Operation? operation = request.Subscription.Operations.FirstOrDefault(o => o.Id == request["operation"]);
        bool signed = !request.Has("location") || operation?.Signature == request.Exchange.Query("h");
        return operation is not null && signed ? operation : throw ArmErrors.NotFound(request.Exchange.Http.Request.Path);
    }

    private static (string Code, string Message) FailureOf(Fault fault)
    {
        JsonNode? error = fault.Body?["error"] ?? fault.Body;
        return (
            ArmRequest.Text((error as JsonObject)?["code"]) ?? "InternalServerError",
            ArmRequest.Text((error as JsonObject)?["message"]) ?? "The emulator was told to fail this operation.");
    }
}
