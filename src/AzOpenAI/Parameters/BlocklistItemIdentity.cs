using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A blocklist item as users name it: the object or its id.</summary>
public sealed class BlocklistItemIdentity
{
    /// <summary>From an Azure Resource Manager id.</summary>
    public BlocklistItemIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = ResourceIds.BlocklistItemPart(value) ?? throw Failure.Of(nameof(Messages.BlocklistItemIdInvalid), ErrorKind.InvalidInput, value);
        Blocklist = new BlocklistIdentity(value);
    }

    /// <summary>From the object.</summary>
    public BlocklistItemIdentity(BlocklistItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Input = item;
        Name = item.Name;
        Blocklist = new BlocklistIdentity(item.BlocklistId);
    }

    /// <summary>From an object that came out of another process, by its id.</summary>
    public BlocklistItemIdentity(PSObject value)
    {
        ChildRow row = ChildRow.Read(value, "blocklist item", ResourceIds.BlocklistItemPart);
        Input = row.Input;
        Name = row.Name;
        Blocklist = row.ResourceId is null
            ? throw new ArgumentException("The object is no blocklist item: it has no Id.", nameof(value))
            : new BlocklistIdentity((string)row.Input);
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the item.</summary>
    public string Name { get; }

    /// <summary>Its blocklist.</summary>
    public BlocklistIdentity Blocklist { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
