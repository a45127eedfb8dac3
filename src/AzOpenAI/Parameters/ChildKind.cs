using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Parameters;

/// <summary>A kind of child of a resource: how its ID and its name are validated.</summary>
/// <param name="Id">The kind of its ID.</param>
/// <param name="ErrorId">The ErrorId for an invalid ID.</param>
/// <param name="CheckName">Throws for an invalid name.</param>
internal sealed record ChildKind(ArmIdKind Id, string ErrorId, Func<string, string> CheckName)
{
    public static ChildKind Deployment { get; } = new(ArmIdKind.Deployment, nameof(Messages.DeploymentIdInvalid), ArmName.CheckDeployment);

    public static ChildKind ContentFilter { get; } = new(ArmIdKind.ContentFilter, nameof(Messages.ContentFilterIdInvalid), ArmName.CheckContentFilter);

    public static ChildKind Blocklist { get; } = new(ArmIdKind.Blocklist, nameof(Messages.BlocklistIdInvalid), ArmName.CheckBlocklist);

    public static ChildKind BlocklistItem { get; } = new(ArmIdKind.BlocklistItem, nameof(Messages.BlocklistItemIdInvalid), ArmName.CheckBlocklistItem);
}
