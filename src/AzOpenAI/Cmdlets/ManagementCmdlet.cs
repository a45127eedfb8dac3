using System.ComponentModel;
using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet that calls Azure Resource Manager.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ManagementCmdlet : AzOpenAICmdlet
{
    private ManagementClient? _client;
    private string? _resolvedName;
    private string? _resolvedId;
    private string? _givenTarget;

    /// <summary>The context instead of the session's: to use credential and subscription in jobs and parallel runspaces.</summary>
    [Parameter]
    public Context? Context { get; set; }

    /// <summary>Subscription name or ID, instead of the context's.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SubscriptionId")]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string? Subscription { get; set; }

    /// <summary>False if a change can't be undone: the resource must then be specified.</summary>
    private protected virtual bool TakesDefaultResource => true;

    /// <summary>False if the pipeline input isn't the target of the command: its subscription is then the row's origin.</summary>
    private protected virtual bool IsInputTarget => true;

    /// <summary>Parameters that identify the target: if specified on the command line, there is no pipeline input.</summary>
    private protected virtual IReadOnlyList<string> Targets => [];

    private string? TargetSubscription
    {
        get => IsInputTarget ? Subscription : field;
        set;
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Other parameters may still be bound by property name.
        TargetSubscription = Subscription;
        _givenTarget = MyInvocation.ExpectingInput ? Targets.FirstOrDefault(IsBound) : null;
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_givenTarget is not null)
            ThrowTerminatingError(CreateErrorRecord(Failure.Of(nameof(Messages.PipelineInputUnused), ErrorKind.InvalidInput, _givenTarget)));
        base.ProcessRecord();
    }

    /// <summary>
    /// The default resource of the session or of -Context; null if there is none, if the command doesn't support it, or with another subscription.
    /// </summary>
    private protected ResourceIdentity? FindDefaultResource()
    {
        string? id = !TakesDefaultResource || TargetSubscription is not null ? null : Context is not null ? Context.DefaultResourceId : Session.DefaultResourceId;
        if (id is null)
            return null;
        Reporter.Verbose($"Using the session's default resource '{id}'.");
        return new ResourceIdentity(id);
    }

    /// <summary>The error for a command with neither a resource nor a default one.</summary>
    private protected AzOpenAIException NoResource() =>
        Failure.Of(TakesDefaultResource ? nameof(Messages.ResourceMissing) : nameof(Messages.ResourceNotNamed), ErrorKind.InvalidInput);

    /// <summary>The client in the resource's subscription, and the resource.</summary>
    private protected async Task<(ManagementClient Client, Resource Resource)> OpenAsync(ResourceIdentity identity, CancellationToken cancellationToken)
    {
        identity.Check();
        ManagementClient client = await GetClientAsync(identity.SubscriptionId, cancellationToken).ConfigureAwait(false);
        return (client, await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The client and the resource of a child, which was specified as an object or ID, or by its name.</summary>
    /// <param name="child">The child; null if its name is a separate parameter. Its own values take precedence.</param>
    /// <param name="resource">-Resource; if omitted, the session's default.</param>
    /// <param name="group">-ResourceGroupName, or null.</param>
    /// <param name="resourceName">-ResourceName, or null.</param>
    /// <param name="cancellationToken">The record's token.</param>
    private protected Task<(ManagementClient Client, Resource Resource)> OpenParentAsync(
        ChildIdentity? child, ResourceIdentity? resource, string? group, string? resourceName, CancellationToken cancellationToken)
    {
        child?.Check();
        resource?.Check();
        ResourceIdentity? identity = child?.Resource ?? (group is null ? resource ?? FindDefaultResource() : new ResourceIdentity(group, resourceName!));
        if (identity is not null)
            return OpenAsync(identity, cancellationToken);
        throw child is null ? NoResource() : child.WithoutResource();
    }

    /// <summary>The client for the current record.</summary>
    /// <param name="objectSubscription">Subscription of the piped object, which takes precedence so that no object with the same name elsewhere is used.</param>
    /// <param name="cancellationToken">The record's token.</param>
    private protected async Task<ManagementClient> GetClientAsync(string? objectSubscription, CancellationToken cancellationToken)
    {
        if (objectSubscription is not null)
            ArmName.CheckSubscription(objectSubscription);
        string? named = objectSubscription ?? (string.IsNullOrWhiteSpace(Subscription) ? null : Subscription);
        _client ??= new ManagementClient(await SessionContext.GetAsync(Session, Context, named, CreateOptions(), cancellationToken).ConfigureAwait(false), CreateOptions());
        string? wanted = objectSubscription ?? await ResolveSubscriptionAsync(_client, cancellationToken).ConfigureAwait(false);
        return wanted is null || wanted.Equals(_client.SubscriptionId, StringComparison.OrdinalIgnoreCase) ? _client : _client.ForSubscription(wanted);
    }

    /// <summary>Waits until the data plane knows the deployment; null if the endpoint is unknown.</summary>
    private protected async Task<ProbeResult?> ProbeAsync(ManagementClient client, Deployment deployment, CancellationToken cancellationToken)
    {
        if (deployment.Endpoint is null)
            return null;

        return await DeploymentProbe.WaitAsync(deployment, client.Context, CreateOptions(), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> ResolveSubscriptionAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        string? wanted = TargetSubscription;
        if (string.IsNullOrWhiteSpace(wanted) || Guid.TryParse(wanted, out _))
            return string.IsNullOrWhiteSpace(wanted) ? null : wanted;

        if (_resolvedName != wanted)
        {
            _resolvedId = (await client.Subscriptions.ResolveAsync(wanted, cancellationToken).ConfigureAwait(false)).SubscriptionId;
            _resolvedName = wanted;
        }

        return _resolvedId;
    }
}
