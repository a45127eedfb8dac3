using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>Finds the policy of a deployment.</summary>
internal static class ContentFilterPolicies
{
    /// <summary>The deployment's policy if it is user-defined, otherwise the default.</summary>
    public static IContentFilterPolicy For(DataPlaneRequest request, DeploymentState deployment)
    {
        bool asynchronous = request.Emulation.Settings.AsynchronousFilter;
        string? name = ArmRequest.Text(deployment.Properties["raiPolicyName"]);
        if (name is null)
        {
            return new DefaultFilterPolicy(asynchronous);
        }

        lock (request.Subscription.Gate)
        {
            return request.Account.RaiPolicies.GetValueOrDefault(name) is { } policy
                ? AccountFilterPolicy.Of(request.Account, policy, asynchronous)
                : new DefaultFilterPolicy(asynchronous);
        }
    }
}
