using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management;

/// <summary>The management plane of one subscription. Cheap to make, safe for use from many threads.</summary>
public sealed class ManagementClient
{
    /// <summary>A client for the context's subscription.</summary>
    /// <exception cref="AzOpenAIException">The endpoint is plain http beyond loopback, or a real token would go to loopback.</exception>
    public ManagementClient(Context context, ServiceOptions options)
        : this(context, new ArmClient(context, options))
    {
    }

    internal ManagementClient(Context context, ArmClient arm, RetirementIndex? retirements = null)
    {
        Context = context;
        Arm = arm;
        Retirements = retirements ?? new RetirementIndex();
        Writer = new ArmWriter(arm);
        Subscriptions = new SubscriptionOperations(this);
        ResourceGroups = new ResourceGroupOperations(this);
        Providers = new ProviderOperations(this);
        Resources = new ResourceOperations(this);
        DeletedResources = new DeletedResourceOperations(this);
        Access = new AccessOperations(this);
        Deployments = new DeploymentOperations(this);
        ContentFilters = new ContentFilterOperations(this);
        Blocklists = new BlocklistOperations(this);
        BlocklistItems = new BlocklistItemOperations(this);
        Models = new ModelOperations(this);
        Usages = new UsageOperations(this);
        Requests = new RequestOperations(this);
    }

    /// <summary>Cloud, credential, subscription.</summary>
    public Context Context { get; }

    /// <summary>The subscription, a GUID.</summary>
    public string SubscriptionId => Context.SubscriptionId;

    /// <summary>The service's clock, from the Date header of its last answer; this machine's before the first one.</summary>
    public DateTimeOffset ServiceNow => Arm.ServiceNow;

    /// <summary>Subscriptions that the credential can see.</summary>
    public SubscriptionOperations Subscriptions { get; }

    /// <summary>Resource groups.</summary>
    public ResourceGroupOperations ResourceGroups { get; }

    /// <summary>Provider registration and regions.</summary>
    public ProviderOperations Providers { get; }

    /// <summary>Accounts and their keys.</summary>
    public ResourceOperations Resources { get; }

    /// <summary>Soft-deleted accounts.</summary>
    public DeletedResourceOperations DeletedResources { get; }

    /// <summary>Who may use a resource.</summary>
    public AccessOperations Access { get; }

    /// <summary>Deployments.</summary>
    public DeploymentOperations Deployments { get; }

    /// <summary>Content filters.</summary>
    public ContentFilterOperations ContentFilters { get; }

    /// <summary>Blocklists.</summary>
    public BlocklistOperations Blocklists { get; }

    /// <summary>Items of blocklists.</summary>
    public BlocklistItemOperations BlocklistItems { get; }

    /// <summary>Model catalogue.</summary>
    public ModelOperations Models { get; }

    /// <summary>Quotas.</summary>
    public UsageOperations Usages { get; }

    /// <summary>Any other request.</summary>
    public RequestOperations Requests { get; }

    internal ArmClient Arm { get; }

    internal ArmWriter Writer { get; }

    /// <summary>Retirement dates that this client and those made from it have read.</summary>
    internal RetirementIndex Retirements { get; }

    internal ServiceOptions Options => Arm.Options;

    /// <summary>The same credential and connection for another subscription.</summary>
    public ManagementClient ForSubscription(string subscriptionId) => new(Context with { SubscriptionId = subscriptionId, SubscriptionName = null }, Arm, Retirements);

    /// <summary>This client, or one for the object's own subscription.</summary>
    internal ManagementClient For(string subscriptionId) =>
        subscriptionId.Equals(SubscriptionId, StringComparison.OrdinalIgnoreCase) ? this : ForSubscription(subscriptionId);
}
