using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A content filter as specified by users: the object, its ID, or its name if the resource is known.</summary>
public sealed class ContentFilterIdentity : ChildIdentity
{
    private readonly bool _isSystem;

    /// <summary>From a name or an Azure Resource Manager ID.</summary>
    public ContentFilterIdentity(string value)
        : base(ChildRow.Read(value, ChildKind.ContentFilter), ChildKind.ContentFilter)
    {
    }

    /// <summary>From the object.</summary>
    public ContentFilterIdentity(ContentFilter filter)
        : base(new ChildRow(filter ?? throw new ArgumentNullException(nameof(filter)), filter.Name, filter.ResourceId, null), ChildKind.ContentFilter) => _isSystem = filter.IsSystem;

    /// <summary>From an object of another process, by its ID; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    public ContentFilterIdentity(PSObject value)
        : base(ChildRow.Read(value, ChildKind.ContentFilter), ChildKind.ContentFilter) => _isSystem = value!.Properties["IsSystem"]?.Value is true;

    /// <summary>Its name, for a deployment or another filter of the resource. System-managed filters exist on every resource.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterElsewhere: it belongs to another resource.</exception>
    internal string NameOn(Resource resource)
    {
        Check();
        return _isSystem ? Name : NameOn(resource, nameof(Messages.ContentFilterElsewhere));
    }
}
