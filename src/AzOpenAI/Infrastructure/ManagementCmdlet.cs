using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Infrastructure;

/// <summary>A cmdlet that speaks with Azure Resource Manager.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ManagementCmdlet : AzOpenAICmdlet
{
    private ManagementClient? _client;
    private string? _resolvedName;
    private string? _resolvedId;

    /// <summary>The context instead of the session's: carries credential and subscription into jobs and parallel runspaces.</summary>
    [Parameter]
    public Context? Context { get; set; }

    /// <summary>Subscription, name or id, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SubscriptionId")]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string? Subscription { get; set; }

    /// <summary>The client for the record at hand.</summary>
    /// <param name="objectSubscription">Subscription of the object that was piped in: it wins, so that no namesake elsewhere is hit.</param>
    /// <param name="cancellationToken">The record's token.</param>
    private protected async Task<ManagementClient> GetClientAsync(string? objectSubscription, CancellationToken cancellationToken)
    {
        _client ??= new ManagementClient(await GetContextAsync(cancellationToken).ConfigureAwait(false), CreateOptions());
        string? wanted = objectSubscription ?? await ResolveSubscriptionAsync(_client, cancellationToken).ConfigureAwait(false);
        return wanted is null || wanted.Equals(_client.SubscriptionId, StringComparison.OrdinalIgnoreCase) ? _client : _client.ForSubscription(wanted);
    }

    private async Task<Context> GetContextAsync(CancellationToken cancellationToken)
    {
        if (Context is not null)
            return Context;
        return Session.Context ??= await ContextFactory.ConnectAsync(
            new ConnectRequest { Credential = new CredentialOptions(), Environment = CloudSelection.Select(null), Subscription = null, Tenant = null },
            CreateOptions(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> ResolveSubscriptionAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Subscription) || Guid.TryParse(Subscription, out _))
            return string.IsNullOrWhiteSpace(Subscription) ? null : Subscription;

        if (_resolvedName != Subscription)
        {
            _resolvedId = (await client.Subscriptions.ResolveAsync(Subscription, cancellationToken).ConfigureAwait(false)).SubscriptionId;
            _resolvedName = Subscription;
        }

        return _resolvedId;
    }
}
