using System.Collections.Concurrent;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// The management plane of one subscription. Cheap to create, thread-safe. The folder of each kind of object adds its operations as a property:
/// <c>client.Deployments</c> comes from <c>Management/Deployments</c>.
/// </summary>
public sealed class ManagementClient
{
    private readonly ConcurrentDictionary<Type, object> _shared;

    /// <summary>Creates a client for the context's subscription.</summary>
    /// <exception cref="AzOpenAIException">The endpoint is plain http and not on loopback, or a real token would be sent to loopback.</exception>
    public ManagementClient(Context context, ServiceOptions options)
        : this(context, new ArmClient(context, options))
    {
    }

    internal ManagementClient(Context context, ArmClient arm)
        : this(context, arm, [])
    {
    }

    private ManagementClient(Context context, ArmClient arm, ConcurrentDictionary<Type, object> shared)
    {
        Context = context;
        Arm = arm;
        Writer = new ArmWriter(arm);
        _shared = shared;
    }

    /// <summary>Cloud, credential and subscription.</summary>
    public Context Context { get; }

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => Context.SubscriptionId;

    /// <summary>The service's clock, from the Date header of its last response; this machine's until the first response.</summary>
    public DateTimeOffset ServiceNow => Arm.ServiceNow;

    internal ArmClient Arm { get; }

    internal ArmWriter Writer { get; }

    internal ServiceOptions Options => Arm.Options;

    /// <summary>Returns a client with the same credential and connection for another subscription.</summary>
    public ManagementClient ForSubscription(string subscriptionId) => new(Context with { SubscriptionId = subscriptionId, SubscriptionName = null }, Arm, _shared);

    /// <summary>Returns this client, or one for the object's own subscription.</summary>
    internal ManagementClient For(string subscriptionId) =>
        subscriptionId.Equals(SubscriptionId, StringComparison.OrdinalIgnoreCase) ? this : ForSubscription(subscriptionId);

    /// <summary>State shared by this client and those created from it, such as lists that are read once.</summary>
    internal T Shared<T>()
        where T : class, new() => (T)_shared.GetOrAdd(typeof(T), static _ => new T());
}
