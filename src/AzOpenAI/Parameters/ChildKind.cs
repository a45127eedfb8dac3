using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>A kind of part of a resource: how its id and its name are checked.</summary>
/// <param name="Id">What an id of it names.</param>
/// <param name="ErrorId">The ErrorId for what is no such id.</param>
/// <param name="CheckName">Throws for text that cannot be its name.</param>
internal sealed record ChildKind(ArmIdKind Id, string ErrorId, Func<string, string> CheckName)
{
    public static ChildKind Deployment { get; } = new(ArmIdKind.Deployment, nameof(Messages.DeploymentIdInvalid), ArmName.CheckDeployment);

    public static ChildKind ContentFilter { get; } = new(ArmIdKind.ContentFilter, nameof(Messages.ContentFilterIdInvalid), ArmName.CheckContentFilter);

    public static ChildKind Blocklist { get; } = new(ArmIdKind.Blocklist, nameof(Messages.BlocklistIdInvalid), ArmName.CheckBlocklist);

    public static ChildKind BlocklistItem { get; } = new(ArmIdKind.BlocklistItem, nameof(Messages.BlocklistItemIdInvalid), ArmName.CheckBlocklistItem);
}
