using System.Management.Automation;
using AzOpenAI.Cmdlets;

namespace AzOpenAI.Commands;

/// <summary>Suspend-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class SuspendAzOpenAIDeploymentCommand : SwitchDeploymentCmdlet
{
    private protected override bool Pause => true;
}
