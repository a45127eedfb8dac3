using System.Globalization;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Azure Resource Manager: token, route, api-version, subscription, rights and registration, then the operation.</summary>
internal sealed class ManagementPlane
{
    private readonly Emulation _emulation;
    private readonly RouteTable<ArmRoute> _routes = new();

    public ManagementPlane(Emulation emulation)
    {
        _emulation = emulation;
        SubscriptionOperations.Map(_routes);
        ResourceGroupOperations.Map(_routes);
        ProviderOperations.Map(_routes);
        AccountOperations.Map(_routes);
        AccountKeyOperations.Map(_routes);
        DeletedAccountOperations.Map(_routes);
        DeploymentOperations.Map(_routes);
        ModelOperations.Map(_routes);
        QuotaOperations.Map(_routes);
        AvailabilityOperations.Map(_routes);
        OperationResults.Map(_routes);
    }

    public async Task<Reply> HandleAsync(Exchange exchange)
    {
        Dictionary<string, string> headers = [];
        Reply reply;
        try
        {
            reply = await RouteAsync(exchange, headers);
        }
        catch (ReplyException e)
        {
            reply = e.Reply;
        }

        foreach ((string name, string value) in ArmHeaders.Common(exchange, _emulation))
        {
            headers.TryAdd(name, value);
        }

        foreach ((string name, string value) in reply.Headers)
        {
            headers[name] = value;
        }

        return reply with { Headers = headers };
    }

    private async Task<Reply> RouteAsync(Exchange exchange, Dictionary<string, string> headers)
    {
        CheckToken(exchange);
        bool found = _routes.TryMatch(exchange.Method, exchange.Segments, out ArmRoute route, out Dictionary<string, string> values, out bool otherMethod);
        exchange.Entry.IsWrite = found && route.IsWrite;
        if (exchange.Query("api-version") is not { Length: > 0 } version)
        {
            throw ArmErrors.MissingApiVersion();
        }

        SubscriptionState? subscription = FindSubscription(exchange);
        if (!found)
        {
            throw otherMethod ? UnverifiedArmErrors.MethodNotAllowed(exchange.Method) : UnverifiedArmErrors.UnknownType(exchange.Http.Request.Path);
        }

        CheckVersion(route, version);
        if (_emulation.Faults.Take(exchange.Target(route.Action), FaultKind.Deny) is not null)
        {
            exchange.Entry.Fault = FaultKind.Deny;
            throw ArmErrors.AuthorizationFailed(route.Action, exchange.Http.Request.Path);
        }

        Throttle(exchange, subscription, headers);
        ArmRequest request = new(exchange, values, version, subscription);
        return route.LocksAccount ? await ExclusiveAsync(request, route) : await RunAsync(request, route);
    }

    /// <summary>One write at a time per account: a second one that arrives meanwhile is refused, not queued.</summary>
    private async Task<Reply> ExclusiveAsync(ArmRequest request, ArmRoute route)
    {
        AzureState state = _emulation.State;
        string id = $"/subscriptions/{request.Subscription.Id}/resourceGroups/{request["group"]}/providers/Microsoft.CognitiveServices/accounts/{request["account"]}";
        if (!state.WritesInFlight.TryAdd(id, 0))
        {
            throw ArmErrors.RequestConflict(id);
        }

        try
        {
            return await RunAsync(request, route);
        }
        finally
        {
            state.WritesInFlight.TryRemove(id, out _);
        }
    }

    private async Task<Reply> RunAsync(ArmRequest request, ArmRoute route)
    {
        if (_emulation.Settings.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_emulation.Settings.Latency, request.Exchange.Aborted);
        }

        if (!request.Has("subscription"))
        {
            return route.Handler(request);
        }

        lock (request.Subscription.Gate)
        {
            _emulation.State.Settle(request.Subscription);
            if (route.IsCognitiveServices && !route.AnyRegistration && request.Subscription.Providers["Microsoft.CognitiveServices"] is not "Registered")
            {
                throw ArmErrors.MissingRegistration();
            }

            if (request.Has("group") && route.IsWrite && request.Subscription.Groups.GetValueOrDefault(request["group"]) is { Deleting: true } group)
            {
                throw UnverifiedArmErrors.GroupBeingDeleted(group.Name);
            }

            return route.Handler(request);
        }
    }

    private static void CheckToken(Exchange exchange)
    {
        string? header = exchange.Header("Authorization");
        if (string.IsNullOrEmpty(header))
        {
            throw UnverifiedArmErrors.MissingToken();
        }

        if (!BearerToken.TryRead(header, out string token) || !BearerToken.IsEntra(token))
        {
            throw UnverifiedArmErrors.InvalidToken();
        }
    }

    private SubscriptionState? FindSubscription(Exchange exchange)
    {
        if (exchange.Segments is not [var first, var id, ..] || !first.Equals("subscriptions", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return _emulation.State.Subscription(id) ?? throw ArmErrors.SubscriptionNotFound(id);
    }

    private void CheckVersion(ArmRoute route, string version)
    {
        if (!route.IsCognitiveServices)
        {
            if (!ApiVersions.Resources.Contains(version, StringComparer.OrdinalIgnoreCase))
            {
                throw UnverifiedArmErrors.InvalidApiVersion(version, ApiVersions.Resources);
            }

            return;
        }

        bool polling = route.Action == OperationResults.Action && version == ApiVersions.Polling;
        if (!polling && (!ApiVersions.CognitiveServices.Contains(version, StringComparer.OrdinalIgnoreCase) || !ApiVersions.AtLeast(version, route.Since)))
        {
            throw UnverifiedArmErrors.UnsupportedApiVersion(
                route.Action.Split('/')[1], version, "global", ApiVersions.CognitiveServices.Where(v => ApiVersions.AtLeast(v, route.Since)),
                _emulation.Catalogue.Data.Regions.Select(r => r.Name));
        }
    }

    private void Throttle(Exchange exchange, SubscriptionState? subscription, Dictionary<string, string> headers)
    {
        string kind = exchange.Method is "GET" or "HEAD" ? "reads" : exchange.Method == "DELETE" ? "deletes" : "writes";
        if (subscription is null)
        {
            headers["x-ms-ratelimit-remaining-tenant-" + kind] = kind == "reads" ? "249" : "199";
            return;
        }

        bool allowed = subscription.Throttle.TryTake(kind, _emulation.Clock, out int remaining, out int retryAfter);
        headers["x-ms-ratelimit-remaining-subscription-" + kind] = remaining.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ms-ratelimit-remaining-subscription-global-{kind}"] = kind == "reads" ? "3749" : "2999";
        if (!allowed && _emulation.Settings.RateLimits)
        {
            throw ArmErrors.Throttled(kind[..^1], subscription.Id, retryAfter);
        }
    }
}
