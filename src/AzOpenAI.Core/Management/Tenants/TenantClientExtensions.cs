using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Tenants;

/// <summary>Adds the operations on tenants to a client.</summary>
internal static class TenantClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Tenants that the credential can see.</summary>
        public TenantOperations Tenants => new(client);
    }
}
