using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Adds the operations on access to resources to a client.</summary>
public static class AccessClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Access to resources.</summary>
        public AccessOperations Access => new(client);
    }
}
