using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Faults;

/// <summary>
/// The control endpoints under /_emulator/. They need no token, use JSON, and aren't logged or affected by faults.
/// <list type="bullet">
/// <item>GET health: {status, now, subscriptionId, tenantId}.</item>
/// <item>GET and DELETE requests, writes: the logs, {value: [{id, method, path, plane, status, started, finished, durationMs, dropped, fault}]}.</item>
/// <item>GET, POST and DELETE faults, DELETE faults/{id}: see <see cref="FaultReader"/>.</item>
/// <item>GET and PATCH clock: {now} or {advanceSeconds}.</item>
/// <item>GET and PATCH settings: {latencyMs, tokensPerSecond, chunkCount, chunkDelayMs, pageSize, longRunningMs, deploymentNotFoundSeconds, keyDelaySeconds,
/// principalNotFoundSeconds, dataRoles, rateLimits, requestWindowSeconds, provisionedUtilization, asynchronousFilter, obfuscation}.</item>
/// <item>PATCH quota: {subscriptionId?, location, usageName, limit?, currentValue?}.</item>
/// <item>PATCH stock: {location, model, version?, sku, availableCapacity}.</item>
/// <item>PATCH subscriptions/{id}/provider: {state, namespace?}.</item>
/// <item>POST and DELETE answers: see <see cref="AnswerReader"/>.</item>
/// <item>POST reset: restores the initial state.</item>
/// </list>
/// </summary>
internal sealed class ControlService(Emulation emulation)
{
    private static readonly string[] ProviderStates = ["Registered", "NotRegistered", "Registering", "Unregistering"];

    public Reply Handle(Exchange exchange)
    {
        try
        {
            return Route(exchange);
        }
        catch (ReplyException e)
        {
            return e.Reply;
        }
    }

    private Reply Route(Exchange exchange) => (exchange.Method, exchange.Segments) switch
    {
        ("GET", [_, "health"]) => Health(),
        ("GET", [_, "requests"]) => Reply.Ok(new JsonObject { ["value"] = emulation.Log.ToJson(writesOnly: false) }),
        ("DELETE", [_, "requests"]) => Clear(writesOnly: false),
        ("GET", [_, "writes"]) => Reply.Ok(new JsonObject { ["value"] = emulation.Log.ToJson(writesOnly: true) }),
        ("DELETE", [_, "writes"]) => Clear(writesOnly: true),
        ("GET", [_, "faults"]) => Reply.List(emulation.Faults.List().Select(f => f.ToJson())),
        ("POST", [_, "faults"]) => AddFault(exchange),
        ("DELETE", [_, "faults"]) => RemoveFault(null),
        ("DELETE", [_, "faults", var id]) => RemoveFault(id),
        ("GET", [_, "clock"]) => Clock(),
        ("PATCH", [_, "clock"]) => SetClock(exchange),
        ("GET", [_, "settings"]) => Settings(),
        ("PATCH", [_, "settings"]) => SetSettings(exchange),
        ("PATCH", [_, "quota"]) => SetQuota(exchange),
        ("PATCH", [_, "stock"]) => SetStock(exchange),
        ("PATCH", [_, "subscriptions", var id, "provider"]) => SetProvider(exchange, id),
        ("POST", [_, "answers"]) => AddAnswer(exchange),
        ("DELETE", [_, "answers"]) => ClearAnswers(),
        ("POST", [_, "reset"]) => Reset(),
        _ => Errors.Simple(404, "NotFound", $"Unknown control endpoint {exchange.Method} {exchange.Http.Request.Path}."),
    };

    private Reply Health() => Reply.Ok(new JsonObject
    {
        ["status"] = "ok",
        ["now"] = SystemData.Text(emulation.Clock.Now),
        ["subscriptionId"] = emulation.State.Subscriptions[0].Id,
        ["tenantId"] = AzureState.TenantId,
    });

    private Reply Clear(bool writesOnly)
    {
        emulation.Log.Clear(writesOnly);
        return new Reply { Status = 204 };
    }

