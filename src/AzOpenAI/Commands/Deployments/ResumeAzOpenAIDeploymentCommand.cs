using System.Management.Automation;
using AzOpenAI.Cmdlets;

namespace AzOpenAI.Commands;

/// <summary>Resume-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsLifecycle.Resume, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class ResumeAzOpenAIDeploymentCommand : SwitchDeploymentCmdlet
{
    private protected override bool Pause => false;
}
