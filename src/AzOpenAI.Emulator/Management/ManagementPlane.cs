using System.Globalization;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.Management.Authorization;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Azure Resource Manager: token, route, API version, subscription, permissions and registration, then the operation.</summary>
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
        ProjectOperations.Map(_routes);
        RaiPolicyOperations.Map(_routes);
        RaiBlocklistOperations.Map(_routes);
        RaiBlocklistItemOperations.Map(_routes);
        RaiContentFilterOperations.Map(_routes);
        ModelOperations.Map(_routes);
        QuotaOperations.Map(_routes);
        AvailabilityOperations.Map(_routes);
        CapacityCalculation.Map(_routes);
        RoleAssignmentOperations.Map(_routes);
        RoleDefinitionOperations.Map(_routes);
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

    /// <summary>One write at a time per account: a concurrent one is rejected, not queued.</summary>
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
            IReadOnlyList<string> known = route.IsAuthorization ? ApiVersions.Authorization : ApiVersions.Resources;
            if (!known.Contains(version, StringComparer.OrdinalIgnoreCase))
            {
                throw UnverifiedArmErrors.InvalidApiVersion(version, known);
            }

            return;
        }

        bool polling = route.Action == OperationResults.Action && version == ApiVersions.Polling;
        IEnumerable<string> supported = ApiVersions.CognitiveServices.Where(v => ApiVersions.AtLeast(v, route.Since));
        if (!polling && !ApiVersions.CognitiveServices.Contains(version, StringComparer.OrdinalIgnoreCase))
        {
            throw UnverifiedArmErrors.UnsupportedApiVersion(
                route.ResourceType, version, "global", supported, _emulation.Catalogue.Data.Regions.Select(r => r.Name));
        }

        if (!polling && !ApiVersions.AtLeast(version, route.Since))
        {
            throw UnverifiedArmErrors.TypeNotInVersion(route.ResourceType, version, supported);
        }
    }

    private void Throttle(Exchange exchange, SubscriptionState? subscription, Dictionary<string, string> headers)
    {
        string kind = exchange.Method is "GET" or "HEAD" ? "reads" : exchange.Method == "DELETE" ? "deletes" : "writes";
        ArmThrottle throttle = subscription?.Throttle ?? _emulation.State.TenantThrottle;
        bool allowed = throttle.TryTake(kind, _emulation.Clock, out int remaining, out int retryAfter);
        string scope = subscription is null ? "tenant" : "subscription";
        headers[$"x-ms-ratelimit-remaining-{scope}-{kind}"] = remaining.ToString(CultureInfo.InvariantCulture);
        if (subscription is not null)
        {
            allowed &= subscription.GlobalThrottle.TryTake(kind, _emulation.Clock, out int global, out int globalRetryAfter);
            retryAfter = Math.Max(retryAfter, globalRetryAfter);
            headers[$"x-ms-ratelimit-remaining-subscription-global-{kind}"] = global.ToString(CultureInfo.InvariantCulture);
        }

        if (!allowed && _emulation.Settings.RateLimits)
        {
            throw subscription is null ? UnverifiedArmErrors.TenantThrottled(kind[..^1], retryAfter) : ArmErrors.Throttled(kind[..^1], subscription.Id, retryAfter);
        }
    }
}
