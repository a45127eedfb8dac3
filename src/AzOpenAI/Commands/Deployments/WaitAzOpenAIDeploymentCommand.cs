using System.Globalization;
using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Commands;

/// <summary>Wait-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsLifecycle.Wait, "AzOpenAIDeployment", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class WaitAzOpenAIDeploymentCommand : DeploymentCmdlet
{
    private const string Succeeded = "Succeeded";
    private const string Deleted = "Deleted";

    [Parameter]
    [ValidateSet(Succeeded, "Failed", "Canceled", "Accepted", "Creating", "Deleting", Deleted)]
    public string State { get; set; } = Succeeded;

    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        if (!State.Equals(Succeeded, StringComparison.OrdinalIgnoreCase))
        {
            string? state = State.Equals(Deleted, StringComparison.OrdinalIgnoreCase) ? null : State;
            if (await client.Deployments.WaitForAsync(resource, name, state, cancellationToken).ConfigureAwait(false) is Deployment reached)
                await WriteAsync(reached).ConfigureAwait(false);
            return;
        }

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
