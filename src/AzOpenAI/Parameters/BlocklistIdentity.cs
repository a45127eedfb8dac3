using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A blocklist as specified by users: the object, its ID, or its name if the resource is known.</summary>
public sealed class BlocklistIdentity : ChildIdentity
{
    /// <summary>From a name or an Azure Resource Manager ID.</summary>
    public BlocklistIdentity(string value)
        : base(ChildRow.Read(value, ChildKind.Blocklist), ChildKind.Blocklist)
    {
    }

    /// <summary>From the object.</summary>
    public BlocklistIdentity(Blocklist list)
        : base(new ChildRow(list ?? throw new ArgumentNullException(nameof(list)), list.Name, list.ResourceId, null), ChildKind.Blocklist) => List = list;

    /// <summary>From an object of another process, by its ID; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    public BlocklistIdentity(PSObject value)
        : base(ChildRow.Read(value, ChildKind.Blocklist), ChildKind.Blocklist)
    {
    }

    /// <summary>The object, if the user passed one: no request is needed then.</summary>
    internal Blocklist? List { get; }

    /// <summary>Its name, for a content filter of the resource.</summary>
    /// <exception cref="AzOpenAIException">BlocklistElsewhere: it belongs to another resource.</exception>
    internal string NameOn(Resource resource) => NameOn(resource, nameof(Messages.BlocklistElsewhere));
}
