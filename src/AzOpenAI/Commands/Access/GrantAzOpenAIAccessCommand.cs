using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Commands;

/// <summary>Grant-AzOpenAIAccess.</summary>
[Cmdlet(VerbsSecurity.Grant, "AzOpenAIAccess", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ResourceAccess))]
public sealed class GrantAzOpenAIAccessCommand : ResourceCmdlet
{
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AccessRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string Role { get; set; } = "User";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PrincipalId { get; set; }

    [Parameter]
    [ValidateSet("User", "Group", "ServicePrincipal", "ManagedIdentity")]
    public string? PrincipalType { get; set; }

    [Parameter]
    public SwitchParameter CurrentUser { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByObject)
        {
            ErrorTarget = Resource.Input;
            Resource.RefusePart(VerbsSecurity.Grant);
        }

        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        AccessProvisioner provisioner = new(client);
        AccessPrincipal principal = await GetPrincipalAsync(provisioner, cancellationToken).ConfigureAwait(false);
        AccessPlan plan = await provisioner.PlanAsync(resource, new AccessRequest(Role, principal.Id, principal.Type), cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        await WriteAsync(await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<AccessPrincipal> GetPrincipalAsync(AccessProvisioner provisioner, CancellationToken cancellationToken)
    {
        if (CurrentUser == (PrincipalId is not null) || (PrincipalId is not null && PrincipalType is null))
            throw Failure.Of(nameof(Messages.PrincipalMissing), ErrorKind.InvalidInput, Resource?.Input ?? ResourceName);
        if (PrincipalId is null)
            return await provisioner.GetCurrentPrincipalAsync(cancellationToken).ConfigureAwait(false);

        // In the directory, a managed identity is a service principal.
        return new AccessPrincipal(PrincipalId, PrincipalType == "ManagedIdentity" ? "ServicePrincipal" : PrincipalType!);
    }
}
