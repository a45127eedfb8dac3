using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Providers;

/// <summary>The subscription's registration for Microsoft.CognitiveServices, and its regions.</summary>
public sealed class ProviderOperations
{
    private readonly ManagementClient _client;

    internal ProviderOperations(ManagementClient client) => _client = client;

    /// <summary>Registered, Registering, NotRegistered or Unregistering.</summary>
    public async Task<string> GetStateAsync(CancellationToken cancellationToken)
    {
        (ArmResponse response, ProviderDto provider) = await ReadAsync(null, cancellationToken).ConfigureAwait(false);
        return response.Require(provider.RegistrationState, "registrationState");
    }

    /// <summary>Registers the provider and waits until it is registered.</summary>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        string path = ArmPath.ProviderMetadata(_client.SubscriptionId);
        ArmRequest request = ArmRequest.Post($"{path}/register", ArmApiVersions.Resources) with { Activity = "Registering Microsoft.CognitiveServices" };
        OperationBudget budget = _client.Arm.NewBudget();
        ArmResponse last = await _client.Arm.SendAsync(request, budget, cancellationToken).ConfigureAwait(false);
        ProviderDto provider = last.Read(ProviderJson.Default.ProviderDto);
        try
        {
            for (int poll = 0; !provider.IsRegistered; poll++)
            {
                string state = provider.RegistrationState ?? "unknown";
                _client.Options.Reporter.Progress(new OperationProgress(request.Activity!, state));
                TimeSpan delay = ArmDelay.Next(last, _client.Options.Clock, ArmDelay.Default(poll));
                if (!budget.Allows(delay))
                    throw ArmErrors.OperationUnfinished(request, state, budget);
                await Task.Delay(delay, _client.Options.Clock, cancellationToken).ConfigureAwait(false);
                (last, provider) = await ReadAsync(budget, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _client.Options.Reporter.Progress(new OperationProgress(request.Activity!, "", Completed: true));
        }
    }

    /// <summary>Regions in which accounts can be created, by name.</summary>
    public async Task<IReadOnlyList<ProviderLocation>> ListLocationsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(null, cancellationToken).ConfigureAwait(false)).Provider.AccountLocations();

    internal async Task<(ArmResponse Response, ProviderDto Provider)> ReadAsync(OperationBudget? budget, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.ProviderMetadata(_client.SubscriptionId), ArmApiVersions.Resources);
        ArmResponse response = await _client.Arm.SendAsync(request, budget, cancellationToken).ConfigureAwait(false);
        return (response, response.Read(ProviderJson.Default.ProviderDto));
    }
}
