using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A content filter as users name it: the object, its id, or its name where the resource is known.</summary>
public sealed class ContentFilterIdentity
{
    /// <summary>From a name or an Azure Resource Manager id.</summary>
    public ContentFilterIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = value;
        if (value.StartsWith('/') && ResourceIds.ContentFilterPart(value) is string name)
        {
            Name = name;
            ResourceId = ResourceIds.ResourcePart(value);
        }
    }

    /// <summary>From the object.</summary>
    public ContentFilterIdentity(ContentFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Input = filter;
        Name = filter.Name;
        ResourceId = filter.ResourceId;
    }

    /// <summary>From an object that came out of another process, by its id; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    public ContentFilterIdentity(PSObject value)
    {
        ChildRow row = ChildRow.Read(value, "content filter", ResourceIds.ContentFilterPart);
        Input = row.Input;
        Name = row.Name;
        ResourceId = row.ResourceId;
        Row = row.Resource;
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the filter.</summary>
    public string Name { get; }

    /// <summary>Id of its resource; null where only a name is known.</summary>
    public string? ResourceId { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Its resource, or null where only a name is known.</summary>
    internal ResourceIdentity? Resource => Row ?? (ResourceId is null ? null : new ResourceIdentity(ResourceId));

    /// <summary>Its name, for a deployment of the resource.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterElsewhere: it is another resource's.</exception>
    internal string NameOn(Resource resource) =>
        ResourceId is string owner && !owner.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? throw Failure.Of(nameof(Messages.ContentFilterElsewhere), ErrorKind.InvalidInput, Name, owner.Split('/')[^1], resource.Name)
            : Name;

    private ResourceIdentity? Row { get; }
}
