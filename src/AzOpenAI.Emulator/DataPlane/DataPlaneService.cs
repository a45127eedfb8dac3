using System.Globalization;
using AzOpenAI.Emulator.DataPlane.Chat;
using AzOpenAI.Emulator.DataPlane.Completions;
using AzOpenAI.Emulator.DataPlane.Embeddings;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>The inference endpoints of all resources.</summary>
internal sealed class DataPlaneService(Emulation emulation)
{
    private const string RegionalSuffix = ".api";

    private const string FrontSuffix = ".apim";

    private readonly ChatCompletions _chat = new(emulation);
    private readonly LegacyCompletions _completions = new(emulation);

    /// <summary>The response; null if it has already been streamed.</summary>
    public async Task<Reply?> HandleAsync(Exchange exchange)
    {
        Dictionary<string, string> headers = CommonHeaders(exchange);
        Reply? reply;
        try
        {
            DataPlaneRequest request = Resolve(exchange) ?? throw DataPlaneErrors.ResourceNotFound();
            headers["x-ms-region"] = request.Region?.DisplayName ?? request.Account.Region;
            foreach ((string name, string value) in headers)
            {
                request.Headers[name] = value;
            }

            headers = request.Headers;
            DataPlaneAuthentication.Check(request);
            reply = await RouteAsync(request);
        }
        catch (ReplyException e)
        {
            reply = e.Reply;
        }

        if (reply is null)
        {
            return null;
        }

        foreach ((string name, string value) in reply.Headers)
        {
            headers[name] = value;
        }

        return reply with { Headers = headers };
    }

    private async Task<Reply?> RouteAsync(DataPlaneRequest request)
    {
        string method = request.Exchange.Method;
        if (request.IsV1 || request.IsOpenAI)
        {
            if (!DataPlaneVersions.IsV1(request.Exchange.Query("api-version")))
            {
                throw DataPlaneErrors.ApiVersionNotSupported();
            }

            return (method, request.Path[(request.IsOpenAI ? 1 : 2)..]) switch
            {
                ("POST", ["chat", "completions"]) => await _chat.HandleAsync(request, null),
                ("POST", ["completions"]) => await _completions.HandleAsync(request, null),
                ("POST", ["embeddings"]) => EmbeddingVectors.Handle(request, null),
                ("GET", ["models"]) => ModelsList.V1(request),
                ("GET", ["models", var id]) => ModelsList.V1Item(request, id),
                _ when request.IsOpenAI => throw OpenAIErrors.InvalidUrl(method, "/" + string.Join('/', request.Path)),
                _ => throw DataPlaneErrors.ResourceNotFound(),
            };
        }

        if (!DataPlaneVersions.IsKnown(request.Exchange.Query("api-version")))
        {
            throw DataPlaneErrors.ResourceNotFound();
        }

        return (method, request.Path) switch
        {
            ("POST", ["openai", "deployments", var deployment, "chat", "completions"]) => await _chat.HandleAsync(request, deployment),
            ("POST", ["openai", "deployments", var deployment, "completions"]) => await _completions.HandleAsync(request, deployment),
            ("POST", ["openai", "deployments", var deployment, "embeddings"]) => EmbeddingVectors.Handle(request, deployment),
            ("GET", ["openai", "models"]) => ModelsList.Dated(request),
            ("GET", ["openai", "models", var id]) => ModelsList.DatedItem(request, id),
            _ => throw DataPlaneErrors.ResourceNotFound(),
        };
    }

    private DataPlaneRequest? Resolve(Exchange exchange)
    {
        // The service matches whole paths: a double slash is another path.
        if (exchange.Http.Request.Path.Value!.Contains("//", StringComparison.Ordinal) || exchange.Segments is not [var host, .. var path])
        {
            return null;
        }

        bool fronted = host.EndsWith(FrontSuffix, StringComparison.OrdinalIgnoreCase);
        if (fronted)
        {
            // The publisher of an API chooses the prefix.
            host = host[..^FrontSuffix.Length];
            path = [.. path.SkipWhile(p => !p.Equals("openai", StringComparison.OrdinalIgnoreCase))];
        }

        bool regional = host.EndsWith(RegionalSuffix, StringComparison.OrdinalIgnoreCase);
        foreach (SubscriptionState subscription in emulation.State.Subscriptions)
        {
            lock (subscription.Gate)
            {
                emulation.State.Settle(subscription);
                AccountState? account = regional
                    ? FindByKey(subscription, exchange, host[..^RegionalSuffix.Length])
                    : subscription.Accounts.FirstOrDefault(a => host.Equals(a.Subdomain, StringComparison.OrdinalIgnoreCase));
                if (account is not null)
                {
                    return new DataPlaneRequest { Exchange = exchange, Subscription = subscription, Account = account, Path = path, Regional = regional, Fronted = fronted };
                }
            }
        }

        // On the regional host, a key that doesn't match is an invalid key, not a missing resource.
        return regional && emulation.Catalogue.Region(host[..^RegionalSuffix.Length]) is not null ? throw DataPlaneErrors.InvalidKey() : null;
    }

    private AccountState? FindByKey(SubscriptionState subscription, Exchange exchange, string region)
    {
        string? key = exchange.Header("api-key");
        if (string.IsNullOrEmpty(key) && BearerToken.TryRead(exchange.Header("Authorization"), out string token))
        {
            key = token;
        }

        return string.IsNullOrEmpty(key)
            ? null
            : subscription.Accounts.FirstOrDefault(a => a.Region.Equals(region, StringComparison.OrdinalIgnoreCase) && a.IsKey(key, emulation.Clock.Uptime));
    }

    private static Dictionary<string, string> CommonHeaders(Exchange exchange) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["apim-request-id"] = exchange.RequestId,
        ["x-ms-client-request-id"] = exchange.Header("x-ms-client-request-id") is { Length: > 0 } sent ? sent : Guid.NewGuid().ToString(),
        ["X-Content-Type-Options"] = "nosniff",
        ["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains; preload",
        ["azureml-model-session"] = "d000-20260101000000",
        ["x-accel-buffering"] = "no",
        ["x-envoy-upstream-service-time"] = exchange.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture),
    };
}
