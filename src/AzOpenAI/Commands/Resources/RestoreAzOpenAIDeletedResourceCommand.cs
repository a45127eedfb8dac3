using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Restore-AzOpenAIDeletedResource.</summary>
[Cmdlet(VerbsData.Restore, "AzOpenAIDeletedResource", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Resource))]
public sealed class RestoreAzOpenAIDeletedResourceCommand : DeletedResourceCmdlet
{
    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, DeletedResource deleted) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        ResourceProvisioner provisioner = new(client);
        ResourceRequest request = new()
        {
            ResourceGroupName = deleted.ResourceGroupName,
            Name = deleted.Name,
            Location = deleted.Location,
            Kind = deleted.Kind,
            RestoreDeleted = true,
            CreateResourceGroup = CreateResourceGroup,
            NoWait = NoWait,
        };
        ResourcePlan plan = await provisioner.PlanAsync(request, cancellationToken).ConfigureAwait(false);
        if (!await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        Resource resource = await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        await WriteAsync(resource).ConfigureAwait(false);
    }
}
