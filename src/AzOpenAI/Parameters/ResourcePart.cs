using System.Management.Automation;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>A child of a resource that can be passed instead of the resource: a deployment, a key, ...</summary>
/// <param name="Kind">Name of its type.</param>
/// <param name="Name">Its name, if it has one.</param>
internal sealed record ResourcePart(string Kind, string? Name)
{
    private const string Namespace = "AzOpenAI.";
    private const string Deserialized = "Deserialized.";

    /// <summary>The kind of the ID; null for a resource's own.</summary>
    public static ResourcePart? OfId(ArmId id) => id.Kind switch
    {
        ArmIdKind.Resource => null,
        ArmIdKind.Deployment or ArmIdKind.ContentFilter or ArmIdKind.Blocklist or ArmIdKind.BlocklistItem => new ResourcePart(id.Kind.ToString(), id.Name),
        ArmIdKind.RoleAssignment => new ResourcePart("ResourceAccess", id.Name),
        // In words, without the article.
        _ => new ResourcePart(id.Describe()[(id.Describe().IndexOf(' ', StringComparison.Ordinal) + 1)..], id.Name),
    };

    /// <summary>The kind of our object, including those of another process; null for a resource and for other objects.</summary>
    public static ResourcePart? OfType(PSObject value)
    {
        foreach (string typeName in value.TypeNames)
        {
            string name = typeName.StartsWith(Deserialized, StringComparison.Ordinal) ? typeName[Deserialized.Length..] : typeName;
            if (name.StartsWith(Namespace, StringComparison.Ordinal))
                return name is "AzOpenAI.Resource" ? null : new ResourcePart(name[Namespace.Length..], PropertyText.Of(value, "Name"));
        }

        return null;
    }

    /// <summary>The command for it, as a sentence with a trailing space; or empty.</summary>
    public string Advice(string verb) => Kind switch
    {
        _ when verb is not (VerbsCommon.Remove or VerbsCommon.Set) => "",
        "Deployment" or "ContentFilter" or "Blocklist" or "BlocklistItem" or "Connection" => $"Use {verb}-AzOpenAI{Kind} instead. ",
        "ResourceAccess" when verb == VerbsCommon.Remove => "Use Revoke-AzOpenAIAccess instead. ",
        _ => "",
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        string kind = Kind switch
        {
            "Deployment" => "deployment",
            "ContentFilter" => "content filter",
            "Blocklist" => "blocklist",
            "BlocklistItem" => "blocklist item",
            "Connection" => "connection",
            "ResourceKey" => "key",
            "ResourceAccess" => "role assignment",
            _ => Kind,
        };
        return Name is null ? kind : $"{kind} '{Name}'";
    }
}
