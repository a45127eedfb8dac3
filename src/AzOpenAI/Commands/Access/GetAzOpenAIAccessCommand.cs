using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIAccess.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIAccess", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ResourceAccess))]
public sealed class GetAzOpenAIAccessCommand : ResourceCmdlet
{
    [Parameter]
    [ArgumentCompleter(typeof(AccessRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Role { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PrincipalId { get; set; }

    [Parameter]
    public SwitchParameter CurrentUser { get; set; }

    [Parameter]
    public SwitchParameter Direct { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (CurrentUser && PrincipalId is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-CurrentUser", "-PrincipalId");
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        string? principal = CurrentUser ? (await new AccessProvisioner(client).GetCurrentPrincipalAsync(cancellationToken).ConfigureAwait(false)).Id : PrincipalId;
        foreach (ResourceAccess access in await client.Access.ListAsync(resource, Role, principal, cancellationToken).ConfigureAwait(false))
        {
            if (!Direct || !access.Inherited)
                await WriteAsync(access).ConfigureAwait(false);
        }
    }
}
