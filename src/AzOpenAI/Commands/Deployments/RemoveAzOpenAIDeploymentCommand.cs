using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class RemoveAzOpenAIDeploymentCommand : ManagementCmdlet
{
    private const string ByObject = "Deployment";
    private const string ByResource = "Resource";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public DeploymentIdentity Deployment { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByResource)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ResourceIdentity? identity = ParameterSetName switch { ByObject => Deployment.Resource, ByResource => Resource, _ => null };
        string name = ParameterSetName == ByObject ? Deployment.Name : Name;
        ErrorTarget = ParameterSetName == ByObject ? Deployment.Input : Name;

        ManagementClient client = await GetClientAsync(identity?.SubscriptionId, cancellationToken).ConfigureAwait(false);
        Resource resource = identity is null
            ? await client.Resources.GetAsync(ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false)
            : await identity.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
        Deployment deployment = await client.Deployments.GetAsync(resource, name, cancellationToken).ConfigureAwait(false);

        PlannedStep step = new($"deployment '{deployment.Name}' ({deployment.Model}) of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Remove");
        string question = $"Remove {step.Target}? Calls to it fail from then on.";
        if (!await Confirmation.ShouldDestroyAsync(this, [step], question, Force).ConfigureAwait(false))
            return;

        await client.Deployments.DeleteAsync(resource, deployment.Name, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(deployment).ConfigureAwait(false);
    }
}