    private Reply AddFault(Exchange exchange)
    {
        Fault fault = FaultReader.Read(exchange, emulation.Clock);
        emulation.Faults.Add(fault);
        return new Reply { Status = 201, Body = fault.ToJson() };
    }

    private Reply RemoveFault(string? id) =>
        emulation.Faults.Remove(id) ? new Reply { Status = 204 } : Errors.Simple(404, "NotFound", $"Unknown fault '{id}'.");

    private Reply Clock() => Reply.Ok(new JsonObject { ["now"] = SystemData.Text(emulation.Clock.Now) });

    private Reply SetClock(Exchange exchange)
    {
        ControlBody body = new(exchange, "advanceSeconds", "now");
        if (body.Number("advanceSeconds", double.MinValue) is { } seconds)
        {
            emulation.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }

        if (body.Text("now") is { } now)
        {
            emulation.Clock.Set(
                DateTimeOffset.TryParse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                    ? time
                    : throw ControlBody.Refuse("The property 'now' must be a time such as 2026-11-21T09:00:00Z."));
        }

        return Clock();
    }

    private Reply Settings()
    {
        EmulatorSettings settings = emulation.Settings;
        return Reply.Ok(new JsonObject
        {
            ["latencyMs"] = settings.Latency.TotalMilliseconds,
            ["tokensPerSecond"] = settings.TokensPerSecond,
            ["chunkCount"] = settings.ChunkCount,
            ["chunkDelayMs"] = settings.ChunkDelay.TotalMilliseconds,
            ["pageSize"] = settings.PageSize,
            ["longRunningMs"] = settings.LongRunningDuration.TotalMilliseconds,
            ["deploymentNotFoundSeconds"] = settings.DeploymentNotFound.TotalSeconds,
            ["keyDelaySeconds"] = settings.KeyDelay.TotalSeconds,
            ["principalNotFoundSeconds"] = settings.PrincipalNotFound.TotalSeconds,
            ["dataRoles"] = settings.DataRoles,
            ["rateLimits"] = settings.RateLimits,
            ["requestWindowSeconds"] = settings.RequestWindow,
            ["provisionedUtilization"] = settings.ProvisionedUtilization,
            ["asynchronousFilter"] = settings.AsynchronousFilter,
            ["obfuscation"] = settings.Obfuscation,
        });
    }

