using System.Management.Automation;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;

namespace AzOpenAI.Commands;

/// <summary>Resume-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class ResumeAzOpenAIDeploymentCommand : DeploymentCmdlet
{
    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        Deployment deployment = await client.Deployments.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (DeploymentOperations.PlanSwitch(deployment, pause: false) is PlannedStep step && !await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            return;

        await WriteAsync(await client.Deployments.ResumeAsync(resource, deployment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
