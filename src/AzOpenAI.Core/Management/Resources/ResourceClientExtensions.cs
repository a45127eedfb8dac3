using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Adds the operations on resources to a client.</summary>
public static class ResourceClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Resources and their keys.</summary>
        public ResourceOperations Resources => new(client);

        /// <summary>Soft-deleted resources.</summary>
        public DeletedResourceOperations DeletedResources => new(client);
    }
}
