using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Makes changes: one at a time per account, with retries on conflicts, and waits for long-running operations.</summary>
internal sealed class ArmWriter(ArmClient arm)
{
    private static readonly TimeSpan FirstConflictDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxConflictDelay = TimeSpan.FromSeconds(15);

    /// <summary>The version of the gate, to be read before the state that a change is planned with.</summary>
    public long Version(string gate) => WriteGate.Version(Key(gate));

    /// <summary>Sends the change and waits until it is complete.</summary>
    /// <param name="gate">Path of the account whose writes are serialized, or of another object.</param>
    /// <param name="request">The change.</param>
    /// <param name="wait">False to return when the service has accepted it.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service accepted continues.</param>
    /// <returns>The object after a PUT or PATCH; the first response otherwise.</returns>
    public async Task<ArmResponse> WriteAsync(string gate, ArmRequest request, bool wait, CancellationToken cancellationToken)
    {
        string activity = request.Activity ?? $"{request.Method} {request.Path}";
        return (await WriteAsync(gate, activity, long.MinValue, (_, _) => Task.FromResult<ArmRequest?>(request), wait, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Sends a change that is based on what was read before, and waits until it is complete.</summary>
    /// <param name="gate">Path of the account whose writes are serialized, or of another object.</param>
    /// <param name="activity">The activity for progress.</param>
    /// <param name="seen">The gate's <see cref="Version"/> before the reads.</param>
    /// <param name="prepare">
    /// Returns the change, or null if there is nothing to change any more. Called while no other writer in this process is active. Its argument is true if
    /// there was another writer since the reads, so that they must be repeated; false if they are still valid.
    /// </param>
    /// <param name="wait">False to return when the service has accepted it.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service accepted continues.</param>
    /// <returns>The object after a PUT or PATCH; the first response otherwise. Null if nothing was sent.</returns>
    public async Task<ArmResponse?> WriteAsync(
        string gate, string activity, long seen, Func<bool, CancellationToken, Task<ArmRequest?>> prepare, bool wait, CancellationToken cancellationToken)
    {
        OperationBudget budget = arm.NewBudget();
        Report(activity, "Sent", completed: false);
        try
        {
            using WriteGate.Entry entry = await WriteGate.TryEnterAsync(Key(gate), budget.Remaining, cancellationToken).ConfigureAwait(false)
                ?? throw Failure.Of(nameof(Messages.ResourceBusy), ErrorKind.Busy, ArmTarget.Parse(gate).Account ?? gate);
            if (await prepare(entry.Version != seen, cancellationToken).ConfigureAwait(false) is not ArmRequest request)
                return null;
            try
            {
                ArmResponse accepted = await SendAsync(request, activity, budget, cancellationToken).ConfigureAwait(false);
                return wait
                    ? await new LongRunningOperation(arm, request, activity, budget).WaitAsync(accepted, cancellationToken).ConfigureAwait(false)
                    : accepted;
            }
            finally
            {
                entry.Written();
            }
        }
        finally
        {
            Report(activity, "", completed: true);
        }
    }

    /// <summary>Waits until the request's object is in a final state.</summary>
    public async Task<ArmResponse> WaitAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        string activity = request.Activity ?? $"{request.Method} {request.Path}";
        try
        {
            return await new LongRunningOperation(arm, request, activity, arm.NewBudget()).WaitForStateAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Report(activity, "", completed: true);
        }
    }

    private async Task<ArmResponse> SendAsync(ArmRequest request, string activity, OperationBudget budget, CancellationToken cancellationToken)
    {
        TimeSpan delay = FirstConflictDelay;
        while (true)
        {
            ArmResponse response = await arm.TrySendAsync(request, budget, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccess)
                return response;
            // For a DELETE, an object that doesn't exist is a success.
            if (request.Method == RequestMethod.Delete && response.Status == 404 && ArmErrorBody.Parse(response.Body).Code is "ResourceNotFound" or "NotFound")
                return response;

            string? code = ArmErrorBody.Parse(response.Body).Code;
            bool busy = code is "RequestConflict" or "AccountProvisioningStateInvalid";
            TimeSpan wait = ArmDelay.Next(response, arm.Options.Clock, delay);
            if (!busy || !budget.Allows(wait))
                throw ArmErrors.FromAnswer(response, arm.Context);

            await RetryWait.WaitAsync(arm.Options, wait, activity, $"another operation is being performed on the account ({code})", cancellationToken)
                .ConfigureAwait(false);
            delay = delay * 2 < MaxConflictDelay ? delay * 2 : MaxConflictDelay;
        }
    }

    private string Key(string gate) => new Uri(arm.Endpoint, gate).AbsoluteUri;

    private void Report(string activity, string status, bool completed) =>
        arm.Options.Reporter.Progress(new OperationProgress(activity, status, Completed: completed));
}
