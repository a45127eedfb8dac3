using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Providers;

/// <summary>Adds the operations on providers to a client.</summary>
public static class ProviderClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Provider registration and regions.</summary>
        public ProviderOperations Providers => new(client);
    }
}
