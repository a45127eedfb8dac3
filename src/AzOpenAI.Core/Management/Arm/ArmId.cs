using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// An Azure Resource Manager ID, parsed strictly: it identifies one object, and a longer ID is a different one. All IDs from users and pipelines are parsed
/// here; <see cref="ArmTarget"/> parses the paths of our own requests.
/// </summary>
public sealed record ArmId
{
    private const string OurProvider = "Microsoft.CognitiveServices";
    private const string Authorization = "Microsoft.Authorization";

    private ArmId(string text) => Text = text;

    /// <summary>The original ID.</summary>
    public string Text { get; }

    /// <summary>The kind of object.</summary>
    public ArmIdKind Kind { get; private init; }

    /// <summary>Name of the object.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Its type, such as <c>Microsoft.CognitiveServices/accounts/deployments</c>.</summary>
    public string Type { get; private init; } = "";

    /// <summary>Subscription.</summary>
    public string SubscriptionId { get; private init; } = "";

    /// <summary>Resource group; null if the object isn't in one.</summary>
    public string? ResourceGroup { get; private init; }

    /// <summary>The account that the object is or belongs to; or null.</summary>
    public string? Account { get; private init; }

    /// <summary>ID of that account; null for a soft-deleted one.</summary>
    public string? AccountId { get; private init; }

    /// <summary>ID of the parent: the blocklist of an item, the scope of a role assignment.</summary>
    public string? ParentId { get; private init; }

    /// <summary>True if the text is meant as an ID: no name starts with a slash.</summary>
    public static bool IsMeant(string text) => text is ['/', ..];

    /// <summary>Parses an ID of one kind.</summary>
    /// <exception cref="AzOpenAIException">The specified ErrorId, with the text and the problem.</exception>
    public static ArmId Parse(string text, ArmIdKind expected, string errorId)
    {
        ArmId? id = TryParse(text, expected, errorId, out AzOpenAIException? failure);
        return id ?? throw failure!;
    }

    /// <summary>Parses an ID of one kind.</summary>
    /// <param name="text">The text.</param>
    /// <param name="expected">The kind of object that it must identify.</param>
    /// <param name="errorId">The ErrorId of the failure; its arguments are the text and the problem.</param>
    /// <param name="failure">The failure, which is to be thrown when the ID is used and not while parameters are bound.</param>
    public static ArmId? TryParse(string text, ArmIdKind expected, string errorId, out AzOpenAIException? failure)
    {
        ArmId? id = TryParse(text, out string? problem);
        failure = id is null ? Failure.Of(errorId, ErrorKind.InvalidInput, ShownText.OneLine(text), problem)
            : id.Kind != expected ? id.Unexpected(errorId, Describe(expected))
            : null;
        return failure is null ? id : null;
    }

    /// <summary>Parses an ID.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">The problem, as the end of a sentence.</param>
    /// <returns>Null if it isn't an ID.</returns>
    public static ArmId? TryParse(string text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        string[] parts = text.Split('/');
        if (parts[0].Length > 0 || parts.Length == 1)
            problem = "an ID starts with a slash";
        else if (Array.FindIndex(parts, 1, static part => !ArmName.IsValid(part)) is int bad and > 0)
            problem = parts[bad].Length == 0 ? "it contains an empty segment" : $"the segment '{ShownText.OneLine(parts[bad])}' isn't valid in an ID";
        else if (!Is(parts[1], "subscriptions"))
            problem = "it doesn't start with '/subscriptions/'";
        else if (parts.Length % 2 == 0)
            problem = "its last segment is missing";
        return problem is null ? Read(text, parts, out problem) : null;
    }

    /// <summary>Creates the failure for an ID of another kind than expected.</summary>
    public AzOpenAIException Unexpected(string errorId, string expected) =>
        Failure.Of(errorId, ErrorKind.InvalidInput, Text, $"it's the ID of {Describe()}, but the ID of {expected} is expected");

    /// <summary>The kind of the object, in words: <c>a lock</c>.</summary>
    public string Describe() => Kind == ArmIdKind.Other ? ArmTypeName.Describe(Type) : Describe(Kind);

