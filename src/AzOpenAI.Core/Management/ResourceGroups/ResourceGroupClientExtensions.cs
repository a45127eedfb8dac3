using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ResourceGroups;

/// <summary>Adds the operations on resource groups to a client.</summary>
public static class ResourceGroupClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Resource groups.</summary>
        public ResourceGroupOperations ResourceGroups => new(client);
    }
}
