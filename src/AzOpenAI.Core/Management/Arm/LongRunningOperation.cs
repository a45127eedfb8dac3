using System.Text.Json;
using AzOpenAI.Core.Http;
using Azure.Core;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// Follows an accepted change until it is complete: by the Azure-AsyncOperation link if there is one, else the Location link, else the object's own
/// provisioningState. Unknown states count as in progress.
/// </summary>
internal sealed class LongRunningOperation(ArmClient arm, ArmRequest request, string activity, OperationBudget budget)
{
    private int _polls;

    public async Task<ArmResponse> WaitAsync(ArmResponse accepted, CancellationToken cancellationToken)
    {
        if (accepted.Header("Azure-AsyncOperation") is string operation)
            await FollowOperationAsync(accepted, operation, cancellationToken).ConfigureAwait(false);
        else if (accepted.Header("Location") is string location && accepted.Status is 201 or 202)
            await FollowLocationAsync(accepted, location, cancellationToken).ConfigureAwait(false);
        else if (accepted.Status != 202 && !IsPending(State(accepted)))
            return Checked(accepted);

        if (request.Method == RequestMethod.Put || request.Method == RequestMethod.Patch)
            return await WaitForStateAsync(cancellationToken).ConfigureAwait(false);
        if (request.Method == RequestMethod.Delete && accepted.Status == 202 && accepted.Header("Location") is null && accepted.Header("Azure-AsyncOperation") is null)
            await WaitForAbsenceAsync(accepted, cancellationToken).ConfigureAwait(false);
        return accepted;
    }

    /// <summary>Waits until the object is in a final state.</summary>
    public async Task<ArmResponse> WaitForStateAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ArmResponse current = await arm.SendAsync(request.AsGet() with { Activity = activity }, budget, cancellationToken)
                .ConfigureAwait(false);
            string? state = State(current);
            if (!IsPending(state))
                return Checked(current);
            arm.Options.Reporter.Progress(new OperationProgress(activity, state!));
            await PauseAsync(current, state!, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsPending(string? state) => state is not null && !Is(state, "Succeeded") && !Is(state, "Failed") && !Is(state, "Canceled") && !Is(state, "Disabled");

    private static bool Is(string? state, string name) => string.Equals(state, name, StringComparison.OrdinalIgnoreCase);

    private async Task FollowOperationAsync(ArmResponse last, string link, CancellationToken cancellationToken)
    {
        Uri uri = ArmEndpoint.Follow(arm.Endpoint, last.RequestUri, link);
        while (true)
        {
            await PauseAsync(last, "InProgress", cancellationToken).ConfigureAwait(false);
            last = await arm.TryFollowAsync(request, uri, budget, cancellationToken).ConfigureAwait(false);
            // The record of an operation is deleted after a while; the object itself has the result.
            if (last.Status is 404 or 204)
                return;
            if (!last.IsSuccess)
                throw ArmErrors.FromAnswer(last, arm.Context);

            ArmOperationStatus status = last.Read(ArmJson.Default.ArmOperationStatus);
            string state = last.Require(status.Status, "status");
            arm.Options.Reporter.Progress(new OperationProgress(activity, state, status.PercentComplete is double percent ? (int)Math.Clamp(percent, 0, 100) : null));
            if (Is(state, "Succeeded"))
                return;
            if (Is(state, "Failed") || Is(state, "Canceled"))
                throw ArmErrors.FromOperation(last, request, state, arm.Context);
        }
    }

    private async Task FollowLocationAsync(ArmResponse last, string link, CancellationToken cancellationToken)
    {
        Uri uri = ArmEndpoint.Follow(arm.Endpoint, last.RequestUri, link);
        while (true)
        {
            await PauseAsync(last, "InProgress", cancellationToken).ConfigureAwait(false);
            last = await arm.TryFollowAsync(request, uri, budget, cancellationToken).ConfigureAwait(false);
            if (last.Status == 404)
                return;
            if (!last.IsSuccess)
                throw ArmErrors.FromAnswer(last, arm.Context);
            if (last.Status != 202)
                return;
            if (last.Header("Location") is string moved)
                uri = ArmEndpoint.Follow(arm.Endpoint, last.RequestUri, moved);
        }
    }

    private async Task WaitForAbsenceAsync(ArmResponse last, CancellationToken cancellationToken)
    {
        while (true)
        {
            await PauseAsync(last, "Deleting", cancellationToken).ConfigureAwait(false);
            last = await arm.TrySendAsync(request.AsGet() with { Activity = activity }, budget, cancellationToken).ConfigureAwait(false);
            if (last.Status == 404)
                return;
            if (!last.IsSuccess)
                throw ArmErrors.FromAnswer(last, arm.Context);
        }
    }

    private ArmResponse Checked(ArmResponse response)
    {
        string? state = State(response);
        return Is(state, "Failed") || Is(state, "Canceled") ? throw ArmErrors.FromOperation(response, request, state!, arm.Context) : response;
    }

    private string? State(ArmResponse response)
    {
        if (response.Body.ToMemory().IsEmpty || request.Method == RequestMethod.Delete || request.Method == RequestMethod.Post)
            return null;
        JsonElement body = response.Json();
        return response.Read(body, ArmJson.Default.ArmState).Properties?.ProvisioningState;
    }

    private async Task PauseAsync(ArmResponse last, string state, CancellationToken cancellationToken)
    {
        TimeSpan delay = ArmDelay.Next(last, arm.Options.Clock, ArmDelay.Default(_polls++));
        if (!budget.Allows(delay))
            throw ArmErrors.OperationUnfinished(request, state, budget);
        await Task.Delay(delay, arm.Options.Clock, cancellationToken).ConfigureAwait(false);
    }
}
