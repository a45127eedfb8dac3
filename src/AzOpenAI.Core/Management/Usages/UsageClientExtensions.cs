using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Usages;

/// <summary>Adds the operations on usages to a client.</summary>
public static class UsageClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Quotas.</summary>
        public UsageOperations Usages => new(client);
    }
}
