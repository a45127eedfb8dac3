using System.Runtime.CompilerServices;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Keys;

/// <summary>
/// Replaces keys without interrupting their clients: the key in use isn't changed; the other one is regenerated, tested and passed on. Only then, and
/// only if requested, the first one is regenerated. At any time, one key that clients know is valid.
/// </summary>
public sealed class KeyRotator
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ManagementClient _client;

    /// <summary>Creates a rotator for resources of the client's subscription.</summary>
    public KeyRotator(ManagementClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    private ServiceOptions Options => _client.Options;

    /// <summary>Determines which key is in use and that it works. Writes nothing.</summary>
    /// <exception cref="AzOpenAIException">
    /// LocalAuthDisabled, KeyInUseMissing, KeyInUseUnknown, KeyInUseMismatch, KeyInUseRefused; DataPlaneNotReachable if the new key can't be tested from here.
    /// </exception>
    public async Task<KeyRotationPlan> PlanAsync(KeyRotationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Resource resource = request.Resource;
        if (request is { KeyInUse: null, CurrentKey: null })
            throw Failure.Of(nameof(Messages.KeyInUseMissing), ErrorKind.InvalidInput, resource.Name);
        ResourceKey keys = await _client.Resources.GetKeysAsync(resource, request.Deployment, cancellationToken).ConfigureAwait(false);
        if (keys.Authentication == AuthenticationKind.EntraId)
            throw Failure.Of(nameof(Messages.LocalAuthDisabled), ErrorKind.NotAvailable, resource.Name, "rotate");

        KeyName inUse = Recognise(request, keys);
        if (request.Probe)
            await CheckKeyInUseAsync(keys, inUse, cancellationToken).ConfigureAwait(false);
        KeyName spare = KeyRegeneration.Other(inUse);
        List<PlannedStep> steps = [new PlannedStep($"{spare} of resource '{resource.Name}' in '{resource.ResourceGroupName}'", "Regenerate")];
        if (request.Both)
            steps.Add(new PlannedStep($"{inUse} of resource '{resource.Name}' in '{resource.ResourceGroupName}', {RetryWait.Show(request.GracePeriod)} later", "Regenerate"));
        return new KeyRotationPlan(request, keys, inUse) { Steps = steps };
    }

    /// <summary>Executes the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="sink">Receives a new key. An exception ends the rotation.</param>
    /// <param name="cancellationToken">Ends every wait. A regenerated key remains regenerated; the other one isn't changed.</param>
    /// <returns>A result for each key, as soon as it was passed on.</returns>
    /// <exception cref="AzOpenAIException">KeyNotVerified, KeyChangedMeanwhile, KeyNotRegenerated, KeyStateUnknown.</exception>
    public async IAsyncEnumerable<KeyRotation> ApplyAsync(
        KeyRotationPlan plan, Func<RotatedKey, CancellationToken, Task> sink, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sink);
        ResourceKey first = await RegenerateAsync(plan, plan.Keys, plan.SpareKey, cancellationToken).ConfigureAwait(false);
        yield return await HandOverAsync(plan, first, plan.SpareKey, sink, cancellationToken).ConfigureAwait(false);
        if (!plan.Request.Both)
            yield break;

        await GiveTimeAsync(plan, cancellationToken).ConfigureAwait(false);
        await CheckNobodyElseAsync(plan, first, cancellationToken).ConfigureAwait(false);
        ResourceKey second = await RegenerateAsync(plan, first, plan.KeyInUse, cancellationToken).ConfigureAwait(false);
        yield return await HandOverAsync(plan, second, plan.KeyInUse, sink, cancellationToken).ConfigureAwait(false);
    }

    private static KeyName Recognise(KeyRotationRequest request, ResourceKey keys)
    {
        if (request.CurrentKey is null)
            return request.KeyInUse!.Value;

        KeyName? recognised = Enum.GetValues<KeyName>().Cast<KeyName?>().FirstOrDefault(name => KeyRegeneration.IsSame(KeyRegeneration.Value(keys, name!.Value), request.CurrentKey));
        if (recognised is null)
            throw Failure.Of(nameof(Messages.KeyInUseUnknown), ErrorKind.InvalidInput, request.Resource.Name);
        if (request.KeyInUse is KeyName named && named != recognised)
            throw Failure.Of(nameof(Messages.KeyInUseMismatch), ErrorKind.InvalidInput, request.Resource.Name, recognised, named);
        return recognised.Value;
    }

    // If it can't be tested afterwards, it is better to fail before.
    private async Task CheckKeyInUseAsync(ResourceKey keys, KeyName inUse, CancellationToken cancellationToken)
    {
        TimeSpan limit = Options.MaxWait < LongestCheck ? Options.MaxWait : LongestCheck;
        ProbeResult result = await Probe(keys, inUse).WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        if (result.Outcome == ProbeOutcome.NotReady)
            throw Failure.Of(nameof(Messages.KeyInUseRefused), ErrorKind.Authentication, inUse, keys.ResourceName);
        if (result.Outcome == ProbeOutcome.Unverified)
            throw Failure.Of(nameof(Messages.DataPlaneNotReachable), ErrorKind.NotAvailable, keys.ResourceName, result.Reason);
    }

    private async Task<ResourceKey> RegenerateAsync(KeyRotationPlan plan, ResourceKey before, KeyName name, CancellationToken cancellationToken)
    {
        ResourceKey keys = await KeyRegeneration.RunAsync(_client, plan.Request.Resource, before, name, cancellationToken).ConfigureAwait(false);
        Options.Reporter.Verbose($"{name} of '{plan.Request.Resource.Name}' was regenerated; {KeyRegeneration.Other(name)} is unchanged.");
        return keys;
    }

    private async Task<KeyRotation> HandOverAsync(
        KeyRotationPlan plan, ResourceKey keys, KeyName name, Func<RotatedKey, CancellationToken, Task> sink, CancellationToken cancellationToken)
    {
        KeyName other = KeyRegeneration.Other(name);
        if (plan.Request.Probe)
        {
            ProbeResult result = await Probe(keys, name).WaitAsync(Options.MaxWait, cancellationToken).ConfigureAwait(false);
            if (result.Outcome != ProbeOutcome.Ready)
                throw Failure.Of(nameof(Messages.KeyNotVerified), ErrorKind.NotAvailable, name, keys.ResourceName, RetryWait.Show(result.Waited), result.Reason, other);
        }

        RotatedKey handed = new()
        {
            ResourceId = keys.ResourceId,
            ResourceName = keys.ResourceName,
            ResourceGroupName = keys.ResourceGroupName,
            SubscriptionId = keys.SubscriptionId,
            Endpoint = keys.Endpoint,
            ClassicEndpoint = keys.ClassicEndpoint,
            Deployment = plan.Request.Deployment,
            KeyName = name,
            Key = KeyRegeneration.Value(keys, name),
            UnchangedKey = other,
            Verified = plan.Request.Probe,
        };
        await sink(handed, cancellationToken).ConfigureAwait(false);
        return new KeyRotation
        {
            ResourceId = keys.ResourceId,
            ResourceName = keys.ResourceName,
            ResourceGroupName = keys.ResourceGroupName,
            SubscriptionId = keys.SubscriptionId,
            RegeneratedKey = name,
            UnchangedKey = other,
            Verified = plan.Request.Probe,
            HandedOver = _client.ServiceNow,
        };
    }

    private async Task GiveTimeAsync(KeyRotationPlan plan, CancellationToken cancellationToken)
    {
        TimeSpan grace = plan.Request.GracePeriod;
        if (grace <= TimeSpan.Zero)
            return;

        string activity = $"Grace period for {plan.KeyInUse} of '{plan.Request.Resource.Name}'";
        Options.Reporter.Warning(
            $"{plan.SpareKey} of '{plan.Request.Resource.Name}' was regenerated and passed to the sink. {plan.KeyInUse} keeps working and will be regenerated in {RetryWait.Show(grace)}. "
            + "If you stop the command before that, both keys keep working.");
        long start = Options.Clock.GetTimestamp();
        try
        {
            while (grace - Options.Clock.GetElapsedTime(start) is { TotalMilliseconds: >= 1 } left)
            {
                int percent = (int)(100 * (1 - (left / grace)));
                Options.Reporter.Progress(new OperationProgress(activity, $"{plan.KeyInUse} still works, and stays valid if you stop now.", percent, left));
                await Task.Delay(left < Tick ? left : Tick, Options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Options.Reporter.Progress(new OperationProgress(activity, "Over", 100, TimeSpan.Zero, Completed: true));
        }
    }

    // A concurrent rotation may have replaced the key that was just passed on: regenerating the other one too would lock out all clients.
    private async Task CheckNobodyElseAsync(KeyRotationPlan plan, ResourceKey expected, CancellationToken cancellationToken)
    {
        ResourceKey now = await _client.Resources.GetKeysAsync(plan.Request.Resource, plan.Request.Deployment, cancellationToken).ConfigureAwait(false);
        KeyName? changed = now.Authentication == AuthenticationKind.EntraId
            ? null
            : Enum.GetValues<KeyName>().Cast<KeyName?>().FirstOrDefault(name => !KeyRegeneration.IsSame(now, expected, name!.Value));
        if (now.Authentication == AuthenticationKind.EntraId)
            throw Failure.Of(nameof(Messages.LocalAuthDisabled), ErrorKind.NotAvailable, now.ResourceName, "rotate");
        if (changed is KeyName name)
            throw Failure.Of(nameof(Messages.KeyChangedMeanwhile), ErrorKind.Busy, name, now.ResourceName, plan.KeyInUse);
    }

    private KeyProbe Probe(ResourceKey keys, KeyName name)
    {
        Connection connection = keys.Connection with { Key = KeyRegeneration.Value(keys, name) };
        return new KeyProbe(new DataPlaneSession(connection, null, _client.Context.Environment, Options), $"{name} of '{keys.ResourceName}'");
    }
}
