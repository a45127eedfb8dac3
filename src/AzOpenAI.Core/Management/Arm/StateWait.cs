using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Waits for a state that something else causes.</summary>
internal static class StateWait
{
    /// <summary>Polls an object until it is in a state or doesn't exist any more. Reports the current state.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">The request for the object, with an activity.</param>
    /// <param name="state">The state, such as Failed; null to wait until it doesn't exist.</param>
    /// <param name="map">Creates the object from a response.</param>
    /// <param name="stateOf">Its provisioning state, or null.</param>
    /// <param name="missed">Creates the error for an object that ended in another state.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The object in that state, or null if it doesn't exist any more.</returns>
    /// <exception cref="AzOpenAIException">OperationUnfinished, the error of <paramref name="missed"/>, or an error of the service.</exception>
    public static async Task<T?> WaitAsync<T>(
        ManagementClient client, ArmRequest request, string? state, Func<ArmResponse, T> map, Func<T, string?> stateOf, Func<T, string, AzOpenAIException> missed,
        CancellationToken cancellationToken)
        where T : class
    {
        OperationBudget budget = client.Arm.NewBudget();
        ServiceOptions options = client.Options;
        try
        {
            for (int poll = 0; ; poll++)
            {
                ArmResponse response = await client.Arm.TrySendAsync(request, budget, cancellationToken).ConfigureAwait(false);
                if (state is null && response.Status == 404)
                    return null;
                if (!response.IsSuccess)
                    throw ArmErrors.FromAnswer(response, client.Context);
                T now = map(response);
                string reached = stateOf(now) ?? "unknown";
                if (reached.Equals(state, StringComparison.OrdinalIgnoreCase))
                    return now;
                // A final state: it won't change any more.
                if (state is not null && reached is "Succeeded" or "Failed" or "Canceled")
                    throw missed(now, reached);
                options.Reporter.Progress(new OperationProgress(request.Activity!, reached));
                TimeSpan delay = ArmDelay.Next(response, options.Clock, ArmDelay.Default(poll));
                if (!budget.Allows(delay))
                    throw ArmErrors.OperationUnfinished(request, reached, budget);
                await Task.Delay(delay, options.Clock, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            options.Reporter.Progress(new OperationProgress(request.Activity!, "", Completed: true));
        }
    }
}
