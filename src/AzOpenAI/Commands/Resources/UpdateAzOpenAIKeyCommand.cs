using System.Collections;
using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Keys;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Update-AzOpenAIKey.</summary>
[Cmdlet(VerbsData.Update, "AzOpenAIKey", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(KeyRotation))]
public sealed class UpdateAzOpenAIKeyCommand : ResourceCmdlet
{
    [Parameter(Mandatory = true)]
    [ValidateNotNull]
    public ScriptBlock Sink { get; set; } = null!;

    [Parameter]
    public KeyName KeyInUse { get; set; }

    [Parameter]
    public SwitchParameter Both { get; set; }

    [Parameter]
    [SecondsTransformation]
    public TimeSpan GracePeriod { get; set; }

    [Parameter]
    public SwitchParameter NoProbe { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool TakesDefaultResource => false;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        CheckGracePeriod();
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        KeyRotator rotator = new(client);
        KeyRotationPlan plan = await rotator.PlanAsync(CreateRequest(resource), cancellationToken).ConfigureAwait(false);
        if (!await Confirmation.ShouldDestroyAsync(this, plan.Steps, Question(plan), Force).ConfigureAwait(false))
            return;

        await foreach (KeyRotation rotation in rotator.ApplyAsync(plan, HandOverAsync, cancellationToken).ConfigureAwait(false))
            await WriteAsync(rotation).ConfigureAwait(false);
    }

    private static string Question(KeyRotationPlan plan)
    {
        Resource resource = plan.Request.Resource;
        string both = plan.Request.Both ? $" {plan.KeyInUse} is regenerated after the grace period." : $" {plan.KeyInUse} keeps working.";
        return $"Regenerate {plan.SpareKey} of resource '{resource.Name}' in '{resource.ResourceGroupName}'? Clients that use the current value lose access immediately.{both}";
    }

    private void CheckGracePeriod()
    {
        if (Both && !IsBound(nameof(GracePeriod)))
            throw Failure.Of(nameof(Messages.GracePeriodMissing), ErrorKind.InvalidInput);
        if (!Both && IsBound(nameof(GracePeriod)))
            throw Failure.Of(nameof(Messages.GracePeriodUnused), ErrorKind.InvalidInput);
    }

    private KeyRotationRequest CreateRequest(Resource resource) => new()
    {
        Resource = resource,
        Deployment = ParameterSetName == ByObject ? Resource.DeploymentName : null,
        KeyInUse = IsBound(nameof(KeyInUse)) ? KeyInUse : null,
        // An object with both keys doesn't indicate which one clients use.
        CurrentKey = ParameterSetName == ByObject && Resource.Source is not ResourceKey ? Resource.Source?.Connection.Key : null,
        Both = Both,
        GracePeriod = GracePeriod,
        Probe = !NoProbe,
    };

    private async Task HandOverAsync(RotatedKey key, CancellationToken cancellationToken)
    {
        string? failure = await InvokeOnPipelineThreadAsync(() => KeySink.Run(Sink, key, SessionState.PSVariable.GetValue("global:Error") as ArrayList)).ConfigureAwait(false);
        if (failure is not null)
            throw Failure.Of(nameof(Messages.KeySinkFailed), ErrorKind.NotAvailable, failure, key.KeyName, key.ResourceName, key.UnchangedKey);
    }
}
