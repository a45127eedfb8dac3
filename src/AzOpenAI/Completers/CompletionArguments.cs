using System.Collections;
using System.Management.Automation;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Parameters;

namespace AzOpenAI.Completers;

/// <summary>The arguments that the user has already entered.</summary>
internal sealed class CompletionArguments(IDictionary bound, string? defaultResourceId = null, string? command = null)
{
    /// <summary>-Context.</summary>
    public Context? Context => Unwrap("Context") as Context;

    /// <summary>-Location, the first one.</summary>
    public string? Location => Unwrap("Location") switch
    {
        string location => location,
        IEnumerable many => many.Cast<object>().Select(item => item.ToString()).FirstOrDefault(),
        _ => null,
    };

    /// <summary>-ResourceGroupName.</summary>
    public string? ResourceGroupName => Unwrap("ResourceGroupName") as string;

    /// <summary>-Model, or the -Name of a model.</summary>
    public string? Model => Unwrap("Model") as string ?? (IsFor("AzOpenAIModel") ? Unwrap("Name") as string : null) ?? (Unwrap("Deployment") as Deployment)?.Model;

    /// <summary>The existing deployment to change: versions and SKUs are then those of its model. Doesn't apply to a new one.</summary>
    public string? ChangedDeployment => command?.StartsWith("Set-", StringComparison.OrdinalIgnoreCase) is not true || !IsFor("AzOpenAIDeployment") ? null
        : Unwrap("Name") as string ?? (Unwrap("Deployment") is string text ? new DeploymentIdentity(text).Name : null);

    /// <summary>-Subscription if it is an ID, or the resource's own.</summary>
    public string? SubscriptionId =>
        Unwrap("Subscription") is string text && Guid.TryParse(text, out _) ? text : SubscriptionName is null ? Identity?.SubscriptionId : null;

    /// <summary>-Subscription if it is a name.</summary>
    public string? SubscriptionName => Unwrap("Subscription") is string { Length: > 0 } text && !Guid.TryParse(text, out _) ? text : null;

    /// <summary>The resource, as a cache key; null if none is specified.</summary>
    public string? ResourceKey => Identity?.ToString() ?? (ResourceName is string name ? $"{ResourceGroupName}/{name}" : null);

    private bool IsFor(string noun) => command?.EndsWith($"-{noun}", StringComparison.OrdinalIgnoreCase) is true;

    private string? ResourceName => Unwrap("ResourceName") is string { Length: > 0 } name ? name : null;

    private ResourceIdentity? Identity => Unwrap("Resource") switch
    {
        ResourceIdentity identity => identity,
        Resource resource => new ResourceIdentity(resource),
        Deployment deployment => new ResourceIdentity(deployment),
        ResourceKey key => new ResourceIdentity(key),
        string { Length: > 0 } text => new ResourceIdentity(text),
        _ when Unwrap("Deployment") is Deployment changed => new ResourceIdentity(changed),
        _ when Unwrap("Deployment") is string id && ArmId.TryParse(id, out _) is { Kind: ArmIdKind.Deployment } => new ResourceIdentity(id),
        _ when Unwrap("Connection") is IConnectionSource { Connection.ResourceId: string id } => new ResourceIdentity(id),
        _ => ResourceName is null && Location is null && SubscriptionName is null && defaultResourceId is not null ? new ResourceIdentity(defaultResourceId) : null,
    };

    /// <summary>The resource. Only if <see cref="ResourceKey"/> isn't null.</summary>
    public Task<Resource> ResolveResourceAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        if (Identity is { } identity)
            return identity.ResolveAsync(client, cancellationToken);
        return ResourceGroupName is string group
            ? client.Resources.GetAsync(group, ResourceName!, cancellationToken)
            : client.Resources.FindByNameAsync(ResourceName!, cancellationToken);
    }

    private object? Unwrap(string parameter) => bound[parameter] is PSObject wrapped ? wrapped.BaseObject : bound[parameter];
}
