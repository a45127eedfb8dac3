using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Models;

/// <summary>Adds the operations on models to a client.</summary>
public static class ModelClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>The model catalog.</summary>
        public ModelOperations Models => new(client);
    }
}
