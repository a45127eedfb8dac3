using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Waits for a state that something else brings about.</summary>
internal static class StateWait
{
    /// <summary>Reads an object until it has a state, or is gone. Shows the state meanwhile.</summary>
    /// <param name="client">The client.</param>
    /// <param name="request">Reads the object; with an activity.</param>
    /// <param name="state">The state, such as Failed; null: until it is gone.</param>
    /// <param name="map">Makes the object of an answer.</param>
    /// <param name="stateOf">Its provisioning state; null where it has none.</param>
    /// <param name="missed">The error for an object that came to rest in another state.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The object in that state, or null where it is gone.</returns>
    /// <exception cref="AzOpenAIException">OperationUnfinished, what <paramref name="missed"/> makes, or what the service refuses with.</exception>
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
                // From here on nothing changes by itself.
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
