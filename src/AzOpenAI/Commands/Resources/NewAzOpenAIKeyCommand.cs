using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIKey.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIKey", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(ResourceKey))]
public sealed class NewAzOpenAIKeyCommand : ResourceCmdlet
{
    [Parameter(Mandatory = true, Position = 1)]
    public KeyName KeyName { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool TakesDefaultResource => false;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string? deployment = ParameterSetName == ByObject ? Resource.DeploymentName : null;
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        PlannedStep[] steps = [new($"{KeyName} of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Regenerate")];
        string question = $"Regenerate {KeyName} of resource '{resource.Name}' in '{resource.ResourceGroupName}'? Clients that use the current value lose access immediately.";
        if (!await Confirmation.ShouldDestroyAsync(this, steps, question, Force).ConfigureAwait(false))
            return;

        await WriteAsync(await client.Resources.RegenerateKeyAsync(resource, KeyName, deployment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
