using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A part of a resource as users name it: the object, its id, or its name where the resource is known.</summary>
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

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Id of its resource; null where only a name is known.</summary>
    public string? ResourceId { get; }

    /// <summary>Its resource, or null where only a name is known.</summary>
    internal ResourceIdentity? Resource { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Says that this names such a part and nothing else. Sends no request.</summary>
    /// <exception cref="AzOpenAIException">It is the id of something else, or no name.</exception>
    internal void Check()
    {
        if (_failure is not null)
            throw _failure;
        _kind.CheckName(Name);
        Resource?.Check();
    }

    /// <summary>The failure for a bare name where nothing says which resource is meant.</summary>
    internal AzOpenAIException WithoutResource() => Failure.Of(_kind.ErrorId, ErrorKind.InvalidInput, Name, "no resource was specified for this name");

    /// <summary>Its name, for use on that resource.</summary>
    /// <exception cref="AzOpenAIException">It is another resource's.</exception>
    private protected string NameOn(Resource resource, string errorId)
    {
        Check();
        return ResourceId is string owner && !owner.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? throw Failure.Of(errorId, ErrorKind.InvalidInput, Name, owner.Split('/')[^1], resource.Name)
            : Name;
    }
}
