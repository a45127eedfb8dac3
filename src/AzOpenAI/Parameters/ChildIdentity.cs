using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A child of a resource as specified by users: the object, its ID, or its name if the resource is known.</summary>
public abstract class ChildIdentity
{
    private readonly ChildKind _kind;
    private readonly AzOpenAIException? _failure;

    private protected ChildIdentity(ChildRow row, ChildKind kind)
    {
        _kind = kind;
        _failure = row.Failure;
        Input = row.Input;
        Name = row.Name;
        ResourceId = row.ResourceId;
        Resource = row.Resource ?? (row.ResourceId is null ? null : new ResourceIdentity(row.ResourceId));
    }

    /// <summary>The user's input, for error records.</summary>
    public object Input { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>ID of its resource; null if only a name is known.</summary>
    public string? ResourceId { get; }

    /// <summary>Its resource, or null if only a name is known.</summary>
    internal ResourceIdentity? Resource { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Validates that this identifies such a child and nothing else. Sends no request.</summary>
    /// <exception cref="AzOpenAIException">It is the ID of something else, or an invalid name.</exception>
    internal void Check()
    {
        if (_failure is not null)
            throw _failure;
        _kind.CheckName(Name);
        Resource?.Check();
    }

    /// <summary>The failure for a name without a resource.</summary>
    internal AzOpenAIException WithoutResource() => Failure.Of(_kind.ErrorId, ErrorKind.InvalidInput, Name, "no resource was specified for this name");

    /// <summary>Its name, for use with that resource.</summary>
    /// <exception cref="AzOpenAIException">It belongs to another resource.</exception>
    private protected string NameOn(Resource resource, string errorId)
    {
        Check();
        return ResourceId is string owner && !owner.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? throw Failure.Of(errorId, ErrorKind.InvalidInput, Name, owner.Split('/')[^1], resource.Name)
            : Name;
    }
}
