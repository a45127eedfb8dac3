using System.Collections;
using System.Management.Automation;
using AzOpenAI.Core.Management;
using AzOpenAI.Parameters;

namespace AzOpenAI.Completers;

/// <summary>What the user has typed of the command already.</summary>
internal sealed class CompletionArguments(IDictionary bound, string? defaultResourceId = null)
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

    /// <summary>-Model, or -Name where a cmdlet calls it so.</summary>
    public string? Model => Unwrap("Model") as string ?? Unwrap("Name") as string;

    /// <summary>-Subscription where it is an id: names are not looked up for a Tab.</summary>
    public string? SubscriptionId =>
        Unwrap("Subscription") is string text && Guid.TryParse(text, out _) ? text : Identity?.SubscriptionId;

    /// <summary>The resource that is meant, for a cache; null while none is typed.</summary>
    public string? ResourceKey => Identity?.ToString() ?? (ResourceName is string name ? $"{ResourceGroupName}/{name}" : null);

    private string? ResourceName => Unwrap("ResourceName") is string { Length: > 0 } name ? name : null;

    private ResourceIdentity? Identity => Unwrap("Resource") switch
    {
        ResourceIdentity identity => identity,
        Resource resource => new ResourceIdentity(resource),
        Deployment deployment => new ResourceIdentity(deployment),
        ResourceKey key => new ResourceIdentity(key),
        string { Length: > 0 } text => new ResourceIdentity(text),
        _ when Unwrap("Connection") is IConnectionSource { Connection.ResourceId: string id } => new ResourceIdentity(id),
        _ => ResourceName is null && Location is null && defaultResourceId is not null ? new ResourceIdentity(defaultResourceId) : null,
    };

    /// <summary>The resource that is meant. Only where <see cref="ResourceKey"/> is not null.</summary>
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
