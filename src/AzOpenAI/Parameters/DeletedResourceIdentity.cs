using System.Management.Automation;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Parameters;

/// <summary>A soft-deleted resource as users name it: the object, its id, its name, or the resource that it was.</summary>
public sealed class DeletedResourceIdentity
{
    private readonly DeletedResource? _resource;
    private readonly string _name;
    private readonly string? _group;

    /// <summary>From a name, or from the Azure Resource Manager id of the deleted account or of the account that it was.</summary>
    public DeletedResourceIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        _name = value;
        if (!value.StartsWith('/'))
            return;
        ArmTarget target = ArmTarget.Parse(value);
        _name = target.Account ?? throw new ArgumentException($"'{value}' is not the id of a resource.", nameof(value));
        _group = target.ResourceGroup;
        SubscriptionId = target.SubscriptionId;
    }

    /// <summary>From the object.</summary>
    public DeletedResourceIdentity(DeletedResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        Input = resource;
        _resource = resource;
        _name = resource.Name;
        SubscriptionId = resource.SubscriptionId;
    }

    /// <summary>From the resource that was removed (Remove-AzOpenAIResource -PassThru), or from a row with ResourceGroupName and ResourceName.</summary>
    public DeletedResourceIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _group = Text(value, "ResourceGroupName");
        string? name = Text(value, "ResourceName") ?? Text(value, "Name");
        if (_group is null || name is null)
            throw new ArgumentException("The object is no deleted resource: it has no ResourceGroupName and ResourceName.", nameof(value));
        _name = name;
        Input = name;
        SubscriptionId = Text(value, "SubscriptionId");
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>The subscription that the object brought along.</summary>
    public string? SubscriptionId { get; }

    /// <inheritdoc/>
    public override string ToString() => _name;

    /// <summary>The brought or the live object.</summary>
    internal async Task<DeletedResource> ResolveAsync(ManagementClient client, CancellationToken cancellationToken) =>
        _resource ?? await client.DeletedResources.GetAsync(_group, _name, cancellationToken).ConfigureAwait(false);

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
