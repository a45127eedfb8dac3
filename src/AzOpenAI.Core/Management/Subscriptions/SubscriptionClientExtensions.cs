using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Subscriptions;

/// <summary>Adds the operations on subscriptions to a client.</summary>
public static class SubscriptionClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Subscriptions that the credential can see.</summary>
        public SubscriptionOperations Subscriptions => new(client);
    }
}
