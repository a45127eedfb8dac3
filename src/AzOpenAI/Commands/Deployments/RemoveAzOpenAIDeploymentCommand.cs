using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class RemoveAzOpenAIDeploymentCommand : DeploymentCmdlet
{
    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override bool TakesDefaultResource => false;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        Deployment deployment = await client.Deployments.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);

        PlannedStep step = new($"deployment '{deployment.Name}' ({deployment.Model}) of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Remove");
        string question = $"Remove {step.Target}? Calls to it will fail.";
        if (!await Confirmation.ShouldDestroyAsync(this, [step], question, Force).ConfigureAwait(false))
            return;

        await client.Deployments.DeleteAsync(resource, deployment.Name, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(deployment).ConfigureAwait(false);
    }
}