    /// <summary>A kind, in words: <c>a deployment</c>.</summary>
    public static string Describe(ArmIdKind kind) => kind switch
    {
        ArmIdKind.Subscription => "a subscription",
        ArmIdKind.ResourceGroup => "a resource group",
        ArmIdKind.Resource => "an Azure OpenAI resource",
        ArmIdKind.DeletedResource => "a soft-deleted resource",
        ArmIdKind.Deployment => "a deployment",
        ArmIdKind.ContentFilter => "a content filter",
        ArmIdKind.Blocklist => "a blocklist",
        ArmIdKind.BlocklistItem => "a blocklist item",
        ArmIdKind.RoleAssignment => "a role assignment",
        _ => "something else",
    };

    // Parts 1 and 2 are the subscription. Types and names alternate from there, so that a group or an account may have the name of a type.
    private static ArmId? Read(string text, string[] parts, out string? problem)
    {
        problem = null;
        bool inGroup = parts.Length > 3 && Is(parts[3], "resourceGroups");
        ArmId id = new(text) { Name = parts[^1], SubscriptionId = parts[2], ResourceGroup = inGroup ? parts[4] : null };
        int at = inGroup ? 5 : 3;
        if (at == parts.Length)
            return id with { Kind = inGroup ? ArmIdKind.ResourceGroup : ArmIdKind.Subscription };
        int provider = 0;
        int segments = 0;
        for (; at < parts.Length; at += 2)
        {
            if (Is(parts[at], "providers"))
            {
                if (provider > 0 && provider + 2 == at)
                    break;
                provider = at;
                segments++;
            }
            else if (provider == 0)
            {
                problem = $"it contains '{parts[at]}' where 'providers' is expected";
                return null;
            }
            else if (segments == 1 && at == provider + 2 && inGroup && Is(parts[provider + 1], OurProvider) && Is(parts[at], "accounts"))
            {
                id = id with { Account = parts[at + 1], AccountId = string.Join('/', parts[..(at + 2)]) };
            }
        }

        if (provider + 2 >= parts.Length || at < parts.Length)
        {
            problem = "its provider isn't followed by a type and a name";
            return null;
        }

        string[] types = [.. Enumerable.Range(0, (parts.Length - provider - 2) / 2).Select(i => parts[provider + 2 + (2 * i)])];
        return id.WithKind(parts, provider, types, segments == 1) with { Type = $"{parts[provider + 1]}/{string.Join('/', types)}" };
    }

    private ArmId WithKind(string[] parts, int provider, string[] types, bool isPlain)
    {
        if (Is(parts[provider + 1], Authorization) && types.Length == 1 && Is(types[0], "roleAssignments"))
            return this with { Kind = ArmIdKind.RoleAssignment, ParentId = string.Join('/', parts[..provider]) };
        if (!isPlain || !Is(parts[provider + 1], OurProvider))
            return this;
        if (ResourceGroup is null)
        {
            return string.Join('/', types).Equals("locations/resourceGroups/deletedAccounts", StringComparison.OrdinalIgnoreCase)
                ? this with { Kind = ArmIdKind.DeletedResource, ResourceGroup = parts[^3], Account = parts[^1] }
                : this;
        }

        ArmIdKind kind = string.Join('/', types).ToUpperInvariant() switch
        {
            "ACCOUNTS" => ArmIdKind.Resource,
            "ACCOUNTS/DEPLOYMENTS" => ArmIdKind.Deployment,
            "ACCOUNTS/RAIPOLICIES" => ArmIdKind.ContentFilter,
            "ACCOUNTS/RAIBLOCKLISTS" => ArmIdKind.Blocklist,
            "ACCOUNTS/RAIBLOCKLISTS/RAIBLOCKLISTITEMS" => ArmIdKind.BlocklistItem,
            _ => ArmIdKind.Other,
        };
        return this with { Kind = kind, ParentId = types.Length > 1 ? string.Join('/', parts[..^2]) : null };
    }

    private static bool Is(string part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}
