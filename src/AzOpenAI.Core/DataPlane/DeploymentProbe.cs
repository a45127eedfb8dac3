using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>
/// Waits until the data plane knows a deployment, which takes seconds to minutes after its creation. It sends an empty list of messages:
/// the service rejects it with a 400 before any model runs, so no token is billed, while an unknown deployment is a 404 whatever the body.
/// </summary>
public sealed class DeploymentProbe
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastDelay = TimeSpan.FromSeconds(2);

    private readonly DataPlaneSession _session;

    internal DeploymentProbe(DataPlaneSession session) => _session = session;

    /// <summary>
    /// Waits with the identity of the context. Skipped if the endpoint mustn't receive its token: the deployment exists, so this isn't an error.
    /// </summary>
    /// <inheritdoc cref="WaitAsync(string, CancellationToken)"/>
    public static Task<ProbeResult> WaitAsync(Deployment deployment, Context context, ServiceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        IConnectionSource source = deployment;
        try
        {
            return new DataPlaneClient(source.Connection, context.TokenSource, context.Environment, options).Probe.WaitAsync(deployment.Name, cancellationToken);
        }
        catch (AzOpenAIException refusal)
        {
            options.Reporter.Verbose($"Didn't check deployment '{deployment.Name}': {refusal.Message}");
            return Task.FromResult(new ProbeResult(ProbeOutcome.Unverified, $"not verified: {refusal.Message}", null, TimeSpan.Zero));
        }
    }

    /// <summary>Waits for any response but DeploymentNotFound, up to <see cref="ServiceOptions.MaxWait"/>.</summary>
    /// <returns>
    /// <see cref="ProbeOutcome.Ready"/>; <see cref="ProbeOutcome.Unverified"/> if the caller isn't allowed to call or can't reach the service (with a verbose
    /// message); <see cref="ProbeOutcome.NotReady"/> if it timed out. Throws for cancellation only.
    /// </returns>
    public async Task<ProbeResult> WaitAsync(string deployment, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(deployment);
        ServiceOptions options = _session.Options;
        DataPlaneCall call = new(_session, _session.Target("chat/completions", deployment), deployment, retry: false);
        string activity = $"Waiting for '{deployment}' at {call.Target.Host}";
        long start = options.Clock.GetTimestamp();
        TimeSpan delay = FirstDelay;
        try
        {
            while (true)
            {
                (ProbeOutcome outcome, string reason, int? status) = await AskAsync(call, cancellationToken).ConfigureAwait(false);
                TimeSpan waited = options.Clock.GetElapsedTime(start);
                if (outcome != ProbeOutcome.NotReady || waited + delay > options.MaxWait)
                {
                    options.Reporter.Verbose($"{activity}: {reason}.");
                    return new ProbeResult(outcome, reason, status, waited);
                }

                options.Reporter.Progress(new OperationProgress(activity, reason, Remaining: options.MaxWait - waited));
                await Task.Delay(delay, options.Clock, cancellationToken).ConfigureAwait(false);
                delay = delay * 1.5 > LastDelay ? LastDelay : delay * 1.5;
            }
        }
        finally
        {
            options.Reporter.Progress(new OperationProgress(activity, "Done", Completed: true));
        }
    }

    private async Task<(ProbeOutcome Outcome, string Reason, int? Status)> AskAsync(DataPlaneCall call, CancellationToken cancellationToken)
    {
        // On the v1 route the deployment is found by the body's model; on the dated routes the path is sufficient.
        ChatRequest empty = new() { Deployment = call.Deployment, Messages = [] };
        ReadOnlyMemory<byte> body = ChatRequestWriter.Write(empty, !_session.IsDated, ParameterFit.CompletionTokens, stream: false, withUsage: false);
        try
        {
            using PipelineResponse response = await DataPlaneSender.PostAsync(call, body, stream: false, cancellationToken).ConfigureAwait(false);
            return (ProbeOutcome.Ready, "the deployment responds", response.Status);
        }
        catch (AzOpenAIException refusal)
        {
            return refusal switch
            {
                { ErrorId: nameof(Messages.DeploymentNotFound) or nameof(Messages.ModelNotFound) } =>
                    (ProbeOutcome.NotReady, "the deployment isn't available on the data plane yet", refusal.StatusCode),
                { StatusCode: 401 or 403 } => (ProbeOutcome.Unverified, $"not verified: access was denied with HTTP {refusal.StatusCode}", refusal.StatusCode),
                { StatusCode: null } => (ProbeOutcome.Unverified, $"not verified: {refusal.Message}", null),
                _ => (ProbeOutcome.Ready, "the deployment responds", refusal.StatusCode),
            };
        }
    }
}
