using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>A blocklist as users name it: the object, its id, or its name where the resource is known.</summary>
public sealed class BlocklistIdentity
{
    /// <summary>From a name or an Azure Resource Manager id, the blocklist's own or an item's.</summary>
    public BlocklistIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = value;
        if (value.StartsWith('/') && ResourceIds.BlocklistPart(value) is string name)
        {
            Name = name;
            ResourceId = ResourceIds.ResourcePart(value);
        }
    }

    /// <summary>From the object.</summary>
    public BlocklistIdentity(Blocklist list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Input = list;
        Name = list.Name;
        ResourceId = list.ResourceId;
        List = list;
    }

    /// <summary>From an object that came out of another process, by its id; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    public BlocklistIdentity(PSObject value)
    {
        ChildRow row = ChildRow.Read(value, "blocklist", ResourceIds.BlocklistPart);
        Input = row.Input;
        Name = row.Name;
        ResourceId = row.ResourceId;
        Row = row.Resource;
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the blocklist.</summary>
    public string Name { get; }

    /// <summary>Id of its resource; null where only a name is known.</summary>
    public string? ResourceId { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The object, where the user passed one: no request is needed then.</summary>
    internal Blocklist? List { get; }

    /// <summary>Its resource, or null where only a name is known.</summary>
    internal ResourceIdentity? Resource => Row ?? (ResourceId is null ? null : new ResourceIdentity(ResourceId));

    private ResourceIdentity? Row { get; }
}