    private Reply SetSettings(Exchange exchange)
    {
        ControlBody body = new(
            exchange, "latencyMs", "tokensPerSecond", "chunkCount", "chunkDelayMs", "pageSize", "longRunningMs", "deploymentNotFoundSeconds", "keyDelaySeconds",
            "principalNotFoundSeconds", "dataRoles", "rateLimits", "requestWindowSeconds", "provisionedUtilization", "asynchronousFilter", "obfuscation");
        EmulatorSettings settings = emulation.Settings;
        settings.Latency = Milliseconds(body, "latencyMs") ?? settings.Latency;
        settings.ChunkDelay = Milliseconds(body, "chunkDelayMs") ?? settings.ChunkDelay;
        settings.LongRunningDuration = Milliseconds(body, "longRunningMs") ?? settings.LongRunningDuration;
        settings.DeploymentNotFound = body.Number("deploymentNotFoundSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.DeploymentNotFound;
        settings.KeyDelay = body.Number("keyDelaySeconds") is { } delay ? TimeSpan.FromSeconds(delay) : settings.KeyDelay;
        settings.PrincipalNotFound = body.Number("principalNotFoundSeconds") is { } unknown ? TimeSpan.FromSeconds(unknown) : settings.PrincipalNotFound;
        settings.DataRoles = body.Flag("dataRoles") ?? settings.DataRoles;
        settings.PageSize = body.Integer("pageSize", 1) ?? settings.PageSize;
        settings.RateLimits = body.Flag("rateLimits") ?? settings.RateLimits;
        settings.TokensPerSecond = body.Has("tokensPerSecond") ? body.Number("tokensPerSecond") : settings.TokensPerSecond;
        settings.ChunkCount = body.Has("chunkCount") ? body.Integer("chunkCount", 1) : settings.ChunkCount;
        settings.RequestWindow = body.Has("requestWindowSeconds") ? body.Number("requestWindowSeconds", 0.001) : settings.RequestWindow;
        settings.ProvisionedUtilization = body.Number("provisionedUtilization") ?? settings.ProvisionedUtilization;
        settings.AsynchronousFilter = body.Flag("asynchronousFilter") ?? settings.AsynchronousFilter;
        settings.Obfuscation = body.Flag("obfuscation") ?? settings.Obfuscation;
        return Settings();
    }

    private Reply SetQuota(Exchange exchange)
    {
        ControlBody body = new(exchange, "subscriptionId", "location", "usageName", "limit", "currentValue");
        SubscriptionState subscription = Subscription(body.Text("subscriptionId") ?? emulation.State.Subscriptions[0].Id);
        string region = Region(body);
        string usageName = body.Required("usageName");
        if (emulation.Catalogue.Quota(usageName) is null)
        {
            throw ControlBody.Refuse($"Unknown quota '{usageName}'.");
        }

        lock (subscription.Gate)
        {
            string pool = emulation.Catalogue.QuotaPool(usageName, region);
            (double? limit, double foreignUse) = subscription.Quota.Get(pool, usageName);
            if (body.Number("currentValue") is { } current)
            {
                foreignUse = Math.Max(0, current - emulation.Quota.Used(subscription, pool, usageName));
            }

            subscription.Quota.Set(pool, usageName, body.Number("limit") ?? limit, foreignUse);
            return Reply.Ok(emulation.Quota.Read(subscription, region, usageName).ToJson());
        }
    }

    private Reply SetStock(Exchange exchange)
    {
        ControlBody body = new(exchange, "location", "model", "version", "sku", "availableCapacity");
        string region = Region(body);
        CatalogueModel model = emulation.Catalogue.Model("OpenAI", body.Required("model"), body.Text("version"))
            ?? throw ControlBody.Refuse("Unknown model or version.");
        CatalogueSku sku = model.Sku(body.Required("sku")) ?? throw ControlBody.Refuse("The model doesn't have this SKU.");
        int capacity = body.Integer("availableCapacity") ?? throw ControlBody.Refuse("The property 'availableCapacity' is missing.");
        emulation.State.Stock[AzureState.StockKey(region, model.Name, model.Version, sku.Name)] = capacity;
        return new Reply { Status = 204 };
    }

    private Reply SetProvider(Exchange exchange, string id)
    {
        ControlBody body = new(exchange, "state", "namespace");
        string state = body.Required("state");
        if (!ProviderStates.Contains(state, StringComparer.Ordinal))
        {
            throw ControlBody.Refuse($"Unknown state '{state}'. Known states: {string.Join(", ", ProviderStates)}.");
        }

        SubscriptionState subscription = Subscription(id);
        string name = body.Text("namespace") ?? "Microsoft.CognitiveServices";
        lock (subscription.Gate)
        {
            if (!subscription.Providers.ContainsKey(name))
            {
                throw ControlBody.Refuse($"Unknown resource provider '{name}'.");
            }

            subscription.Providers[name] = state;
        }

        return new Reply { Status = 204 };
    }

    private Reply AddAnswer(Exchange exchange)
    {
        emulation.Answers.Add(AnswerReader.Read(exchange));
        return new Reply { Status = 204 };
    }

    private Reply ClearAnswers()
    {
        emulation.Answers.Clear();
        return new Reply { Status = 204 };
    }

    private Reply Reset()
    {
        emulation.Reset();
        return new Reply { Status = 204 };
    }

    private SubscriptionState Subscription(string id) =>
        emulation.State.Subscription(id) ?? throw ControlBody.Refuse($"Unknown subscription '{id}'.");

    private string Region(ControlBody body) =>
        emulation.Catalogue.Region(body.Required("location"))?.Name ?? throw ControlBody.Refuse($"Unknown region '{body.Text("location")}'.");

    private static TimeSpan? Milliseconds(ControlBody body, string name) => body.Number(name) is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
