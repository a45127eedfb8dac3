using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Revoke-AzOpenAIAccess.</summary>
[Cmdlet(VerbsSecurity.Revoke, "AzOpenAIAccess", SupportsShouldProcess = true, DefaultParameterSetName = ByAccess)]
[OutputType(typeof(ResourceAccess))]
public sealed class RevokeAzOpenAIAccessCommand : ManagementCmdlet
{
    private const string ByAccess = "Access";
    private const string ByResource = "Resource";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByAccess)]
    public AccessIdentity Access { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    [Parameter(ParameterSetName = ByResource)]
    [Parameter(ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(AccessRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    [Parameter(ParameterSetName = ByResource)]
    [Parameter(ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    public string? PrincipalId { get; set; }

    [Parameter(ParameterSetName = ByResource)]
    [Parameter(ParameterSetName = ByName)]
    public SwitchParameter CurrentUser { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private ResourceIdentity Identity => ParameterSetName == ByName ? new ResourceIdentity(ResourceGroupName, ResourceName) : Resource;

    private protected override IReadOnlyList<string> Targets => [nameof(Access), nameof(Resource), nameof(ResourceName)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName switch { ByAccess => Access.Input, ByResource => Resource.Input, _ => ResourceName };
        if (CurrentUser && PrincipalId is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-CurrentUser", "-PrincipalId");
        if (ParameterSetName == ByAccess)
            Access.Check();
        else
            Identity.RefusePart(VerbsSecurity.Revoke);
        ManagementClient client = await GetClientAsync(
            ParameterSetName switch { ByAccess => Access.SubscriptionId, ByResource => Resource.SubscriptionId, _ => null }, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ResourceAccess> found = ParameterSetName == ByAccess
            ? await FindOneAsync(client, cancellationToken).ConfigureAwait(false)
            : await FindManyAsync(client, cancellationToken).ConfigureAwait(false);

        // Assignments above the resource apply to other resources too: they are never removed.
        foreach (ResourceAccess access in found.Where(static a => a.Inherited))
            await WriteErrorAsync(ErrorRecords.From(AccessOperations.Inherited(access), ErrorTarget)).ConfigureAwait(false);
        if (found.Count == 0)
            await WriteWarningAsync($"No matching role assignment was found on '{ErrorTarget}'. Nothing was revoked.").ConfigureAwait(false);
        foreach (ResourceAccess access in found.Where(static a => !a.Inherited))
            await RevokeAsync(client, access, cancellationToken).ConfigureAwait(false);
    }

    private async Task RevokeAsync(ManagementClient client, ResourceAccess access, CancellationToken cancellationToken)
    {
        PlannedStep step = new($"resource '{access.ResourceName}' in '{access.ResourceGroupName}'", $"Revoke '{access.Role}' of {access.PrincipalType} {access.PrincipalId}");
        if (!await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            return;
        if (!await client.Access.RevokeAsync(access, cancellationToken).ConfigureAwait(false))
            await WriteWarningAsync($"The role '{access.Role}' of {access.PrincipalId} on '{access.ResourceName}' was already revoked.").ConfigureAwait(false);
        else if (PassThru)
            await WriteAsync(access).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ResourceAccess>> FindOneAsync(ManagementClient client, CancellationToken cancellationToken) =>
        await Access.ResolveAsync(client, cancellationToken).ConfigureAwait(false) is ResourceAccess access ? [access] : [];

    private async Task<IReadOnlyList<ResourceAccess>> FindManyAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        Resource resource = await Identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
        if (Role is null && PrincipalId is null && !CurrentUser)
            throw Failure.Of(nameof(Messages.AccessFilterMissing), ErrorKind.InvalidInput, resource.Name);
        string? principal = CurrentUser ? (await new AccessProvisioner(client).GetCurrentPrincipalAsync(cancellationToken).ConfigureAwait(false)).Id : PrincipalId;
        IReadOnlyList<ResourceAccess> all = await client.Access.ListAsync(resource, Role, principal, cancellationToken).ConfigureAwait(false);

        // Inherited assignments are reported only if there are no others, to explain why access remains.
        return all.Any(static a => !a.Inherited) ? [.. all.Where(static a => !a.Inherited)] : all;
    }
}
