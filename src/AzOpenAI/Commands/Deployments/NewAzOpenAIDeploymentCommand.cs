using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class NewAzOpenAIDeploymentCommand : ResourceCmdlet
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ModelVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(SkuCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Capacity { get; set; }

    [Parameter]
    [ValidateSet("OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade")]
    public string? VersionUpgrade { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNull]
    public ContentFilterIdentity? ContentFilter { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Spillover { get; set; }

    [Parameter]
    public SwitchParameter Ensure { get; set; }

    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    [Parameter]
    public SwitchParameter NoWait { get; set; }

    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Name is not null)
            ArmName.CheckDeployment(Name);
        ContentFilter?.Check();
        Overflow?.Check();
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        DeploymentProvisioner provisioner = new(client);
        DeploymentPlan plan = await provisioner.PlanAsync(CreateRequest(resource), cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        Deployment deployment = await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        if (plan.Steps.Count > 0 && !NoWait && !NoProbe)
            await WarnWhereLateAsync(client, deployment, cancellationToken).ConfigureAwait(false);
        await WriteAsync(deployment).ConfigureAwait(false);
    }

    private DeploymentIdentity? Overflow => Spillover is null ? null : new DeploymentIdentity(Spillover);

    private DeploymentRequest CreateRequest(Resource resource) => new()
    {
        Resource = resource,
        Name = Name,
        Model = Model,
        Format = Format,
        Version = Version,
        Sku = Sku,
        Capacity = IsBound(nameof(Capacity)) ? Capacity : null,
        VersionUpgrade = VersionUpgrade,
        ContentFilter = FilterName(resource),
        Spillover = Overflow?.SpilloverOf(resource, Name ?? Model),
        Ensure = Ensure,
        SkipCheck = SkipCheck,
        NoWait = NoWait,
    };

    // A filter that is piped instead of its resource is the content filter of the deployment.
    private string? FilterName(Resource resource) =>
        ContentFilter?.NameOn(resource) ?? (ParameterSetName == ByObject ? (Resource.Input as ContentFilter)?.Name : null);

    private async Task WarnWhereLateAsync(ManagementClient client, Deployment deployment, CancellationToken cancellationToken)
    {
        if (await ProbeAsync(client, deployment, cancellationToken).ConfigureAwait(false) is { Outcome: ProbeOutcome.NotReady } late)
        {
            await WriteWarningAsync($"Deployment '{deployment.Name}' was created, but it isn't available on the data plane after {late.Waited.TotalSeconds:0} s. Calls to it may fail for a while.")
                .ConfigureAwait(false);
        }
    }
}
