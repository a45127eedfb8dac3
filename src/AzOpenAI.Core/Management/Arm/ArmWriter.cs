using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management;

/// <summary>Changes: one at a time per account, conflicts waited out, long-running operations followed to their end.</summary>
internal sealed class ArmWriter(ArmClient arm)
{
    private static readonly TimeSpan FirstConflictDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxConflictDelay = TimeSpan.FromSeconds(15);

    /// <summary>Sends the change and waits for its end.</summary>
    /// <param name="gate">Path of the account whose writes are serialised, or of another object.</param>
    /// <param name="request">The change.</param>
    /// <param name="wait">False: back as soon as the service accepted it.</param>
    /// <param name="cancellationToken">Stops the waiting, not what the service accepted.</param>
    /// <returns>The object after a PUT or PATCH; the first answer otherwise.</returns>
    public async Task<ArmResponse> WriteAsync(string gate, ArmRequest request, bool wait, CancellationToken cancellationToken)
    {
        OperationBudget budget = arm.NewBudget();
        string activity = request.Activity ?? $"{request.Method} {request.Path}";
        Report(activity, "Sent", completed: false);
        try
        {
            using IDisposable exit = await WriteGate.TryEnterAsync(new Uri(arm.Endpoint, gate).AbsoluteUri, budget.Remaining, cancellationToken).ConfigureAwait(false)
                ?? throw Failure.Of(nameof(Messages.ResourceBusy), ErrorKind.Busy, ArmTarget.Parse(gate).Account ?? gate);
            ArmResponse accepted = await SendAsync(request, activity, budget, cancellationToken).ConfigureAwait(false);
            return wait
                ? await new LongRunningOperation(arm, request, activity, budget).WaitAsync(accepted, cancellationToken).ConfigureAwait(false)
                : accepted;
        }
        finally
        {
            Report(activity, "", completed: true);
        }
    }

    /// <summary>Waits until the object of the request has reached a state that lasts.</summary>
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
            // Deleting what is gone is what was wanted.
            if (request.Method == RequestMethod.Delete && response.Status == 404 && ArmErrorBody.Parse(response.Body).Code is "ResourceNotFound" or "NotFound")
                return response;

            string? code = ArmErrorBody.Parse(response.Body).Code;
            bool busy = code is "RequestConflict" or "AccountProvisioningStateInvalid";
            TimeSpan wait = ArmDelay.Asked(response, arm.Options.Clock) ?? delay;
            if (!busy || !budget.Allows(wait))
                throw ArmErrors.FromAnswer(response, arm.Context);

            await RetryWait.WaitAsync(arm.Options, wait, activity, $"another operation is being performed on the account ({code})", cancellationToken)
                .ConfigureAwait(false);
            delay = delay * 2 < MaxConflictDelay ? delay * 2 : MaxConflictDelay;
        }
    }

    private void Report(string activity, string status, bool completed) =>
        arm.Options.Reporter.Progress(new OperationProgress(activity, status, Completed: completed));
}
