using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text.Json;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;
using Azure.Core.Pipeline;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Calls Azure Resource Manager: requests, pages, the service's clock.</summary>
internal sealed class ArmClient
{
    // This many consecutive empty pages are a fault of the service, not a list.
    internal const int MaxEmptyPages = 200;

    private static readonly Dictionary<string, object> EmptyHeaders = [];

    private readonly HttpPipeline _pipeline;
    private long _clockOffset;
    private volatile bool _cloudIsBehind;

    public ArmClient(Context context, ServiceOptions options, HttpClient? client = null)
    {
        ArmEndpoint.Check(context.Environment, context.CredentialSource);
        Context = context;
        Options = options;
        Endpoint = context.Environment.ManagementEndpoint;
        HttpPipelinePolicy token = context.CredentialSource == CredentialSource.Emulator
            ? new EmulatorTokenPolicy(EmulatorTokenSource.Token)
            : new BearerTokenAuthenticationPolicy(new TokenSourceCredential(context.TokenSource, options, Endpoint), context.Environment.ManagementScope);
        _pipeline = HttpPipelineBuilder.Build(new ArmClientOptions(client ?? SharedHandler.For(Endpoint), options), token);
    }

    public Context Context { get; }

    public ServiceOptions Options { get; }

    public Uri Endpoint { get; }

    public DateTimeOffset ServiceNow => Options.Clock.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _clockOffset));

    public OperationBudget NewBudget() => new(Options.MaxWait, Options.Clock);

    /// <inheritdoc cref="SendAsync(ArmRequest, OperationBudget?, CancellationToken)"/>
    public Task<ArmResponse> SendAsync(ArmRequest request, CancellationToken cancellationToken) => SendAsync(request, null, cancellationToken);

    /// <summary>Sends a request; throws for a response that reports a failure.</summary>
    public async Task<ArmResponse> SendAsync(ArmRequest request, OperationBudget? budget, CancellationToken cancellationToken)
    {
        ArmResponse response = await TrySendAsync(request, budget, cancellationToken).ConfigureAwait(false);
        return response.IsSuccess ? response : throw ArmErrors.FromAnswer(response, Context);
    }

    /// <summary>Sends a request; returns any response, and throws only for a delay beyond the budget.</summary>
    public async Task<ArmResponse> TrySendAsync(ArmRequest request, OperationBudget? budget, CancellationToken cancellationToken)
    {
        if (request.FallbackApiVersion is not string older)
            return await TrySendAsync(request, request.Resolve(Endpoint), budget, cancellationToken).ConfigureAwait(false);

        if (!_cloudIsBehind)
        {
            ArmResponse response = await TrySendAsync(request, request.Resolve(Endpoint), budget, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccess || !ArmErrors.IsOfApiVersion(response, Context))
                return response;
            Options.Reporter.Verbose($"This cloud doesn't support API version {request.ApiVersion} yet. Using {older} instead.");
        }

        ArmRequest again = request with { ApiVersion = older, FallbackApiVersion = null };
        ArmResponse answer = await TrySendAsync(again, again.Resolve(Endpoint), budget, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess || !ArmErrors.IsOfApiVersion(answer, Context))
            _cloudIsBehind = true;
        return answer;
    }

    /// <summary>Reads a link from the service without changing it.</summary>
    public Task<ArmResponse> TryFollowAsync(ArmRequest origin, Uri link, OperationBudget? budget, CancellationToken cancellationToken) =>
        TrySendAsync(ArmRequest.Get(origin.Path, origin.ApiVersion) with { Activity = origin.Activity }, link, budget, cancellationToken);

    /// <summary>All items of a list, page by page as they arrive.</summary>
    public async IAsyncEnumerable<(ArmResponse Response, JsonElement Item)> ListAsync(
        ArmRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Uri? next = request.Resolve(Endpoint);
        int emptyPages = 0;
        while (next is not null)
        {
            if (!seen.Add(next.AbsoluteUri) || emptyPages > MaxEmptyPages)
                throw Failure.Of(nameof(Messages.EndlessList), ErrorKind.InvalidResponse, request.Path, seen.Count);

            ArmResponse response = seen.Count == 1
                ? await TrySendAsync(request, null, cancellationToken).ConfigureAwait(false)
                : await TrySendAsync(request, next, null, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccess)
                throw ArmErrors.FromAnswer(response, Context);
            ArmPage page = response.Read(ArmJson.Default.ArmPage);
            if (page.Value.ValueKind != JsonValueKind.Array)
                throw ArmErrors.InvalidResponse(response, "no 'value'");
            emptyPages = page.Value.GetArrayLength() == 0 ? emptyPages + 1 : 0;
            foreach (JsonElement item in page.Value.EnumerateArray())
                yield return (response, item);
            next = string.IsNullOrEmpty(page.NextLink) ? null : ArmEndpoint.Follow(Endpoint, response.RequestUri, page.NextLink);
        }
    }

    private async Task<ArmResponse> TrySendAsync(ArmRequest request, Uri uri, OperationBudget? budget, CancellationToken cancellationToken)
    {
        // The token is added below: the URL must not lead away from the service.
        ArmEndpoint.CheckOwn(Endpoint, uri);
        using HttpMessage message = _pipeline.CreateMessage();
        message.Request.Method = request.Method;
        message.Request.Uri.Reset(uri);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (request.Body is BinaryData body)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }

        var call = new ArmCall(request, budget ?? NewBudget());
        foreach ((string name, object value) in request.Headers ?? EmptyHeaders)
            message.Request.Headers.SetValue(name, call.Secrets.AddHeader(name, HeaderRules.Value(name, value), isSecret: value is SecureString));

        message.SetProperty(typeof(ArmCall), call);
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var response = new ArmResponse(message.Response, uri, call.Secrets);
        KeepClock(response);
        if (call.LastDecision is { BudgetExceeded: true, Asked: TimeSpan asked } && !response.IsSuccess)
            throw ArmErrors.WaitTooLong(response, asked, call.Budget);
        return response;
    }

    private void KeepClock(ArmResponse response)
    {
        if (DateTimeOffset.TryParse(response.Header("Date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
            Interlocked.Exchange(ref _clockOffset, (date - Options.Clock.GetUtcNow()).Ticks);
    }
}
