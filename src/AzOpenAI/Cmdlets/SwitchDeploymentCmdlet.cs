using System.ComponentModel;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Cmdlets;

/// <summary>A cmdlet that pauses or resumes a deployment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SwitchDeploymentCmdlet : DeploymentCmdlet
{
    /// <summary>True to pause, false to resume.</summary>
    private protected abstract bool Pause { get; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        Deployment deployment = await client.Deployments.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (DeploymentOperations.PlanSwitch(deployment, Pause) is PlannedStep step && !await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            return;

        await WriteAsync(Pause
            ? await client.Deployments.SuspendAsync(resource, deployment, cancellationToken).ConfigureAwait(false)
            : await client.Deployments.ResumeAsync(resource, deployment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
