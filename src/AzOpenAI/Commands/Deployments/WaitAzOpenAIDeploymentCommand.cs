using System.Globalization;
using System.Management.Automation;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;

namespace AzOpenAI.Commands;

/// <summary>Wait-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AzOpenAIDeployment", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class WaitAzOpenAIDeploymentCommand : DeploymentCmdlet
{
    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        Deployment deployment = await client.Deployments.WaitAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (!NoProbe && await ProbeAsync(client, deployment, cancellationToken).ConfigureAwait(false) is { Outcome: ProbeOutcome.NotReady } late)
        {
            throw Failure.Of(
                nameof(Messages.DeploymentNotReady), ErrorKind.Timeout, deployment.Name, deployment.ResourceName,
                string.Create(CultureInfo.InvariantCulture, $"{late.Waited.TotalSeconds:0} s"), late.Reason);
        }

        await WriteAsync(deployment).ConfigureAwait(false);
    }
}
