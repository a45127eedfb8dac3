using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A blocklist item as users name it: the object or its id.</summary>
public sealed class BlocklistItemIdentity
{
    private readonly BlocklistIdentity? _blocklist;

    /// <summary>From an Azure Resource Manager id. What is none is refused when it is used, not while parameters are bound.</summary>
    public BlocklistItemIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = value;
        if (ResourceIds.BlocklistItemPart(value) is not string name)
            return;
        Name = name;
        _blocklist = new BlocklistIdentity(value);
    }

    /// <summary>From the object.</summary>
    public BlocklistItemIdentity(BlocklistItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Input = item;
        Name = item.Name;
        _blocklist = new BlocklistIdentity(item.BlocklistId);
    }

    /// <summary>From an object that came out of another process, by its id.</summary>
    public BlocklistItemIdentity(PSObject value)
    {
        ChildRow row = ChildRow.Read(value, "blocklist item", ResourceIds.BlocklistItemPart);
        Input = row.Input;
        Name = row.Name;
        _blocklist = row.ResourceId is null
            ? throw new ArgumentException("The object is no blocklist item: it has no Id.", nameof(value))
            : new BlocklistIdentity((string)row.Input);
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the item.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Its blocklist.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemIdInvalid: the text that was passed is no id of an item.</exception>
    internal BlocklistIdentity GetBlocklist() => _blocklist ?? throw Failure.Of(nameof(Messages.BlocklistItemIdInvalid), ErrorKind.InvalidInput, Name);
}
