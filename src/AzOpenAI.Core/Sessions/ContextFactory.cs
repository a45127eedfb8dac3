using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;

namespace AzOpenAI.Core.Sessions;

/// <summary>Connects: token, subscription, tenant, account.</summary>
public static class ContextFactory
{
    private const string SubscriptionVariable = "AZURE_SUBSCRIPTION_ID";
    private const int MaxShown = 5;

    /// <summary>Creates a context and verifies its credential and subscription by reading the subscription.</summary>
    /// <exception cref="AzOpenAIException">No token, no such subscription, several with that name, wrong tenant, service not reachable.</exception>
    public static Task<Context> ConnectAsync(ConnectRequest request, ServiceOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(request, options, null, CredentialHost.Process, cancellationToken);

    internal static Task<Context> ConnectAsync(
        ConnectRequest request, ServiceOptions options, HttpClient? http, CredentialHost host, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string? tenant = request.Tenant ?? request.Credential.TenantId;
        TenantChoice.Check(request.Credential, tenant, host);
        CredentialOptions credential = request.Credential with { TenantId = tenant is not null && TenantChoice.IsLoginName(tenant) ? tenant : null };
        return ConnectAsync(request, TokenSources.Create(credential, request.Environment, host), options, http, host.Variable, cancellationToken);
    }

    internal static async Task<Context> ConnectAsync(
        ConnectRequest request, TokenSource tokens, ServiceOptions options, HttpClient? http, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        string? tenant = request.Tenant ?? request.Credential.TenantId;
        tokens = await TenantChoice.BindAsync(tokens, tenant, request.Environment, options, http, cancellationToken).ConfigureAwait(false);
        var context = new Context { SubscriptionId = "", Environment = request.Environment, TokenSource = tokens };
        ArmEndpoint.Check(request.Environment, tokens.Source);
        TokenClaims? claims = null;
        if (tokens.Source != CredentialSource.Emulator)
        {
            IssuedToken token = await TokenRequest.GetAsync(tokens, request.Environment.ManagementScope, null, null, options, cancellationToken).ConfigureAwait(false);
            claims = TokenClaims.Read(token.Value);
            TenantChoice.CheckToken(tokens, tenant, claims);
            context = context with { Account = claims?.Account, TenantId = claims?.TenantId };
        }

        var client = new ManagementClient(context, new ArmClient(context, options, http));
        Subscription subscription = await FindAsync(client, request.Subscription ?? Given(variable), cancellationToken).ConfigureAwait(false);
        if (subscription.State is "Disabled" or "Deleted" or "Warned" or "PastDue")
            options.Reporter.Warning(Failure.Format(nameof(Messages.SubscriptionDisabled), subscription.Name, subscription.State));
        return context with
        {
            SubscriptionId = subscription.SubscriptionId,
            SubscriptionName = subscription.Name,
            TenantId = claims?.TenantId ?? subscription.TenantId,
        };
    }

    private static string? Given(Func<string, string?> variable) => variable(SubscriptionVariable) is { Length: > 0 } id ? id : null;

    private static async Task<Subscription> FindAsync(ManagementClient client, string? nameOrId, CancellationToken cancellationToken)
    {
        if (nameOrId is not null)
            return await client.Subscriptions.ResolveAsync(nameOrId, cancellationToken).ConfigureAwait(false);

        var all = new List<Subscription>();
        await foreach (Subscription subscription in client.Subscriptions.ListAsync(cancellationToken).ConfigureAwait(false))
            all.Add(subscription);
        if (all.Count == 0)
            throw Failure.Of(nameof(Messages.SubscriptionsMissing), ErrorKind.NotFound, client.Context.TenantId is string tenant ? $" in the tenant {tenant}" : "");

        Subscription[] enabled = [.. all.Where(s => s.State is null or "Enabled")];
        Subscription chosen = enabled.FirstOrDefault() ?? all[0];
        if (enabled.Length > 1)
        {
            string others = string.Join(", ", enabled.Skip(1).Take(MaxShown).Select(s => $"'{s.Name}'"));
            string text = $"The credential has access to {enabled.Length} subscriptions. Using '{chosen.Name}' ({chosen.SubscriptionId}). Others: {others}"
                + $"{(enabled.Length > MaxShown + 1 ? " and more" : "")}. To use another one, specify Connect-AzOpenAI -Subscription (name or ID).";
            // The emulator's first subscription is the default.
            if (client.Context.Environment.IsEmulator)
                client.Options.Reporter.Verbose(text);
            else
                client.Options.Reporter.Warning(text);
        }

        return chosen;
    }
}
