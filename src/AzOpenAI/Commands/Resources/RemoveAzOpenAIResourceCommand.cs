using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Removals;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Remove-AzOpenAIResource.</summary>
[Cmdlet(VerbsCommon.Remove, "AzOpenAIResource", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Resource))]
public sealed class RemoveAzOpenAIResourceCommand : ManagementCmdlet
{
    private const string ByObject = "Resource";
    private const string ByName = "Name";

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public SwitchParameter Purge { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Resource), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        (ManagementClient client, Resource resource) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        ResourceRemover remover = new(client);
        ResourceRemovalPlan plan = await remover.PlanAsync(resource, Purge, cancellationToken).ConfigureAwait(false);
        if (!await Confirmation.ShouldDestroyAsync(this, plan.Steps, Question(resource, plan), Force).ConfigureAwait(false))
            return;

        await remover.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (PassThru)
            await WriteAsync(resource).ConfigureAwait(false);
    }

    private Task<(ManagementClient Client, Resource Resource)> ResolveAsync(CancellationToken cancellationToken)
    {
        ResourceIdentity identity = ParameterSetName == ByName ? new ResourceIdentity(ResourceGroupName, Name) : Resource;
        ErrorTarget = identity.Input;
        identity.RefusePart(VerbsCommon.Remove);
        return OpenAsync(identity, cancellationToken);
    }

    private string Question(Resource resource, ResourceRemovalPlan plan)
    {
        string along = plan.Deployments.Count == 0
            ? ""
            : $" Its deployments are removed too: {string.Join(", ", plan.Deployments.Select(deployment => $"{deployment.Name} ({deployment.Model})"))}.";
        string after = Purge ? " A purged resource can't be restored." : "";
        return $"Remove resource '{resource.Name}' in '{resource.ResourceGroupName}'?{along}{after}";
    }
}
