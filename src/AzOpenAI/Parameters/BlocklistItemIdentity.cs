using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>A blocklist item as specified by users: the object or its ID.</summary>
public sealed class BlocklistItemIdentity
{
    private readonly BlocklistIdentity? _blocklist;
    private readonly AzOpenAIException? _failure;

    /// <summary>From an Azure Resource Manager ID. An invalid one is rejected when it is used, not while parameters are bound.</summary>
    public BlocklistItemIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = value;
        if (ArmId.TryParse(value, ArmIdKind.BlocklistItem, nameof(Messages.BlocklistItemIdInvalid), out _failure) is not ArmId id)
            return;
        Name = id.Name;
        _blocklist = new BlocklistIdentity(id.ParentId!);
    }

    /// <summary>From the object.</summary>
    public BlocklistItemIdentity(BlocklistItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        Input = item;
        Name = item.Name;
        _blocklist = new BlocklistIdentity(item.BlocklistId);
    }

    /// <summary>From an object of another process, by its ID.</summary>
    public BlocklistItemIdentity(PSObject value)
        : this(PropertyText.OfId(value ?? throw new ArgumentNullException(nameof(value)), "Id")
            ?? throw new ArgumentException("The object isn't a blocklist item: it doesn't have an Id.", nameof(value)))
    {
    }

    /// <summary>The user's input, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the item.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Its blocklist.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemIdInvalid: the string isn't the ID of an item.</exception>
    internal BlocklistIdentity GetBlocklist()
    {
        if (_failure is not null)
            throw _failure;
        ArmName.CheckBlocklistItem(Name);
        return _blocklist!;
    }
}
