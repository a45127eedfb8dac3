using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIContext.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIContext", SupportsShouldProcess = true)]
[OutputType(typeof(Context))]
public sealed class SetAzOpenAIContextCommand : AzOpenAICmdlet
{
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public Context? InputObject { get; set; }

    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Subscription { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [AllowNull]
    public ResourceIdentity? Resource { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string? Deployment { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [AllowNull]
    public ConnectionIdentity? Connection { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Resource?.Input ?? Subscription ?? (object?)InputObject;
        Resource?.Check();
        if (!string.IsNullOrWhiteSpace(Deployment))
            ArmName.CheckDeployment(Deployment);
        Context? context = InputObject ?? Session.Context;
        // Everything is looked up before anything changes, so that a failure leaves the session unchanged.
        Connection? connection = Connection?.Resolve(Session);
        if (context is null && (Subscription is not null || Resource is not null || connection is null))
            throw Failure.Of(nameof(Messages.NotConnected), ErrorKind.NotFound);
        bool other = false;
        if (Subscription is not null)
            (context, other) = await ChooseAsync(context!, Subscription, cancellationToken).ConfigureAwait(false);
        string? resource = Resource is null ? null : await FindAsync(context!, Resource, cancellationToken).ConfigureAwait(false);

        if (!await ShouldProcessAsync(context?.ToString() ?? "session", "Change the session's defaults").ConfigureAwait(false))
            return;
        if (InputObject is not null)
            Session.Adopt(InputObject);
        if (other)
            Session.Connect(context!);
        // A deployment belongs to its resource: otherwise another one with the same name would be called.
        string? before = Session.DefaultResourceId;
        if (IsBound(nameof(Resource)))
            Session.DefaultResourceId = resource;
        if (IsBound(nameof(Deployment)))
            Session.DefaultDeployment = string.IsNullOrWhiteSpace(Deployment) ? null : Deployment;
        else if (IsBound(nameof(Resource)) && !(before is not null && before.Equals(resource, StringComparison.OrdinalIgnoreCase) && Resource?.DeploymentName is null))
            Session.DefaultDeployment = Resource?.DeploymentName;
        if (IsBound(nameof(Connection)))
            Session.UseByDefault(connection);
        if (Session.Context is Context result)
            await WriteAsync(result).ConfigureAwait(false);
    }

    private async Task<(Context Context, bool IsOther)> ChooseAsync(Context context, string nameOrId, CancellationToken cancellationToken)
    {
        var client = new ManagementClient(context, CreateOptions());
        Subscription found = await client.Subscriptions.ResolveAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        bool other = !found.SubscriptionId.Equals(context.SubscriptionId, StringComparison.OrdinalIgnoreCase);
        return (other ? context with { SubscriptionId = found.SubscriptionId, SubscriptionName = found.Name } : context, other);
    }

    private async Task<string> FindAsync(Context context, ResourceIdentity identity, CancellationToken cancellationToken)
    {
        var client = new ManagementClient(context, CreateOptions());
        if (identity.SubscriptionId is string subscription)
            client = client.ForSubscription(subscription);
        return (await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false)).Id;
    }
}
