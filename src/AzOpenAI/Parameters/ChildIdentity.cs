using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A part of a resource as users name it: the object, its id, or its name where the resource is known.</summary>
public abstract class ChildIdentity
{
    private protected ChildIdentity(ChildRow row)
    {
        Input = row.Input;
        Name = row.Name;
        ResourceId = row.ResourceId;
        Resource = row.Resource ?? (row.ResourceId is null ? null : new ResourceIdentity(row.ResourceId));
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Id of its resource; null where only a name is known.</summary>
    public string? ResourceId { get; }

    /// <summary>Its resource, or null where only a name is known.</summary>
    internal ResourceIdentity? Resource { get; }

    /// <summary>False for text that is neither an id of such a part nor a name.</summary>
    internal bool IsNamed => Resource is not null || !Name.Contains('/');

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Its name, for use on that resource.</summary>
    /// <exception cref="AzOpenAIException">It is another resource's.</exception>
    private protected string NameOn(Resource resource, string errorId) =>
        ResourceId is string owner && !owner.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? throw Failure.Of(errorId, ErrorKind.InvalidInput, Name, owner.Split('/')[^1], resource.Name)
            : Name;
}
