using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Set-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIDeployment", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class SetAzOpenAIDeploymentCommand : DeploymentCmdlet
{
    [Parameter]
    [ArgumentCompleter(typeof(SkuCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Capacity { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ModelVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    [Parameter]
    [ValidateSet("OnceNewDefaultVersionAvailable", "OnceCurrentVersionExpired", "NoAutoUpgrade")]
    public string? VersionUpgrade { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNull]
    public ContentFilterIdentity? ContentFilter { get; set; }

    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Spillover { get; set; }

    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ContentFilter?.Check();
        Overflow?.Check();
        (ManagementClient client, Resource resource, string name) = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        if (!IsBound(nameof(Capacity)) && !IsBound(nameof(Spillover)) && Version is null && Sku is null && VersionUpgrade is null && ContentFilter is null)
            throw Failure.Of(nameof(Messages.DeploymentChangeMissing), ErrorKind.InvalidInput, name);

        DeploymentProvisioner provisioner = new(client);
        DeploymentPlan plan = await provisioner.PlanChangeAsync(resource, name, existing => CreateRequest(resource, existing), cancellationToken).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        await WriteAsync(await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private DeploymentIdentity? Overflow => string.IsNullOrWhiteSpace(Spillover) ? null : new DeploymentIdentity(Spillover);

    private DeploymentRequest CreateRequest(Resource resource, Deployment existing) => new()
    {
        Resource = resource,
        Name = existing.Name,
        Model = existing.Model,
        Format = existing.Format,
        Version = Version,
        Sku = Sku,
        Capacity = IsBound(nameof(Capacity)) ? Capacity : null,
        VersionUpgrade = VersionUpgrade,
        ContentFilter = ContentFilter?.NameOn(resource),
        Spillover = IsBound(nameof(Spillover)) ? Overflow?.SpilloverOf(resource, existing.Name) ?? "" : null,
        SkipCheck = SkipCheck,
        NoWait = NoWait,
    };
}
